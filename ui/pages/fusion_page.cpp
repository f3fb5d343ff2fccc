#include "ui/pages/fusion_page.h"
#include "ui/pages/ratio_words.h"
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

namespace duet::ui {

struct FusionPage::State {
  std::shared_ptr<const TestAnswers> answers, counted;
  Voices voices, counted_voices;
  double ratio = ModelSettings{}.fusion_ratio;
  LineChart *chart = nullptr;
  int curve = 0;
  RatioCurve counts;
};

FusionPage::FusionPage(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  s.chart = new LineChart(tr("Test accuracy over the ratio"), QStringLiteral("accuracy-over-ratio"));
  s.chart->setObjectName(QStringLiteral("chart.ratio"));
  s.chart->setReadOutDecimals(3, 4);
  s.curve = s.chart->addCurve(QStringLiteral("together"), {Voice::fused, CurveStyle::Stroke::step, 1});
  AxisStyle x;
  x.title = tr("fusion ratio");
  x.grows = false;
  s.chart->setXAxis(x);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(16, 4, 12, 4);
  column->addWidget(s.chart);
  connect(s.chart, &LineChart::xPicked, this, [this](double picked) {
    Q_EMIT ratioWanted(std::clamp(std::round(1000 * picked) / 1000, 0.0, 1.0));
  });
  connect(s.chart, &LineChart::hoverText, this, &FusionPage::hoverText);
}

FusionPage::~FusionPage() = default;

void FusionPage::setView(const std::shared_ptr<const SessionView> &view) {
  state_->answers = view ? view->training.answers : nullptr;
  state_->voices = view ? Voices(view->experiment) : Voices();
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
  s.chart->setEmptyText(ratio_empty(s.answers != nullptr, s.voices));
  if (s.answers == s.counted && s.voices == s.counted_voices)
    return;
  s.counted = s.answers;
  s.counted_voices = s.voices;
  s.counts = both && s.voices.mixed() ? ratio_curve(*s.answers) : RatioCurve{};
  std::vector<QPointF> points = ratio_points(s.counts);
  double low = 1, high = 0;
  for (const QPointF &point : points) {
    low = std::min(low, point.y());
    high = std::max(high, point.y());
  }
  AxisStyle y;
  y.min = low;
  y.max = std::min(1.0, high + 0.1 * (high - low) + 0.005);
  y.floor = 0;
  y.ceiling = 1;
  s.chart->setYAxis(y);
  s.chart->replace(s.curve, std::move(points));
  s.chart->setPoints(ratio_labels(s.counts, s.voices));
  s.chart->setRemark(
      s.counts.images == 0
          ? QString()
          : tr("The highest point is for looking, not for choosing: it was found on the test set."));
  showRatio();
}

void FusionPage::showRatio() {
  State &s = *state_;
  if (s.counts.images == 0)
    s.chart->setCursor(std::numeric_limits<double>::quiet_NaN());
  else
    s.chart->setCursor(s.ratio, ratio_cursor(s.counts, s.ratio));
}

void FusionPage::bringUpToDate() {
  count();
  showRatio();
}

QList<Exportable *> FusionPage::plots() const { return {state_->chart}; }

void FusionPage::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  count();
  showRatio();
}

} // namespace duet::ui
