#include "ui/pages/training_page.h"
#include "ui/pages/training_curves.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/time_plots.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr qint64 chart_interval_ms = 100;

/// A chart and the numbers of its curves, in the order in which they are said.
struct SaidChart {
  LineChart *chart = nullptr;
  std::vector<int> curves;

  void make(const std::vector<SaidCurve> &said) {
    chart->removeCurves();
    curves.clear();
    for (const SaidCurve &curve : said)
      curves.push_back(chart->addCurve(curve.name, curve.style));
  }
  void say(const std::vector<SaidCurve> &said) {
    for (std::size_t k = 0; k < said.size(); ++k) {
      chart->setCurveName(curves[k], said[k].name);
      chart->replace(curves[k], said[k].points);
      chart->setEndLabel(curves[k], said[k].end_label);
    }
  }
};

} // namespace

struct TrainingPage::State {
  std::shared_ptr<const SessionView> view, applied;
  SaidChart accuracy, loss;
  QElapsedTimer since_applied;
  QTimer later; ///< charts follow a run at most ten times a second
  Voices voices;
  TimePlots *spikes = nullptr;
};

TrainingPage::TrainingPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  s.accuracy.chart = new LineChart(QStringLiteral("Accuracy"), QStringLiteral("accuracy"));
  s.loss.chart = new LineChart(QStringLiteral("Loss"), QStringLiteral("loss"));
  s.accuracy.chart->setObjectName(QStringLiteral("chart.accuracy"));
  s.loss.chart->setObjectName(QStringLiteral("chart.loss"));
  s.spikes = new TimePlots(QStringLiteral("training"));
  makeCurves();
  s.later.setSingleShot(true);
  connect(&s.later, &QTimer::timeout, this, [this] {
    if (isVisible())
      apply();
  });

  auto *title = new QLabel(tr("Spikes of the selected image"));
  title->setWordWrap(true);
  set_text_font(title, 13, QFont::DemiBold);
  title->setContentsMargins(4, 9, 0, 3);
  auto *side = new QVBoxLayout;
  side->setContentsMargins(0, 0, 0, 0);
  side->setSpacing(2);
  side->addWidget(title);
  side->addWidget(s.spikes, 1);
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(16, 4, 8, 4);
  row->setSpacing(14);
  row->addWidget(s.accuracy.chart, 10);
  row->addWidget(s.loss.chart, 6);
  row->addLayout(side, 6);

  connect(s.spikes, &TimePlots::stepSelected, this, &TrainingPage::stepSelected);
  connect(s.spikes, &TimePlots::neuronSelected, this, &TrainingPage::neuronSelected);
  for (LineChart *chart : {s.accuracy.chart, s.loss.chart})
    connect(chart, &LineChart::hoverText, this, &TrainingPage::hoverText);
  connect(s.spikes, &TimePlots::hoverText, this, &TrainingPage::hoverText);
}

TrainingPage::~TrainingPage() = default;

void TrainingPage::makeCurves() {
  State &s = *state_;
  s.accuracy.make(accuracy_curves({}, s.voices));
  s.loss.make(loss_curves({}, s.voices));
}

namespace {

QString empty_sentence(const SessionView *view) {
  if (!view || view->phase == Phase::empty)
    return QObject::tr("No data loaded yet.");
  if (view->phase == Phase::loading)
    return QObject::tr("Reading the data …");
  if (view->phase == Phase::failed)
    return QObject::tr("The run could not go on; the message above says why.");
  return QObject::tr("Nothing trained yet. Run (Space) starts, a full stop trains one batch.");
}

/// What changes with every picture of a run, and may wait a little.
bool same_but_batches(const SessionView &a, const SessionView &b) {
  return a.run_id == b.run_id && a.training.epochs == b.training.epochs && a.marks == b.marks &&
         a.phase == b.phase && a.training.epochs_planned == b.training.epochs_planned &&
         Voices(a.experiment) == Voices(b.experiment);
}

bool same_curves(const SessionView *a, const SessionView *b) {
  if (!a || !b)
    return a == b;
  return a->training.batches == b->training.batches && a->training.epochs == b->training.epochs &&
         a->training.running == b->training.running && a->marks == b->marks && a->phase == b->phase &&
         a->training.epochs_planned == b->training.epochs_planned &&
         Voices(a->experiment) == Voices(b->experiment);
}

AxisStyle epoch_axis(const SessionView &view, const TrainingCurves &curves) {
  AxisStyle axis;
  axis.title = QStringLiteral("epoch");
  axis.grows = false;
  axis.whole = true;
  axis.max = std::max(1, view.training.epochs_planned);
  if (!curves.train_loss.empty())
    axis.max = std::max(axis.max, std::ceil(curves.train_loss.back().x() - 1e-9));
  return axis;
}

} // namespace

void TrainingPage::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  s.view = view;
  s.spikes->setView(view);
  if (!isVisible())
    return;
  const bool only_batches = view && s.applied && same_but_batches(*view, *s.applied);
  const qint64 age = s.since_applied.isValid() ? s.since_applied.elapsed() : chart_interval_ms;
  if (!only_batches || age >= chart_interval_ms)
    apply();
  else if (!s.later.isActive())
    s.later.start(static_cast<int>(chart_interval_ms - age));
}

void TrainingPage::apply() {
  State &s = *state_;
  if (same_curves(s.view.get(), s.applied.get()) && (s.applied || !s.view))
    return;
  s.applied = s.view;
  s.since_applied.start();
  for (LineChart *chart : {s.accuracy.chart, s.loss.chart})
    chart->setEmptyText(empty_sentence(s.view.get()));
  if (!s.view)
    return;
  if (Voices voices(s.view->experiment); voices != s.voices) {
    s.voices = std::move(voices);
    makeCurves();
  }
  const TrainingCurves curves = training_curves(s.view->training);
  const std::vector<ChartMark> marks = s.view->marks ? chart_marks(*s.view->marks) : std::vector<ChartMark>();
  AxisStyle y;
  y.min = accuracy_floor(curves);
  y.max = 1;
  y.grows = false;
  s.accuracy.chart->setYAxis(y);
  AxisStyle loss_axis;
  loss_axis.min = 0;
  loss_axis.max = 0.1;
  loss_axis.floor = 0;
  s.loss.chart->setYAxis(loss_axis);
  for (LineChart *chart : {s.accuracy.chart, s.loss.chart}) {
    chart->setXAxis(epoch_axis(*s.view, curves));
    chart->setMarks(marks);
  }
  s.accuracy.say(accuracy_curves(curves, s.voices));
  s.loss.say(loss_curves(curves, s.voices));
  s.accuracy.chart->setRemark(strokes_remark(curves, s.accuracy.chart->plotArea().width() < 380));
}

void TrainingPage::setStep(std::optional<int> step) { state_->spikes->setStep(step); }
void TrainingPage::setNeuron(std::optional<NeuronId> neuron) { state_->spikes->setNeuron(neuron); }
void TrainingPage::resetZoom() { state_->spikes->resetZoom(); }

void TrainingPage::bringUpToDate() { apply(); }

QList<Exportable *> TrainingPage::plots() const {
  return {state_->accuracy.chart, state_->loss.chart, &state_->spikes->raster(), &state_->spikes->membrane()};
}

void TrainingPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  apply();
}

} // namespace duet::ui
