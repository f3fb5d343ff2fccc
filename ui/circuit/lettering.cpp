#include "ui/circuit/lettering.h"
#include "ui/theme/paint.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {

Lettering::Lettering() : metrics_(font(reference_size)) {}

const QFont &Lettering::of_size(int pixels) {
  const int size = std::clamp(pixels, smallest_size, largest_size);
  auto &slot = fonts_[std::size_t(size - smallest_size)];
  if (!slot)
    slot = font(size);
  return *slot;
}

const QFont *Lettering::fitting(const QString &text, double width, double largest, double smallest) {
  auto found = widths_.constFind(text);
  if (found == widths_.constEnd())
    found = widths_.insert(text, metrics_.horizontalAdvance(text));
  // advances grow with the size but for hinting, which a twentieth covers
  const double size = std::floor(std::min(largest, width * reference_size / std::max(1.0, *found * 1.05)));
  return size >= smallest ? &of_size(int(size)) : nullptr;
}

} // namespace duet::ui
