// Training images moved and turned a little.
#pragma once
#include "engine/base/random.h"
#include "engine/data/settings.h"
#include <cstdint>

namespace duet {

/// How one image is moved: whole pixels to the right and down, and a turn about its centre.
struct Motion {
  int right_px = 0, down_px = 0;
  double turn_rad = 0.0; ///< from the x axis (right) towards the y axis (down)
};

/// Uniform in the settings' ranges; word 0 and 1 of the block (epoch, file index) shift, word 2 turns.
Motion draw_motion(const AugmentSettings &augment, const RandomStream &stream, std::uint32_t epoch,
                   std::uint32_t file_index);

/// out[row][col] takes the value in [0,1] the motion brings there, bilinear between pixels, 0 from outside.
/// bytes and out: [row][col].
void move_image(const Motion &motion, int rows, int cols, const std::uint8_t *bytes, float *out);

} // namespace duet
