#include "ui/panels/circuit_page.h"
#include "ui/circuit/circuit_widget.h"
#include "ui/panels/selection.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include "ui/words/voices.h"
#include <QLabel>
#include <QVBoxLayout>

namespace duet::ui {

CircuitPage::CircuitPage(Selection &selection, QWidget *parent)
    : QWidget(parent), selection_(selection), summary_(new QLabel(this)), circuit_(new CircuitWidget(this)) {
  setObjectName(QStringLiteral("circuitPage"));
  summary_->setObjectName(QStringLiteral("circuitSummary"));
  summary_->setProperty("soft", true);
  circuit_->setObjectName(QStringLiteral("circuitWidget"));
  circuit_->setAccessibleName(tr("Circuit"));
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 10, 16, 10);
  layout->setSpacing(6);
  layout->addWidget(summary_);
  layout->addWidget(circuit_, 1);
  connect(circuit_, &CircuitWidget::gateSelected, &selection, [&selection](int operation) {
    selection.setGate(operation >= 0 ? std::optional(operation) : std::nullopt);
  });
  connect(&selection, &Selection::gateChanged, this,
          [this, &selection] { circuit_->setSelected(selection.gate().value_or(-1)); });
  connect(&selection, &Selection::stepChanged, this, [this] {
    if (shown_)
      showImage();
  });
}

void CircuitPage::setView(const std::shared_ptr<const SessionView> &view) {
  if (!view || !view->dataset)
    return;
  const Experiment &experiment = view->experiment;
  circuit_->setVisible(view->circuit != nullptr);
  if (!view->circuit) {
    summary_->setText(!has_quantum_branch(experiment)
                          ? tr("The spiking branch is alone here: this model has no circuit.")
                          : tr("This is the %1: in the circuit's place stand %2 plain values.")
                                .arg(Voices(experiment).name(Speaker::quantum))
                                .arg(experiment.quantum.qubits));
    shown_.reset();
    return;
  }
  if (shown_ != view->circuit) {
    shown_ = view->circuit;
    weights_ = nullptr;
    inspection_ = nullptr;
    circuit_->setCircuit(shown_->circuit);
    showImage();
  }
  if (view->training.circuit_weights && view->training.circuit_weights != weights_) {
    weights_ = view->training.circuit_weights;
    circuit_->setWeights(weights_->value, weights_->gradient);
  }
  if (view->training.inspection && view->training.inspection != inspection_) {
    inspection_ = view->training.inspection;
    showImage();
  }
}

QList<Exportable *> CircuitPage::plots() const {
  return shown_ ? QList<Exportable *>{circuit_} : QList<Exportable *>();
}

void CircuitPage::showImage() {
  QString text = circuit_->painter().summary();
  if (inspection_) {
    const Answer &said = inspection_->answer_at(selection_.step());
    circuit_->setInspection(said.expectation_z, said.angles);
    if (selection_.step() && inspection_->encoder)
      text += tr("; the selected image at %1").arg(so_far_text(selection_.step(), inspection_->steps()));
  }
  summary_->setText(text);
}

} // namespace duet::ui
