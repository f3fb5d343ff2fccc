#include "ui/panels/top_bar.h"
#include "ui/panels/availability.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/status_readout.h"
#include "ui/panels/wording.h"
#include "ui/panels/wrapping_row.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/theme/unit_widget.h"
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QStyle>
#include <algorithm>
#include <initializer_list>
#include <utility>

namespace duet::ui {
namespace {

/// A button's text with room between it and its icon.
QString beside_icon(const QString &text) { return text.isEmpty() ? text : QLatin1Char(' ') + text; }

constexpr int button_height = 34, icon_width = 36, run_width = 98;    ///< units
constexpr int slow_text = 0, lock_texts = 1, logo = 2, run_texts = 3; ///< the last form that has it

/// Enabled where there is no reason against it; the reason stands in its tip.
void allow(QPushButton *button, const QString &why_not) {
  button->setEnabled(why_not.isEmpty());
  button->setToolTip(tip_with_reason(button->property("tip").toString(), why_not));
}

/// The name of the program, in its two voices.
class Logo : public UnitWidget {
public:
  explicit Logo(QWidget *parent) : UnitWidget(parent) {
    setObjectName(QStringLiteral("logo"));
    follow_text_size(this, [this] { setFixedSize(px(QSize(54, button_height))); });
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
  }

protected:
  void paintEvent(QPaintEvent *) override {
    const Palette &palette = theme().palette();
    UnitPainter painter(this);
    QFont bold = ui::font(20, QFont::Bold);
    bold.setLetterSpacing(QFont::PercentageSpacing, 98);
    painter.setFont(bold);
    const QFontMetricsF metrics(bold);
    const double baseline = (unitHeight() + metrics.ascent() - metrics.descent()) / 2;
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
  made->setFocusPolicy(Qt::TabFocus);
  follow_text_size(made, [made] { made->setFixedHeight(px(button_height)); });
  if (text.isEmpty())
    follow_text_size(made, [made] { made->setFixedWidth(px(icon_width)); });
  return made;
}

TopBar::TopBar(QWidget *parent) : QWidget(parent) {
  setObjectName(QStringLiteral("topBar"));
  run_ = button("run", tr("Run"), run_tip(nullptr));
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
  logo_ = new Logo(this);
  row_ = new WrappingRow(this);
  for (QWidget *each : std::initializer_list<QWidget *>{logo_, run_, batch_, epoch_, slow_, reset_, dice_,
                                                        crossfader_, lock_spiking_, lock_quantum_, status_})
    row_->addWidget(each);
  row_->setTail(status_);
  follow_text_size(this, [this] {
    row_->setContentsMargins(px(16), px(10), px(16), px(12));
    row_->setSpacing(px(8));
  });

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
  connect(&theme(), &Theme::changed, this, [this] {
    tint();
    measure();
  });
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
  sayRun();
  tint();
}

void TopBar::sayRun() {
  run_->setText(form_ > run_texts ? QString() : beside_icon(running_ ? tr("Pause") : tr("Run")));
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
  if (std::exchange(stale_, false))
    measure();
}

void TopBar::nameLock(QPushButton *lock, Speaker branch, const QString &key, const QString &why_not) {
  const Voices usual;
  const NamedVoice &voice = voices_.find(branch) ? *voices_.find(branch) : *usual.find(branch);
  const QString tip =
      tr("Locks the %1: its weights stay as they are while the rest trains (%2).").arg(voice.name, key);
  if (lock->property("word") != voice.brief) {
    lock->setProperty("word", voice.brief);
    stale_ = true;
  }
  lock->setProperty("lock", voice.colour == Voice::twin      ? "twin"
                            : voice.colour == Voice::quantum ? "quantum"
                                                             : "spiking");
  lock->style()->unpolish(lock);
  lock->style()->polish(lock);
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

void TopBar::resizeEvent(QResizeEvent *event) { setForm(formFor(event->size().width())); }

/// The roomiest that fits; else the last one, which goes on in a second line.
int TopBar::formFor(int width) const {
  const auto fits = [width](int needed) { return needed <= width; };
  const auto found = std::ranges::find_if(widths_, fits);
  return static_cast<int>(std::min(found - widths_.begin(), std::ssize(widths_) - 1));
}

/// Each has less than the one before.
void TopBar::setForm(int form) {
  const auto say = [](QPushButton *each, const QString &text, bool said) {
    const QString wanted = said ? beside_icon(text) : QString();
    if (each->text() == wanted && !each->property("form").isNull())
      return;
    each->setProperty("form", said);
    each->setText(wanted);
    each->ensurePolished();
  };
  say(slow_, tr("slow motion"), form <= slow_text);
  for (QPushButton *lock : {lock_spiking_, lock_quantum_})
    say(lock, lock->property("word").toString(), form <= lock_texts);
  say(reset_, tr("Reset"), form <= run_texts);
  form_ = form;
  sayRun();
  for (QPushButton *each : {slow_, lock_spiking_, lock_quantum_, reset_})
    each->setFixedWidth(each->text().isEmpty() ? px(icon_width) : each->sizeHint().width());
  run_->setFixedWidth(px(run_->text().isEmpty() ? icon_width : run_width));
  logo_->setVisible(form <= logo);
}

void TopBar::measure() {
  for (std::size_t form = 0; form < widths_.size(); ++form) {
    setForm(static_cast<int>(form));
    widths_[form] = row_->lineWidth();
  }
  setForm(formFor(width()));
  updateGeometry();
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
