#include "ui/panels/top_bar.h"
#include "ui/panels/availability.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/status_readout.h"
#include "ui/panels/wording.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QStyle>

namespace duet::ui {
namespace {

/// A button's text with room between it and its icon.
QString beside_icon(const QString &text) { return text.isEmpty() ? text : QLatin1Char(' ') + text; }

constexpr int bar_height = 62, roomy_width = 1380;

/// Enabled where there is no reason against it; the reason stands in its tip.
void allow(QPushButton *button, const QString &why_not) {
  button->setEnabled(why_not.isEmpty());
  button->setToolTip(tip_with_reason(button->property("tip").toString(), why_not));
}

/// The name of the program, in its two voices.
class Logo : public QWidget {
public:
  explicit Logo(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("logo"));
    setFixedSize(54, 34);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
  }

protected:
  void paintEvent(QPaintEvent *) override {
    const Palette &palette = theme().palette();
    QPainter painter(this);
    QFont bold = ui::font(20, QFont::Bold);
    bold.setLetterSpacing(QFont::PercentageSpacing, 98);
    painter.setFont(bold);
    const QFontMetricsF metrics(bold);
    const double baseline = (height() + metrics.ascent() - metrics.descent()) / 2;
    painter.setPen(palette.stroke(Voice::spiking));
    painter.drawText(QPointF(0, baseline), QStringLiteral("Du"));
    painter.setPen(palette.quantum);
    painter.drawText(QPointF(metrics.horizontalAdvance(QStringLiteral("Du")), baseline),
                     QStringLiteral("et"));
  }
};

} // namespace

QPushButton *TopBar::button(const char *name, const QString &text, const QString &tip) {
  auto *made = new QPushButton(beside_icon(text), this);
  made->setObjectName(QLatin1String(name));
  made->setToolTip(tip);
  made->setProperty("tip", tip);
  made->setAccessibleName(tip.section('.', 0, 0));
  made->setFixedHeight(34);
  made->setFocusPolicy(Qt::TabFocus);
  if (text.isEmpty())
    made->setFixedWidth(36);
  return made;
}

TopBar::TopBar(QWidget *parent) : QWidget(parent) {
  setObjectName(QStringLiteral("topBar"));
  setFixedHeight(bar_height);
  run_ = button("run", tr("Run"), run_tip(nullptr));
  run_->setFixedWidth(98);
  batch_ = button("stepBatch", {}, tr("Train one batch, then pause (.)."));
  epoch_ = button("stepEpoch", {}, tr("Train to the end of this epoch, then pause (Shift+. or F5)."));
  slow_ = button("slowMotion", tr("slow motion"),
                 tr("Slow motion: four batches a second, so that each change can be followed (F6)."));
  slow_->setCheckable(true);
  reset_ = button("reset", tr("Reset"),
                  tr("Start again with the same seed; waiting edits take effect (Ctrl+R). Undo brings the "
                     "weights back."));
  dice_ = button("newSeed", {}, tr("Another seed: new first weights and a new run (Ctrl+Shift+R)."));
  crossfader_ = new Crossfader(this);
  lock_spiking_ = button("lockSpiking", {}, {});
  lock_quantum_ = button("lockQuantum", {}, {});
  for (QPushButton *lock : {lock_spiking_, lock_quantum_}) {
    lock->setCheckable(true);
    lock->setMinimumWidth(0);
    lock->setMaximumWidth(QWIDGETSIZE_MAX);
  }
  status_ = new StatusReadout(this);

  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(16, 0, 16, 2);
  layout->setSpacing(8);
  layout->addWidget(new Logo(this));
  for (QPushButton *each : {run_, batch_, epoch_, slow_, reset_, dice_})
    layout->addWidget(each);
  layout->addSpacing(10);
  layout->addWidget(crossfader_, 1);
  layout->addSpacing(10);
  layout->addWidget(lock_spiking_);
  layout->addWidget(lock_quantum_);
  layout->addWidget(status_);

  connect(run_, &QPushButton::clicked, this,
          [this] { running_ ? Q_EMIT pauseWanted() : Q_EMIT runWanted(); });
  connect(batch_, &QPushButton::clicked, this, &TopBar::stepBatchWanted);
  connect(epoch_, &QPushButton::clicked, this, &TopBar::stepEpochWanted);
  connect(slow_, &QPushButton::clicked, this, &TopBar::slowMotionWanted);
  connect(reset_, &QPushButton::clicked, this, &TopBar::resetWanted);
  connect(dice_, &QPushButton::clicked, this, &TopBar::newSeedWanted);
  connect(lock_spiking_, &QPushButton::clicked, this,
          [this](bool locked) { Q_EMIT lockWanted(true, locked); });
  connect(lock_quantum_, &QPushButton::clicked, this,
          [this](bool locked) { Q_EMIT lockWanted(false, locked); });
  connect(&theme(), &Theme::changed, this, &TopBar::tint);
  show(Experiment());
}

void TopBar::tint() {
  const Palette &palette = theme().palette();
  run_->setIcon(icon(running_ ? QStringLiteral("pause") : QStringLiteral("play"), palette.on_fill));
  batch_->setIcon(icon(QStringLiteral("step-batch")));
  epoch_->setIcon(icon(QStringLiteral("step-epoch")));
  slow_->setIcon(icon(QStringLiteral("slow"), slow_->isChecked() ? palette.quantum_ink : palette.text));
  reset_->setIcon(icon(QStringLiteral("reset"), pending_ ? palette.error_ink : palette.text));
  dice_->setIcon(icon(QStringLiteral("dice")));
  const auto lock = [](QPushButton *each, const QColor &ink) {
    each->setIcon(icon(each->isChecked() ? QStringLiteral("lock-closed") : QStringLiteral("lock-open"), ink));
    each->setStyleSheet(QStringLiteral("font-size: 12px; color: %1;").arg(ink.name()));
  };
  lock(lock_spiking_, palette.spiking_ink);
  lock(lock_quantum_,
       palette.ink(voices_.find(Speaker::quantum) ? voices_.colour(Speaker::quantum) : Voice::quantum));
  update();
}

void TopBar::setRunning(bool running) {
  if (running == running_)
    return;
  running_ = running;
  run_->setText(beside_icon(running ? tr("Pause") : tr("Run")));
  tint();
}

void TopBar::setView(const std::shared_ptr<const SessionView> &view) {
  if (!view)
    return;
  view_ = view;
  setRunning(view->phase == Phase::running || view->phase == Phase::evaluating);
  run_->setToolTip(run_tip(view.get()));
  for (QPushButton *each : {batch_, epoch_})
    allow(each, why_no_step(view.get()));
  static_cast<StatusReadout *>(status_)->setLines(status_line(*view), status_detail(*view));
  update(0, height() - 4, width(), 4);
}

void TopBar::show(const Experiment &experiment) {
  crossfader_->setRatio(answer_ratio(experiment.model));
  voices_ = Voices(experiment);
  crossfader_->setVoices(voices_, why_no_lens(experiment));
  lock_spiking_->setChecked(!experiment.training.train_spiking);
  lock_quantum_->setChecked(!experiment.training.train_quantum);
  nameLock(lock_spiking_, Speaker::spiking, tr("F7"), why_no_lock(experiment, true));
  nameLock(lock_quantum_, Speaker::quantum, tr("F8"), why_no_lock(experiment, false));
  tint();
}

void TopBar::nameLock(QPushButton *lock, Speaker branch, const QString &key, const QString &why_not) {
  const Voices usual;
  const NamedVoice &voice = voices_.find(branch) ? *voices_.find(branch) : *usual.find(branch);
  const QString tip =
      tr("Locks the %1: its weights stay as they are while the rest trains (%2).").arg(voice.name, key);
  lock->setText(beside_icon(voice.brief));
  lock->setProperty("tip", tip);
  lock->setAccessibleName(tip.section(':', 0, 0));
  allow(lock, why_not);
}

void TopBar::setSlowMotion(bool on) {
  slow_->setChecked(on);
  tint();
}

void TopBar::setPending(bool pending) {
  if (pending == pending_)
    return;
  pending_ = pending;
  reset_->setProperty("pending", pending);
  reset_->style()->unpolish(reset_);
  reset_->style()->polish(reset_);
  tint();
}

void TopBar::resizeEvent(QResizeEvent *event) {
  const bool roomy = event->size().width() >= roomy_width;
  slow_->setText(roomy ? beside_icon(tr("slow motion")) : QString());
  slow_->setFixedWidth(roomy ? slow_->sizeHint().width() : 36);
}

void TopBar::paintEvent(QPaintEvent *) {
  const Palette &palette = theme().palette();
  QPainter painter(this);
  painter.fillRect(rect(), palette.panel);
  painter.fillRect(0, height() - 1, width(), 1, palette.line);
  if (view_)
    painter.fillRect(QRectF(0, height() - 3, width() * progress(*view_), 3), palette.fused);
}

} // namespace duet::ui
