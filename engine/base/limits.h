// Limits that more than one room keeps.
#pragma once

namespace duet {

/// Most pixels of one image: lists of events name a pixel in 16 bits.
inline constexpr int max_pixels = 256 * 256;

} // namespace duet
