#include "engine/data/noise.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace duet {
namespace {

using Four = std::array<float, 4>;

/// Box and Muller, 1958: two uniform words give two independent standard normal numbers.
void normal_pair(std::uint32_t first, std::uint32_t second, float *out) {
  const float u = (static_cast<float>(first) + 1.0f) * 0x1p-32f; // (0,1]
  const float angle = 2.0f * std::numbers::pi_v<float> * to_unit(second);
  const float radius = std::sqrt(-2.0f * std::log(u));
  out[0] = radius * std::cos(angle);
  out[1] = radius * std::sin(angle);
}

/// Four neighbouring pixels with the noise of one block of random words.
Four disturbed(const NoiseSettings &noise, const RandomStream::Block &words, Four x) {
  const float amount = static_cast<float>(noise.amount);
  switch (noise.kind) {
  case NoiseKind::none:
    break;
  case NoiseKind::gaussian: {
    Four normal;
    normal_pair(words[0], words[1], normal.data());
    normal_pair(words[2], words[3], normal.data() + 2);
    for (std::size_t k = 0; k < 4; ++k)
      x[k] += amount * normal[k];
    break;
  }
  case NoiseKind::uniform:
    for (std::size_t k = 0; k < 4; ++k)
      x[k] += amount * (2.0f * to_unit(words[k]) - 1.0f);
    break;
  case NoiseKind::salt_pepper:
    for (std::size_t k = 0; k < 4; ++k) {
      const float u = to_unit(words[k]);
      if (u < amount)
        x[k] = u < 0.5f * amount ? 0.0f : 1.0f;
    }
    break;
  }
  for (float &value : x)
    value = std::clamp(value, 0.0f, 1.0f);
  return x;
}

} // namespace

void add_noise(const NoiseSettings &noise, const RandomStream &stream, std::uint32_t a, std::uint32_t b,
               std::span<float> pixels) {
  if (noise.kind == NoiseKind::none)
    return;
  for (std::size_t first = 0; first < pixels.size(); first += 4) {
    const std::size_t count = std::min<std::size_t>(4, pixels.size() - first);
    Four x{};
    std::copy_n(pixels.begin() + static_cast<std::ptrdiff_t>(first), count, x.begin());
    const Four noisy = disturbed(noise, stream.block(a, b, static_cast<std::uint32_t>(first / 4)), x);
    std::copy_n(noisy.begin(), count, pixels.begin() + static_cast<std::ptrdiff_t>(first));
  }
}

} // namespace duet
