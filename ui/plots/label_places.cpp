#include "ui/plots/label_places.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace duet::ui {

std::vector<double> spread(const std::vector<double> &wished, double height, double top, double bottom) {
  std::vector<std::size_t> order(wished.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wished[a] < wished[b]; });
  std::vector<double> place = wished;
  const double half = height / 2;
  double lowest = top + half; // downwards: nobody above the one before
  for (const std::size_t i : order) {
    place[i] = std::max(place[i], lowest);
    lowest = place[i] + height;
  }
  double highest = bottom - half; // upwards: back inside
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    place[*it] = std::min(place[*it], highest);
    highest = place[*it] - height;
  }
  return place;
}

std::vector<int> stack_rows(const std::vector<double> &left, const std::vector<double> &width, double space,
                            int rows) {
  std::vector<double> taken(static_cast<std::size_t>(std::max(rows, 0)), -1e300);
  std::vector<int> row(left.size(), -1);
  for (std::size_t i = 0; i < left.size(); ++i)
    for (std::size_t r = 0; r < taken.size(); ++r)
      if (left[i] >= taken[r]) {
        row[i] = static_cast<int>(r);
        taken[r] = left[i] + width[i] + space;
        break;
      }
  return row;
}

namespace {

constexpr double cell = 2;     // px
constexpr double step = 4;     // px between tried places
constexpr double beside = 7;   // px from the point
constexpr double shorter = 25; // px that a shorter text must come nearer

double distance(const QPointF &point, const QRectF &rect) {
  const double dx = std::max({rect.left() - point.x(), 0.0, point.x() - rect.right()});
  const double dy = std::max({rect.top() - point.y(), 0.0, point.y() - rect.bottom()});
  return std::hypot(dx, dy);
}

} // namespace

Occupancy::Occupancy(const QRectF &area)
    : area_(area), columns_(std::max(0, static_cast<int>(std::ceil(area.width() / cell)))),
      rows_(std::max(0, static_cast<int>(std::ceil(area.height() / cell)))),
      taken_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0) {}

void Occupancy::fill(int left, int top, int right, int bottom) {
  left = std::max(left, 0), top = std::max(top, 0);
  right = std::min(right, columns_), bottom = std::min(bottom, rows_);
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x)
      taken_[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x)] =
          1;
  sums_.clear();
}

void Occupancy::add_rect(const QRectF &rect) {
  const QRectF seen = rect.translated(-area_.topLeft());
  fill(static_cast<int>(std::floor(seen.left() / cell)), static_cast<int>(std::floor(seen.top() / cell)),
       static_cast<int>(std::ceil(seen.right() / cell)), static_cast<int>(std::ceil(seen.bottom() / cell)));
}

void Occupancy::add_line(const QPolygonF &points, double width) {
  const double half = width / 2 + 1;
  const auto dot = [&](const QPointF &at) {
    add_rect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half));
  };
  if (points.size() == 1)
    dot(points.first());
  for (qsizetype i = 1; i < points.size(); ++i) {
    const QPointF from = points[i - 1], way = points[i] - from;
    const int parts = std::max(1, static_cast<int>(std::ceil(std::hypot(way.x(), way.y()) / cell)));
    for (int k = 0; k <= parts; ++k)
      dot(from + way * k / parts);
  }
}

void Occupancy::sum() const {
  const auto width = static_cast<std::size_t>(columns_) + 1;
  sums_.assign(width * (static_cast<std::size_t>(rows_) + 1), 0);
  for (std::size_t y = 0; y < static_cast<std::size_t>(rows_); ++y)
    for (std::size_t x = 0; x < static_cast<std::size_t>(columns_); ++x)
      sums_[(y + 1) * width + x + 1] = taken_[y * static_cast<std::size_t>(columns_) + x] +
                                       sums_[y * width + x + 1] + sums_[(y + 1) * width + x] -
                                       sums_[y * width + x];
}

bool Occupancy::is_free(const QRectF &rect) const {
  if (!area_.contains(rect))
    return false;
  if (sums_.empty())
    sum();
  const QRectF seen = rect.translated(-area_.topLeft());
  const auto width = static_cast<std::size_t>(columns_) + 1;
  const auto left = static_cast<std::size_t>(std::floor(seen.left() / cell)),
             top = static_cast<std::size_t>(std::floor(seen.top() / cell)),
             right = std::min(width - 1, static_cast<std::size_t>(std::ceil(seen.right() / cell))),
             bottom = std::min(static_cast<std::size_t>(rows_),
                               static_cast<std::size_t>(std::ceil(seen.bottom() / cell)));
  return sums_[bottom * width + right] - sums_[top * width + right] - sums_[bottom * width + left] +
             sums_[top * width + left] ==
         0;
}

std::optional<LabelPlace> place_label(const LabelWish &wish, Occupancy &occupancy) {
  std::optional<LabelPlace> best;
  double best_cost = 1e300;
  const QRectF &area = occupancy.area();
  for (std::size_t k = 0; k < wish.sizes.size(); ++k) {
    const QSizeF size = wish.sizes[k];
    const QPointF &at = wish.anchor;
    const auto try_at = [&](double x, double y, double malus) {
      const QRectF rect(QPointF(x, y), size);
      const double away = distance(at, rect), cost = away + malus + shorter * static_cast<double>(k);
      if (away > wish.reach || cost >= best_cost || !occupancy.is_free(rect))
        return;
      best_cost = cost;
      best = {k, rect};
    };
    const double lefts[] = {at.x() + beside, at.x() - size.width() / 2, at.x() - beside - size.width(),
                            area.right() - size.width(), area.left()};
    const double middle = at.y() - size.height() / 2;
    for (std::size_t i = 0; i < std::size(lefts);
         ++i) // to the right first, then over or under, then to the left
      for (double off = 0; off <= wish.reach + size.height(); off += step)
        for (const double sign : {-1.0, 1.0})
          try_at(lefts[i], middle + sign * off, i == 0 ? 0.0 : 3.0);
  }
  if (best)
    occupancy.add_rect(best->rect.adjusted(-3, -1, 3, 1));
  return best;
}

} // namespace duet::ui
