// Noise on the pixels of one image.
#pragma once
#include "engine/base/random.h"
#include "engine/data/settings.h"
#include <cstdint>
#include <span>

namespace duet {

/// Adds noise to pixels in [0,1] and clips to [0,1]; kind none leaves them alone. Pixel i draws word i % 4
/// of the block (a, b, i / 4) for salt_pepper and uniform; for gaussian the four words of that block give
/// the four normal numbers of its four pixels (Box-Muller).
void add_noise(const NoiseSettings &noise, const RandomStream &stream, std::uint32_t a, std::uint32_t b,
               std::span<float> pixels);

} // namespace duet
