#include "ui/panels/gate_mute.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>

namespace duet::ui {
namespace {

QString without(const MutedAnswers &muted) {
  return muted.operations.size() == 1 ? QObject::tr("without this gate")
                                      : QObject::tr("without %1 gates").arg(muted.operations.size());
}

} // namespace

QString muted_words(const MutedAnswers &muted) {
  const double change = muted.accuracy - muted.accuracy_with_them;
  const QString sign = change < 0 ? QStringLiteral("\u2212") : QStringLiteral("+");
  const QString answers =
      muted.changed.empty() ? QObject::tr("no answer of %1 changes").arg(grouped(muted.images))
      : muted.changed.size() == 1
          ? QObject::tr("1 of %1 answers changes").arg(grouped(muted.images))
          : QObject::tr("%1 of %2 answers change").arg(grouped(muted.changed.size()), grouped(muted.images));
  return QObject::tr("Test accuracy %1: %2 (%3), %4.")
      .arg(without(muted), QString::number(muted.accuracy, 'f', 3),
           sign + QString::number(std::abs(change), 'f', 3), answers);
}

ImageList changed_images(const MutedAnswers &muted) {
  return {muted.changed,
          muted.changed.size() == 1
              ? QObject::tr("1 answer changes %1").arg(without(muted))
              : QObject::tr("%1 answers change %2").arg(grouped(muted.changed.size()), without(muted))};
}

GateMute::GateMute(QWidget *parent)
    : QWidget(parent), switch_(new QCheckBox(tr("Leave this gate out (M)"))), words_(new QLabel),
      show_(new QPushButton), all_(new QPushButton(tr("All gates again"))) {
  setObjectName(QStringLiteral("gateMute"));
  switch_->setObjectName(QStringLiteral("gate.mute"));
  switch_->setAccessibleName(tr("Leave this gate out"));
  switch_->setToolTip(tr("Counts the test set without this gate; the training keeps it."));
  words_->setObjectName(QStringLiteral("gate.muteWords"));
  words_->setWordWrap(true);
  set_text_font(words_, 12);
  show_->setObjectName(QStringLiteral("gate.muteShow"));
  show_->setAccessibleName(tr("Show the images whose answer changes"));
  show_->setToolTip(tr("Lists the test images whose answer changes."));
  all_->setObjectName(QStringLiteral("gate.muteNone"));
  all_->setAccessibleName(tr("All gates again"));
  all_->setToolTip(tr("Counts with every gate again."));
  auto *buttons = new QHBoxLayout;
  buttons->setSpacing(6);
  buttons->addWidget(show_);
  buttons->addWidget(all_);
  buttons->addStretch(1);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(switch_);
  column->addWidget(words_);
  column->addLayout(buttons);
  connect(switch_, &QCheckBox::clicked, this, &GateMute::toggle);
  connect(show_, &QPushButton::clicked, this, [this] {
    if (view_ && view_->muted)
      Q_EMIT listWanted(changed_images(*view_->muted));
  });
  connect(all_, &QPushButton::clicked, this, [this] { Q_EMIT muteWanted({}); });
  say();
}

void GateMute::setView(const std::shared_ptr<const SessionView> &view) {
  const auto before = std::exchange(view_, view);
  if (!before || !view || before->muting != view->muting || before->muted != view->muted ||
      before->phase != view->phase || before->circuit != view->circuit)
    say();
}

void GateMute::setCircuit(const Circuit &circuit) {
  circuit_ = circuit;
  say();
}

bool GateMute::runs() const {
  return gate_ && view_ && view_->circuit && view_->circuit->circuit == circuit_ &&
         *gate_ < static_cast<int>(circuit_.operations.size());
}

void GateMute::setGate(std::optional<int> operation) {
  gate_ = operation;
  say();
}

void GateMute::toggle() {
  if (!runs())
    return;
  std::vector<int> operations = view_->muting;
  if (std::erase(operations, *gate_) == 0)
    operations.push_back(*gate_);
  Q_EMIT muteWanted(operations);
}

void GateMute::say() {
  const std::vector<int> muting = view_ ? view_->muting : std::vector<int>();
  const bool selected = runs();
  setVisible(selected || !muting.empty());
  switch_->setVisible(selected);
  {
    const QSignalBlocker quiet(switch_);
    switch_->setChecked(selected && std::ranges::count(muting, *gate_) > 0);
  }
  const MutedAnswers *muted = view_ ? view_->muted.get() : nullptr;
  const bool trains = view_ && (view_->phase == Phase::running || view_->phase == Phase::evaluating);
  words_->setVisible(!muting.empty());
  words_->setText(!muted   ? (trains ? tr("Counted once the training holds.") : tr("Counting the test set."))
                  : trains ? tr("%1 As of step %2.").arg(muted_words(*muted), grouped(muted->step))
                           : muted_words(*muted));
  show_->setVisible(muted && !muted->changed.empty());
  if (muted)
    show_->setText(tr("Show %1").arg(grouped(muted->changed.size())));
  all_->setVisible(muting.size() > 1 || (!muting.empty() && !selected));
}

} // namespace duet::ui
