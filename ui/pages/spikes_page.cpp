#include "ui/pages/spikes_page.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/spike_rows.h"
#include "ui/spikes/time_plots.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QLabel>
#include <QVBoxLayout>

namespace duet::ui {

struct SpikesPage::State {
  std::shared_ptr<const Inspection> inspection, described;
  TimePlots *plots = nullptr;
  QLabel *summary = nullptr;
  QString counts; ///< what is said of the image
};

SpikesPage::SpikesPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  s.plots = new TimePlots(QStringLiteral("spikes"));
  s.summary = new QLabel;
  s.summary->setObjectName(QStringLiteral("spikes.summary"));
  s.summary->setContentsMargins(4, 8, 12, 3);
  s.summary->setTextFormat(Qt::PlainText);
  s.summary->setWordWrap(true);
  s.summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // never wider than the page
  s.summary->setToolTip(
      tr("Wheel: zoom the neurons, Ctrl + wheel: the time. Click: neuron and step, drag: the time cursor, "
         "Shift + drag: look closer, double click or Esc: everything, right click: no time selected."));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(16, 0, 8, 4);
  column->setSpacing(2);
  column->addWidget(s.summary);
  column->addWidget(s.plots, 1);
  connect(s.plots, &TimePlots::stepSelected, this, &SpikesPage::stepSelected);
  connect(s.plots, &TimePlots::neuronSelected, this, &SpikesPage::neuronSelected);
  connect(s.plots, &TimePlots::zoomChanged, this, &SpikesPage::sayZoom);
  connect(s.plots, &TimePlots::hoverText, this, &SpikesPage::hoverText);
}

SpikesPage::~SpikesPage() = default;

void SpikesPage::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  s.inspection = view ? view->training.inspection : nullptr;
  s.plots->setView(view);
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
    s.counts.clear();
    return sayZoom();
  }
  int silent = 0;
  for (int row = 0; row < rows.rows(); ++row)
    silent += rows.total(row) == 0;
  s.counts = tr("Test image %1: %2 spikes of %3 neurons in %4 steps, %5 neurons silent")
                 .arg(grouped(s.inspection->index), grouped(rows.total()), grouped(rows.rows()))
                 .arg(rows.steps())
                 .arg(silent);
  sayZoom();
}

void SpikesPage::sayZoom() {
  const QString seen = state_->counts.isEmpty() ? QString() : state_->plots->raster().zoomText();
  state_->summary->setText(seen.isEmpty() ? state_->counts : tr("%1; seen: %2").arg(state_->counts, seen));
}

void SpikesPage::setStep(std::optional<int> step) { state_->plots->setStep(step); }
void SpikesPage::setNeuron(std::optional<NeuronId> neuron) { state_->plots->setNeuron(neuron); }
void SpikesPage::resetZoom() { state_->plots->resetZoom(); }

QList<Exportable *> SpikesPage::plots() const {
  return {&state_->plots->raster(), &state_->plots->membrane()};
}

void SpikesPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  describe();
}

} // namespace duet::ui
