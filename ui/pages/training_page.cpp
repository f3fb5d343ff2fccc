#include "ui/pages/training_page.h"
#include "ui/pages/training_curves.h"
#include "ui/plots/number_text.h"
#include "ui/spikes/membrane_view.h"
#include "ui/spikes/raster_view.h"
#include "ui/spikes/time_plots.h"
#include "ui/theme/theme.h"
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

/// The curves of one chart, by what they show.
struct CurveIds {
  int train = 0, test = 0, spiking = 0, quantum = 0, validation = 0;
  int running = 0, running_spiking = 0, running_quantum = 0;
};

QString with_value(const QString &name, const std::vector<QPointF> &points) {
  return points.empty() ? QString()
                        : QStringLiteral("%1 %2").arg(name, QString::number(points.back().y(), 'f', 3));
}

} // namespace

struct TrainingPage::State {
  std::shared_ptr<const SessionView> view, applied;
  LineChart *accuracy = nullptr, *loss = nullptr;
  CurveIds in_accuracy, in_loss;
  QElapsedTimer since_applied;
  QTimer later; ///< charts follow a run at most ten times a second
  ModelKind kind = ModelKind::parallel;
  TimePlots *spikes = nullptr;
};

TrainingPage::TrainingPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  s.accuracy = new LineChart(QStringLiteral("Accuracy"), QStringLiteral("accuracy"));
  s.loss = new LineChart(QStringLiteral("Loss"), QStringLiteral("loss"));
  s.accuracy->setObjectName(QStringLiteral("chart.accuracy"));
  s.loss->setObjectName(QStringLiteral("chart.loss"));
  s.spikes = new TimePlots(QStringLiteral("training"));
  makeCurves(ModelKind::parallel);
  s.later.setSingleShot(true);
  connect(&s.later, &QTimer::timeout, this, [this] {
    if (isVisible())
      apply();
  });

  auto *title = new QLabel(QStringLiteral("Spikes of the selected image"));
  title->setFont(ui::font(13, QFont::DemiBold));
  title->setContentsMargins(4, 9, 0, 3);
  auto *side = new QVBoxLayout;
  side->setContentsMargins(0, 0, 0, 0);
  side->setSpacing(2);
  side->addWidget(title);
  side->addWidget(s.spikes, 1);
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(16, 4, 8, 4);
  row->setSpacing(14);
  row->addWidget(s.accuracy, 10);
  row->addWidget(s.loss, 6);
  row->addLayout(side, 6);

  connect(s.spikes, &TimePlots::stepSelected, this, &TrainingPage::stepSelected);
  connect(s.spikes, &TimePlots::neuronSelected, this, &TrainingPage::neuronSelected);
  for (LineChart *chart : {s.accuracy, s.loss})
    connect(chart, &LineChart::hoverText, this, &TrainingPage::hoverText);
  connect(s.spikes, &TimePlots::hoverText, this, &TrainingPage::hoverText);
}

TrainingPage::~TrainingPage() = default;

void TrainingPage::makeCurves(ModelKind kind) {
  State &s = *state_;
  s.kind = kind;
  const Voice voice = answer_voice(kind);
  using Stroke = CurveStyle::Stroke;
  const QString name = mixes(kind) ? QStringLiteral("test, together") : QStringLiteral("test");
  for (LineChart *chart : {s.accuracy, s.loss}) {
    chart->removeCurves();
    CurveIds &ids = chart == s.accuracy ? s.in_accuracy : s.in_loss;
    if (chart == s.accuracy && mixes(kind)) {
      ids.running_quantum = chart->addCurve({}, {Voice::quantum, Stroke::dots, 0.7});
      ids.running_spiking = chart->addCurve({}, {Voice::spiking, Stroke::dots, 0.7});
      ids.quantum =
          chart->addCurve(QStringLiteral("test, quantum branch"), {Voice::quantum, Stroke::thick, 1});
      ids.spiking =
          chart->addCurve(QStringLiteral("test, spiking branch"), {Voice::spiking, Stroke::thick, 1});
    }
    ids.train = chart->addCurve(QStringLiteral("training"), {voice, Stroke::thin, 0.65});
    ids.validation = chart->addCurve(QStringLiteral("validation"), {Voice::neutral, Stroke::thick, 1});
    ids.running = chart->addCurve({}, {voice, Stroke::dots, 0.7});
    ids.test = chart->addCurve(name, {voice, Stroke::thick, 1});
  }
}

namespace {

QString empty_sentence(const SessionView *view) {
  if (!view || view->phase == Phase::empty)
    return QStringLiteral("No data loaded yet.");
  if (view->phase == Phase::loading)
    return QStringLiteral("Reading the data …");
  if (view->phase == Phase::failed)
    return QStringLiteral("The run could not go on; the message above says why.");
  return QStringLiteral("Nothing trained yet. Run (Space) starts, a full stop trains one batch.");
}

/// What changes with every picture of a run, and may wait a little.
bool same_but_batches(const SessionView &a, const SessionView &b) {
  return a.run_id == b.run_id && a.training.epochs == b.training.epochs && a.marks == b.marks &&
         a.phase == b.phase && a.training.epochs_planned == b.training.epochs_planned &&
         a.experiment.model.kind == b.experiment.model.kind;
}

bool same_curves(const SessionView *a, const SessionView *b) {
  if (!a || !b)
    return a == b;
  return a->training.batches == b->training.batches && a->training.epochs == b->training.epochs &&
         a->training.running == b->training.running && a->marks == b->marks && a->phase == b->phase &&
         a->training.epochs_planned == b->training.epochs_planned &&
         a->experiment.model.kind == b->experiment.model.kind;
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
  for (LineChart *chart : {s.accuracy, s.loss})
    chart->setEmptyText(empty_sentence(s.view.get()));
  if (!s.view)
    return;
  if (s.view->experiment.model.kind != s.kind)
    makeCurves(s.view->experiment.model.kind);
  const TrainingCurves curves = training_curves(s.view->training);
  const std::vector<ChartMark> marks = s.view->marks ? chart_marks(*s.view->marks) : std::vector<ChartMark>();
  AxisStyle y;
  y.min = accuracy_floor(curves);
  y.max = 1;
  y.grows = false;
  s.accuracy->setYAxis(y);
  AxisStyle loss_axis;
  loss_axis.min = 0;
  loss_axis.max = 0.1;
  loss_axis.floor = 0;
  s.loss->setYAxis(loss_axis);
  for (LineChart *chart : {s.accuracy, s.loss}) {
    chart->setXAxis(epoch_axis(*s.view, curves));
    chart->setMarks(marks);
  }
  fillAccuracy(curves);
  fillLoss(curves);
}

void TrainingPage::fillAccuracy(const TrainingCurves &curves) {
  State &s = *state_;
  LineChart &chart = *s.accuracy;
  const QString share = QStringLiteral(" on %1 test images").arg(grouped(curves.running_images));
  const bool only_share = curves.test_accuracy.empty(); // before the first whole evaluation
  const auto running = [&](int curve, const QString &name, const std::vector<QPointF> &points) {
    chart.setCurveName(curve, name + share);
    chart.replace(curve, points);
    chart.setEndLabel(curve, only_share ? with_value(name, points) : QString());
  };
  const QString name = answer_name(s.kind);
  if (mixes(s.kind)) {
    running(s.in_accuracy.running_spiking, QStringLiteral("spiking branch"), curves.running_spiking);
    running(s.in_accuracy.running_quantum, QStringLiteral("quantum branch"), curves.running_quantum);
    chart.replace(s.in_accuracy.spiking, curves.test_spiking);
    chart.replace(s.in_accuracy.quantum, curves.test_quantum);
    chart.setEndLabel(s.in_accuracy.spiking,
                      with_value(QStringLiteral("spiking branch"), curves.test_spiking));
    chart.setEndLabel(s.in_accuracy.quantum,
                      with_value(QStringLiteral("quantum branch"), curves.test_quantum));
  }
  running(s.in_accuracy.running, name, curves.running_accuracy);
  chart.replace(s.in_accuracy.train, curves.train_accuracy);
  chart.replace(s.in_accuracy.validation, curves.validation_accuracy);
  chart.setEndLabel(s.in_accuracy.validation,
                    with_value(QStringLiteral("validation"), curves.validation_accuracy));
  chart.replace(s.in_accuracy.test, curves.test_accuracy);
  chart.setEndLabel(s.in_accuracy.test, with_value(name, curves.test_accuracy));
  const bool narrow = chart.plotArea().width() < 380;
  QString remark = QStringLiteral("thick: test, thin: training");
  if (!curves.running_accuracy.empty())
    remark = (narrow ? QStringLiteral("thin: training") : remark) + QStringLiteral(", dots:") + share;
  chart.setRemark(remark);
}

void TrainingPage::fillLoss(const TrainingCurves &curves) {
  State &s = *state_;
  LineChart &chart = *s.loss;
  chart.replace(s.in_loss.train, curves.train_loss);
  chart.replace(s.in_loss.validation, curves.validation_loss);
  chart.setCurveName(s.in_loss.running,
                     QStringLiteral("on %1 test images").arg(grouped(curves.running_images)));
  chart.replace(s.in_loss.running, curves.running_loss);
  chart.replace(s.in_loss.test, curves.test_loss);
  chart.setEndLabel(s.in_loss.test, with_value(QStringLiteral("test"), curves.test_loss));
}

void TrainingPage::setStep(std::optional<int> step) { state_->spikes->setStep(step); }
void TrainingPage::setNeuron(std::optional<NeuronId> neuron) { state_->spikes->setNeuron(neuron); }
void TrainingPage::resetZoom() { state_->spikes->resetZoom(); }

QList<Exportable *> TrainingPage::plots() const {
  return {state_->accuracy, state_->loss, &state_->spikes->raster(), &state_->spikes->membrane()};
}

void TrainingPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  apply();
}

} // namespace duet::ui
