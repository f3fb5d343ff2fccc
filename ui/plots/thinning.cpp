#include "ui/plots/thinning.h"
#include <algorithm>
#include <cmath>
#include <iterator>

namespace duet::ui {

QList<QPointF> thinned(const std::vector<QPointF> &all, double x_min, double x_max, int columns) {
  std::vector<QPointF> finite; // a loss that went to infinity has no place on the axis
  const auto drawable = [](const QPointF &point) {
    return std::isfinite(point.x()) && std::isfinite(point.y());
  };
  const bool whole = std::all_of(all.begin(), all.end(), drawable);
  if (!whole)
    std::copy_if(all.begin(), all.end(), std::back_inserter(finite), drawable);
  const std::vector<QPointF> &points = whole ? all : finite;
  const std::size_t count = points.size();
  if (count <= 2 * static_cast<std::size_t>(std::max(columns, 1)) || !(x_max > x_min))
    return QList<QPointF>(points.begin(), points.end());
  const auto column_of = [&](const QPointF &point) {
    const double place = std::floor((point.x() - x_min) / (x_max - x_min) * columns);
    return std::clamp(place, 0.0, static_cast<double>(columns - 1));
  };
  QList<QPointF> kept;
  if (points.empty())
    return kept;
  kept.reserve(2 * columns + 2);
  kept.append(points.front());
  std::size_t i = 0;
  while (i < count) {
    const double column = column_of(points[i]);
    std::size_t lowest = i, highest = i;
    for (; i < count && column_of(points[i]) == column; ++i) {
      if (points[i].y() < points[lowest].y())
        lowest = i;
      if (points[i].y() > points[highest].y())
        highest = i;
    }
    const auto [early, late] = std::minmax(lowest, highest);
    if (early != 0)
      kept.append(points[early]);
    if (late != early)
      kept.append(points[late]);
  }
  if (kept.back() != points.back())
    kept.append(points.back());
  return kept;
}

namespace {

/// The part from..to of a way from 0 to 1 that lies inside (Liang and Barsky 1984); false: none.
bool inside_part(const QPointF &a, const QPointF &b, const QRectF &inside, double &from, double &to) {
  from = 0, to = 1;
  const QPointF way = b - a;
  const auto cut = [&](double speed, double room) { // room - speed t >= 0
    if (speed == 0)
      return room >= 0;
    const double t = room / speed;
    speed > 0 ? to = std::min(to, t) : from = std::max(from, t);
    return from <= to;
  };
  return cut(-way.x(), a.x() - inside.left()) && cut(way.x(), inside.right() - a.x()) &&
         cut(-way.y(), a.y() - inside.top()) && cut(way.y(), inside.bottom() - a.y());
}

} // namespace

std::vector<QPolygonF> clipped(const QList<QPointF> &points, const QRectF &inside) {
  std::vector<QPolygonF> pieces;
  bool open = false; // the last piece ends where the next segment begins
  for (qsizetype i = 1; i < points.size(); ++i) {
    const QPointF &a = points[i - 1], &b = points[i];
    double from = 0, to = 1;
    if (!inside_part(a, b, inside, from, to)) {
      open = false;
      continue;
    }
    if (!open)
      pieces.push_back({from == 0 ? a : a + from * (b - a)});
    pieces.back() << (to == 1 ? b : a + to * (b - a));
    open = to == 1;
  }
  return pieces;
}

std::vector<QPointF> stairs(const std::vector<QPointF> &points) {
  std::vector<QPointF> corners;
  corners.reserve(2 * points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0)
      corners.emplace_back(points[i].x(), points[i - 1].y());
    corners.push_back(points[i]);
  }
  return corners;
}

} // namespace duet::ui
