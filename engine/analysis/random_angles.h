// The random angles at which circuits are looked at: the same for ever.
#pragma once
#include "engine/base/random.h"
#include "engine/base/streams.h"
#include <numbers>
#include <span>

namespace duet {

/// What the angles are for; each use has numbers of its own.
enum class AngleUse : std::uint32_t { place = 0, state = 1, pair = 2 };

/// Uniform in [0, 2 pi), one after the other, of one sample.
class RandomAngles {
public:
  RandomAngles(AngleUse use, std::uint32_t sample) : use_(use), sample_(sample) {}
  double next() {
    const std::uint32_t word = stream_.block(next_ / 4, sample_, std::uint32_t(use_))[next_ % 4];
    ++next_;
    return to_unit(word) * 2 * std::numbers::pi;
  }
  void fill(std::span<double> angles) {
    for (double &angle : angles)
      angle = next();
  }

private:
  RandomStream stream_{0, streams::circuit_angles};
  AngleUse use_;
  std::uint32_t sample_, next_ = 0;
};

} // namespace duet
