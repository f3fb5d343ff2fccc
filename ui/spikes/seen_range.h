// The part of a row of places 0 to count that is seen: an axis one can zoom and move. Fractions allowed.
#pragma once

namespace duet::ui {

struct SeenRange {
  double first = 0, last = 1; ///< seen
  int count = 1;              ///< in all; place k lies between k and k + 1

  void show_all(int all) { first = 0, last = count = all > 0 ? all : 1; }
  bool all_seen() const { return first <= 0 && last >= count; }
  double share(double place) const { return (place - first) / (last - first); } ///< 0 at first, 1 at last
  double place_at(double share) const { return first + share * (last - first); }
  int index_at(double share) const; ///< of the place there; clamped to 0..count-1
  /// Zooms around a place; factor < 1 shows less, but never fewer than `least`.
  void zoom(double around, double factor, double least);
  void move_by(double places); ///< as far as there are places
};

} // namespace duet::ui
