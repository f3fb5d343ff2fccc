#include "ui/spikes/seen_range.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {

int SeenRange::index_at(double where) const {
  return std::clamp(static_cast<int>(std::floor(place_at(where))), 0, std::max(0, count - 1));
}

void SeenRange::zoom(double around, double factor, double least) {
  const double all = count, span = std::clamp((last - first) * factor, std::min(least, all), all);
  first = std::clamp(around - share(around) * span, 0.0, all - span);
  last = first + span;
}

void SeenRange::move_by(double places) {
  const double by = std::clamp(places, -first, std::max(0.0, count - last));
  first += by;
  last += by;
}

} // namespace duet::ui
