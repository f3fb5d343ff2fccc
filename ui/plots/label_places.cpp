#include "ui/plots/label_places.h"
#include <algorithm>
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

} // namespace duet::ui
