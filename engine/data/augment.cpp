#include "engine/data/augment.h"
#include "engine/base/pixel_value.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet {
namespace {

/// A whole number uniform in [-reach, reach].
int draw_shift(int reach, std::uint32_t word) {
  const int choices = 2 * reach + 1;
  return static_cast<int>((static_cast<std::uint64_t>(word) * static_cast<std::uint64_t>(choices)) >> 32) -
         reach;
}

/// The image between its pixels; outside it is 0.
float bilinear(int rows, int cols, const std::uint8_t *bytes, double row, double col) {
  if (row <= -1.0 || col <= -1.0 || row >= rows || col >= cols)
    return 0.0f;
  const int top = static_cast<int>(std::floor(row)), left = static_cast<int>(std::floor(col));
  const float down = static_cast<float>(row - top), right = static_cast<float>(col - left);
  const auto at = [&](int r, int c) {
    return r >= 0 && c >= 0 && r < rows && c < cols ? pixel_value(bytes[r * cols + c]) : 0.0f;
  };
  const float upper = at(top, left) + right * (at(top, left + 1) - at(top, left));
  const float lower = at(top + 1, left) + right * (at(top + 1, left + 1) - at(top + 1, left));
  return std::clamp(upper + down * (lower - upper), 0.0f, 1.0f);
}

} // namespace

Motion draw_motion(const AugmentSettings &augment, const RandomStream &stream, std::uint32_t epoch,
                   std::uint32_t file_index) {
  const RandomStream::Block words = stream.block(epoch, file_index);
  const double turn_deg = augment.rotate_deg * (2.0 * static_cast<double>(to_unit(words[2])) - 1.0);
  return {draw_shift(augment.shift_px, words[0]), draw_shift(augment.shift_px, words[1]),
          turn_deg * std::numbers::pi / 180.0};
}

void move_image(const Motion &motion, int rows, int cols, const std::uint8_t *bytes, float *out) {
  const double cosine = std::cos(motion.turn_rad), sine = std::sin(motion.turn_rad);
  const double middle_row = (rows - 1) / 2.0, middle_col = (cols - 1) / 2.0;
  for (int row = 0; row < rows; ++row)
    for (int col = 0; col < cols; ++col) {
      // Where this pixel came from: shifted back, then turned back about the centre.
      const double y = row - motion.down_px - middle_row, x = col - motion.right_px - middle_col;
      const double from_row = middle_row + cosine * y - sine * x,
                   from_col = middle_col + cosine * x + sine * y;
      out[row * cols + col] = bilinear(rows, cols, bytes, from_row, from_col);
    }
}

} // namespace duet
