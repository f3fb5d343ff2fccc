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
