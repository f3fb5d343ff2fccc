// What the hover of a line chart says.
#include "ui/plots/chart_layout.h"
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

/// 5.3 as "5.3", 5 as "5".
QString trimmed(double value, int decimals) {
  QString text = QString::number(value, 'f', decimals);
  while (decimals > 0 && text.endsWith(QLatin1Char('0')))
    text.chop(1);
  if (text.endsWith(QLatin1Char('.')))
    text.chop(1);
  return text;
}

/// The curve's point nearest to x, or null when x is beyond its ends by more than 5 % of its length. A
/// staircase holds its value until the next point.
const QPointF *nearest(const ChartCurve &curve, double x) {
  if (curve.points.empty())
    return nullptr;
  const double first = curve.points.front().x(), last = curve.points.back().x();
  const double room = 0.05 * (last - first) + 1e-9;
  const bool step = curve.style.stroke == CurveStyle::Stroke::step;
  if (curve.points.size() > 1 && (x < first - room || x > last + room))
    return nullptr;
  auto after = std::lower_bound(curve.points.begin(), curve.points.end(), x,
                                [](const QPointF &point, double value) { return point.x() < value; });
  if (step)
    return after == curve.points.begin() || (after != curve.points.end() && after->x() == x)
               ? &*after
               : &*std::prev(after);
  if (after == curve.points.end())
    return &curve.points.back();
  if (after != curve.points.begin() && x - std::prev(after)->x() < after->x() - x)
    --after;
  return &*after;
}

/// The x of the nearest point of any curve; x itself where only staircases are.
double snapped(const ChartContent &content, double x) {
  double best = x, distance = std::numeric_limits<double>::infinity();
  for (const ChartCurve &curve : content.curves) {
    if (curve.style.stroke == CurveStyle::Stroke::step)
      continue;
    if (const QPointF *point = nearest(curve, x); point && std::abs(point->x() - x) < distance) {
      distance = std::abs(point->x() - x);
      best = point->x();
    }
  }
  return best;
}

} // namespace

ReadOut read_out(const ChartContent &content, double x, double reach) {
  ReadOut out;
  out.x = snapped(content, x);
  const QString &axis = content.x.style.title;
  out.head = QStringLiteral("%1 %2").arg(axis, trimmed(out.x, content.x_decimals));
  for (const ChartCurve &curve : content.curves) {
    const QPointF *point = nearest(curve, out.x);
    if (!point)
      continue;
    const bool step = curve.style.stroke == CurveStyle::Stroke::step;
    const bool elsewhere = !step && point->x() != out.x;
    QString text =
        QStringLiteral("%1 %2").arg(curve.name, QString::number(point->y(), 'f', content.y_decimals));
    if (elsewhere)
      text = QObject::tr("%1 (%2 %3)").arg(text, axis, trimmed(point->x(), content.x_decimals));
    out.lines.push_back({text, curve.style.voice, QPointF(step ? out.x : point->x(), point->y())});
  }
  for (const ChartMark &mark : content.marks)
    if (std::abs(mark.x - x) <= reach)
      out.marks << mark.label;
  return out;
}

QString ReadOut::sentence() const {
  if (lines.empty())
    return {};
  QStringList parts;
  for (const Line &line : lines)
    parts << line.text;
  QString text = QObject::tr("%1: %2").arg(head, parts.join(QObject::tr(", ")));
  if (!marks.isEmpty())
    text += QObject::tr("; changed here: %1").arg(marks.join(QObject::tr(", ")));
  return text;
}

} // namespace duet::ui
