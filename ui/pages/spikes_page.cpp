#include "ui/pages/spikes_page.h"
#include "ui/plots/number_text.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/spike_rows.h"
#include "ui/theme/theme.h"
#include <QLabel>
#include <QVBoxLayout>

namespace duet::ui {

struct SpikesPage::State {
  std::shared_ptr<const Inspection> inspection, described;
  RasterView *raster = nullptr;
  MembraneView *membrane = nullptr;
  QLabel *summary = nullptr;
};

SpikesPage::SpikesPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  s.raster = new RasterView;
  s.raster->setObjectName(QStringLiteral("spikes.raster"));
  s.raster->setAxisVisible(false);
  s.membrane = new MembraneView;
  s.membrane->setObjectName(QStringLiteral("spikes.membrane"));
  s.summary = new QLabel;
  s.summary->setObjectName(QStringLiteral("spikes.summary"));
  s.summary->setContentsMargins(34, 8, 12, 3);
  s.summary->setTextFormat(Qt::PlainText);
  s.summary->setToolTip(
      QStringLiteral("Wheel: zoom the neurons, Ctrl + wheel: the time. Click: neuron and step, drag: "
                     "the time cursor, Shift + drag: look closer, double click: everything, right "
                     "click: no time selected."));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(16, 0, 8, 4);
  column->setSpacing(2);
  column->addWidget(s.summary);
  column->addWidget(s.raster, 5);
  column->addWidget(s.membrane, 3);
  connect(s.raster, &RasterView::stepSelected, this, &SpikesPage::stepSelected);
  connect(s.membrane, &MembraneView::stepSelected, this, &SpikesPage::stepSelected);
  connect(s.raster, &RasterView::neuronSelected, this, &SpikesPage::neuronSelected);
  connect(s.raster, &RasterView::timeRangeChanged, s.membrane, &MembraneView::setTimeRange);
  connect(s.raster, &RasterView::hoverText, this, &SpikesPage::hoverText);
  connect(s.membrane, &MembraneView::hoverText, this, &SpikesPage::hoverText);
}

SpikesPage::~SpikesPage() = default;

void SpikesPage::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  s.inspection = view ? view->training.inspection : nullptr;
  s.raster->setView(view);
  s.membrane->setView(view);
  if (isVisible())
    describe();
}

void SpikesPage::describe() {
  State &s = *state_;
  if (s.inspection == s.described)
    return;
  s.described = s.inspection;
  const SpikeRows rows(s.inspection);
  if (rows.empty()) {
    s.summary->clear();
    return;
  }
  int silent = 0;
  for (int row = 0; row < rows.rows(); ++row)
    silent += rows.total(row) == 0;
  s.summary->setText(QStringLiteral("Test image %1: %2 spikes of %3 neurons in %4 steps, %5 neurons silent")
                         .arg(grouped(s.inspection->index), grouped(rows.total()), grouped(rows.rows()))
                         .arg(rows.steps())
                         .arg(silent));
}

void SpikesPage::setStep(std::optional<int> step) {
  state_->raster->setStep(step);
  state_->membrane->setStep(step);
}

void SpikesPage::setNeuron(std::optional<NeuronId> neuron) {
  state_->raster->setNeuron(neuron);
  state_->membrane->setNeuron(neuron);
}

QList<Exportable *> SpikesPage::plots() const { return {state_->raster, state_->membrane}; }

void SpikesPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  describe();
}

} // namespace duet::ui
