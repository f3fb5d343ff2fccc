#include "ui/pages/fusion_page.h"
#include "engine/training/ratio_curve.h"
#include "ui/plots/line_chart.h"
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

namespace duet::ui {

struct FusionPage::State {
  std::shared_ptr<const TestAnswers> answers, counted;
  Phase phase = Phase::empty;
  double ratio = 0.6;
  LineChart *chart = nullptr;
  int curve = 0;
  RatioCurve counts;
};

FusionPage::FusionPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  s.chart =
      new LineChart(QStringLiteral("Test accuracy over the ratio"), QStringLiteral("accuracy-over-ratio"));
  s.chart->setObjectName(QStringLiteral("chart.ratio"));
  s.chart->setReadOutDecimals(3, 4);
  s.curve = s.chart->addCurve(QStringLiteral("together"), {Voice::fused, CurveStyle::Stroke::step, 1});
  AxisStyle x;
  x.title = QStringLiteral("fusion ratio");
  x.grows = false;
  s.chart->setXAxis(x);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(16, 4, 12, 4);
  column->addWidget(s.chart);
  connect(s.chart, &LineChart::xPicked, this,
          [this](double picked) { Q_EMIT ratioWanted(std::clamp(picked, 0.0, 1.0)); });
  connect(s.chart, &LineChart::hoverText, this, &FusionPage::hoverText);
}

FusionPage::~FusionPage() = default;

void FusionPage::setView(const std::shared_ptr<const SessionView> &view) {
  state_->answers = view ? view->training.answers : nullptr;
  state_->phase = view ? view->phase : Phase::empty;
  if (isVisible())
    count();
}

void FusionPage::setRatio(double ratio) {
  state_->ratio = ratio;
  if (isVisible())
    showRatio();
}

void FusionPage::count() {
  State &s = *state_;
  const bool both = s.answers && !s.answers->spiking.empty() && !s.answers->quantum.empty();
  s.chart->setEmptyText(
      !s.answers
          ? QStringLiteral("The test set is answered after the first epoch; then every ratio can be counted.")
          : QStringLiteral("This model has one branch: there is no ratio to vary."));
  if (s.answers == s.counted)
    return;
  s.counted = s.answers;
  s.counts = both ? ratio_curve(*s.answers) : RatioCurve{};
  std::vector<QPointF> points;
  points.reserve(s.counts.steps.size() + 1);
  double low = 1, high = 0;
  for (const RatioCurve::Step &step : s.counts.steps) {
    const double accuracy = static_cast<double>(step.correct) / s.counts.images;
    points.emplace_back(step.ratio, accuracy);
    low = std::min(low, accuracy);
    high = std::max(high, accuracy);
  }
  if (!points.empty())
    points.emplace_back(1.0, points.back().y());
  AxisStyle y;
  y.min = low;
  y.max = std::min(1.0, high + 0.1 * (high - low) + 0.005);
  y.floor = 0;
  y.ceiling = 1;
  s.chart->setYAxis(y);
  s.chart->replace(s.curve, std::move(points));
  std::vector<ChartPoint> named;
  if (s.counts.images > 0) {
    const auto accuracy = [&](double r) { return QString::number(s.counts.accuracy_at(r), 'f', 4); };
    const RatioCurve::Best best = s.counts.best();
    const double middle = 0.5 * (best.from + best.to);
    named.push_back(
        {{0, s.counts.accuracy_at(0)}, QStringLiteral("spiking branch %1").arg(accuracy(0)), Voice::spiking});
    named.push_back(
        {{1, s.counts.accuracy_at(1)}, QStringLiteral("quantum branch %1").arg(accuracy(1)), Voice::quantum});
    named.push_back({{middle, static_cast<double>(best.correct) / s.counts.images},
                     QStringLiteral("highest %1 at %2")
                         .arg(QString::number(static_cast<double>(best.correct) / s.counts.images, 'f', 4),
                              QString::number(middle, 'f', 3)),
                     Voice::neutral});
  }
  s.chart->setPoints(named);
  s.chart->setRemark(
      s.counts.images == 0
          ? QString()
          : QStringLiteral(
                "The highest point is for looking, not for choosing: it was found on the test set."));
  showRatio();
}

void FusionPage::showRatio() {
  State &s = *state_;
  if (s.counts.images == 0) {
    s.chart->setCursor(std::numeric_limits<double>::quiet_NaN());
    return;
  }
  s.chart->setCursor(s.ratio, QStringLiteral("ratio %1: %2")
                                  .arg(QString::number(s.ratio, 'f', 2),
                                       QString::number(s.counts.accuracy_at(s.ratio), 'f', 4)));
}

QList<Exportable *> FusionPage::plots() const { return {state_->chart}; }

void FusionPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  count();
  showRatio();
}

} // namespace duet::ui
