#include "ui/pages/ratio_words.h"
#include "ui/words/numbers.h"
#include <QCoreApplication>

namespace duet::ui {
namespace {

QString tr(const char *english) { return QCoreApplication::translate("ratio", english); }
QString four(double value) { return QString::number(value, 'f', 4); }

} // namespace

std::vector<QPointF> ratio_points(const RatioCurve &counts) {
  std::vector<QPointF> points;
  points.reserve(counts.steps.size() + 1);
  for (const RatioCurve::Step &step : counts.steps)
    points.emplace_back(step.ratio, static_cast<double>(step.correct) / counts.images);
  if (!points.empty())
    points.emplace_back(1.0, points.back().y());
  return points;
}

std::vector<ChartPoint> ratio_labels(const RatioCurve &counts, const Voices &voices) {
  std::vector<ChartPoint> labels;
  if (counts.images == 0)
    return labels;
  for (const Speaker who : {Speaker::spiking, Speaker::quantum}) {
    const double end = who == Speaker::spiking ? 0 : 1, accuracy = counts.accuracy_at(end);
    labels.push_back(
        {{end, accuracy}, voices.name(who) + QLatin1Char(' ') + four(accuracy), voices.colour(who)});
  }
  const RatioCurve::Best best = counts.best();
  const double middle = 0.5 * (best.from + best.to),
               highest = static_cast<double>(best.correct) / counts.images;
  labels.push_back({{middle, highest},
                    tr("highest %1 at %2").arg(four(highest), QString::number(middle, 'f', 3)),
                    Voice::neutral});
  return labels;
}

QString ratio_cursor(const RatioCurve &counts, double ratio) {
  return tr("ratio %1: %2").arg(ratio_text(ratio), four(counts.accuracy_at(ratio)));
}

QString ratio_empty(bool answered, const Voices &voices) {
  if (!voices.mixed())
    return tr("The %1 answers alone: there is no ratio to vary.").arg(voices.answerer().name);
  return answered ? tr("The last count of the test set belongs to another model.")
                  : tr("The test set is answered after the first epoch; then every ratio can be counted.");
}

} // namespace duet::ui
