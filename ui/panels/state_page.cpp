#include "ui/panels/state_page.h"
#include "ui/circuit/circuit_widget.h"
#include "ui/circuit/state_picture.h"
#include "ui/panels/selection.h"
#include "ui/panels/state_panel.h"
#include <QHBoxLayout>

namespace duet::ui {

StatePage::StatePage(Selection &selection, QWidget *parent)
    : QWidget(parent), selection_(selection), circuit_(new CircuitWidget(this)),
      state_(new StatePanel(this)) {
  setObjectName(QStringLiteral("statePage"));
  circuit_->setObjectName(QStringLiteral("stateCircuit"));
  circuit_->setAccessibleName(tr("Circuit that is stepped through"));
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(16, 10, 16, 10);
  row->setSpacing(16);
  row->addWidget(circuit_, 5);
  row->addWidget(state_, 3);
  connect(state_, &StatePanel::columnsChanged, this, &StatePage::showCursor);
  connect(circuit_, &CircuitWidget::gateSelected, this, [this](int operation) {
    selection_.setGate(operation >= 0 ? std::optional(operation) : std::nullopt);
    if (operation >= 0)
      state_->goBehind(operation);
  });
  connect(&selection, &Selection::gateChanged, this,
          [this] { circuit_->setSelected(selection_.gate().value_or(-1)); });
  connect(&selection, &Selection::stepChanged, this, [this] {
    state_->setStep(selection_.step());
    showImage();
  });
}

void StatePage::setView(const std::shared_ptr<const SessionView> &view) {
  if (!view || !view->dataset)
    return;
  view_ = view;
  circuit_->setVisible(view->circuit != nullptr);
  if (shown_ != view->circuit) {
    shown_ = view->circuit;
    circuit_->setCircuit(shown_ ? shown_->circuit : Circuit{});
    circuit_->setSelected(
        selection_.gate().value_or(-1)); // it may have been chosen before this page was seen
  }
  state_->setView(view);
  circuit_->setMuted(view->muting);
  if (const auto &weights = view->training.circuit_weights)
    circuit_->setWeights(weights->value, weights->gradient);
  showImage();
  showCursor();
}

void StatePage::bringUpToDate() { state_->bringUpToDate(); }

QList<Exportable *> StatePage::plots() const {
  return shown_ ? QList<Exportable *>{&state_->picture()} : QList<Exportable *>();
}

void StatePage::showImage() {
  if (!view_ || !view_->training.inspection)
    return;
  const Answer &said = view_->training.inspection->answer_at(selection_.step());
  circuit_->setInspection(said.expectation_z, said.angles);
}

/// Where the state is looked at; no line at the end, which the disks show.
void StatePage::showCursor() {
  circuit_->setCursor(state_->columns() < state_->columnsInAll() ? std::optional(state_->lastOperation())
                                                                 : std::nullopt);
}

} // namespace duet::ui
