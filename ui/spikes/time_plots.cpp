#include "ui/spikes/time_plots.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_view.h"
#include <QVBoxLayout>
#include <algorithm>

namespace duet::ui {

TimePlots::TimePlots(const QString &name, QWidget *parent)
    : QWidget(parent), raster_(new RasterView(this)), membrane_(new MembraneView(this)) {
  setObjectName(name);
  raster_->setObjectName(name + QStringLiteral(".raster"));
  raster_->setAxisVisible(false);
  membrane_->setObjectName(name + QStringLiteral(".membrane"));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(raster_, 5);
  column->addWidget(membrane_, 3);
  connect(raster_, &RasterView::stepSelected, this, &TimePlots::stepSelected);
  connect(membrane_, &MembraneView::stepSelected, this, &TimePlots::stepSelected);
  connect(raster_, &RasterView::neuronSelected, this, &TimePlots::neuronSelected);
  connect(raster_, &RasterView::timeRangeChanged, membrane_, &MembraneView::setTimeRange);
  connect(raster_, &RasterView::zoomChanged, this, &TimePlots::zoomChanged);
  connect(membrane_, &MembraneView::leftNeededChanged, this, &TimePlots::alignPlots);
  connect(raster_, &RasterView::hoverText, this, &TimePlots::hoverText);
  connect(membrane_, &MembraneView::hoverText, this, &TimePlots::hoverText);
}

void TimePlots::setView(const std::shared_ptr<const SessionView> &view) {
  raster_->setView(view);
  membrane_->setView(view);
  alignPlots();
}

void TimePlots::setStep(std::optional<int> step) {
  raster_->setStep(step);
  membrane_->setStep(step);
}

void TimePlots::setNeuron(std::optional<NeuronId> neuron) {
  raster_->setNeuron(neuron);
  membrane_->setNeuron(neuron);
}

void TimePlots::resetZoom() {
  raster_->resetZoom();
  membrane_->fitScale();
}

void TimePlots::alignPlots() {
  if (!isVisible())
    return;
  const double left = std::max(raster_->leftNeeded(), membrane_->leftNeeded());
  raster_->setLeft(left);
  membrane_->setLeft(left);
}

void TimePlots::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  alignPlots();
}

} // namespace duet::ui
