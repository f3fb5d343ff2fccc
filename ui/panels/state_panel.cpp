#include "ui/panels/state_panel.h"
#include "ui/circuit/state_picture.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {

StatePanel::StatePanel(QWidget *parent)
    : QWidget(parent), words_(new QLabel), slider_(new QSlider(Qt::Horizontal)), picture_(new StatePicture) {
  setObjectName(QStringLiteral("statePanel"));
  words_->setObjectName(QStringLiteral("stateWords"));
  words_->setProperty("soft", true);
  words_->setWordWrap(true);
  slider_->setObjectName(QStringLiteral("stateColumn"));
  slider_->setAccessibleName(tr("Columns of the circuit that are done"));
  slider_->setToolTip(
      tr("Steps through the circuit: the state after so many columns of gates (arrow keys)."));
  slider_->setPageStep(5);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(words_);
  column->addWidget(slider_);
  column->addWidget(picture_, 1);
  connect(slider_, &QSlider::valueChanged, this, [this] {
    follow();
    Q_EMIT columnsChanged();
  });
}

int StatePanel::columns() const { return slider_->value(); }
int StatePanel::columnsInAll() const { return layout_.columns(); }
void StatePanel::setColumns(int done) { slider_->setValue(done); }

void StatePanel::goBehind(int operation) {
  for (const DrawnGate &gate : layout_.gates)
    if (std::ranges::count(gate.operations, operation) > 0)
      setColumns(gate.column + 1);
}

int StatePanel::lastOperation() const {
  int last = -1;
  for (const DrawnGate &gate : layout_.gates)
    if (gate.column == columns() - 1)
      last = gate.operations.back();
  return last;
}

void StatePanel::setView(const std::shared_ptr<const SessionView> &view) {
  const auto before = std::exchange(view_, view);
  if (!view)
    return;
  if (view->circuit != circuit_) {
    const bool at_the_end = !circuit_ || columns() == columnsInAll();
    circuit_ = view->circuit;
    layout_ = circuit_ ? lay_out(circuit_->circuit) : CircuitLayout{0, {}, {0}};
    const QSignalBlocker quiet(slider_);
    slider_->setRange(0, columnsInAll());
    if (at_the_end)
      slider_->setValue(columnsInAll());
  } else if (before && before->training.inspection == view->training.inspection &&
             before->training.circuit_weights == view->training.circuit_weights) {
    return;
  }
  follow();
}

void StatePanel::setStep(std::optional<int> step) {
  step_ = step;
  follow();
}

void StatePanel::follow() {
  stale_ = true;
  if (isVisible())
    compute();
}

void StatePanel::bringUpToDate() {
  if (stale_)
    compute();
}

void StatePanel::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  bringUpToDate();
}

void StatePanel::compute() {
  stale_ = false;
  const auto inspection = view_ ? view_->training.inspection : nullptr;
  slider_->setEnabled(circuit_ != nullptr);
  if (!circuit_ || !inspection) {
    words_->setText(QString());
    return picture_->setAbsent(!circuit_ ? tr("This model has no circuit.") : tr("Select a test image."));
  }
  if (view_->experiment.quantum.input == QuantumInput::amplitude) {
    words_->setText(QString());
    return picture_->setAbsent(tr("Here the image itself is the state: the columns are not followed."));
  }
  const std::vector<float> &angles = inspection->answer_at(step_).angles;
  const auto weights = view_->training.circuit_weights;
  const std::vector<double> features(angles.begin(), angles.end()),
      values =
          weights ? std::vector<double>(weights->value.begin(), weights->value.end()) : std::vector<double>();
  const int done = columns(), all = columnsInAll();
  const QString when =
      done == 0 ? tr("before the first gate") : tr("after column %1 of %2").arg(done).arg(all);
  QString words = tr("State %1, image %2").arg(when).arg(inspection->index);
  if (step_ && inspection->encoder)
    words += QStringLiteral(", ") + so_far_text(step_, inspection->steps());
  words_->setText(words);
  picture_->setState(state_after(circuit_->circuit, operations_up_to(layout_, done - 1), features, values),
                     when);
}

} // namespace duet::ui
