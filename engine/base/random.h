// Counter-based random numbers: a value depends on its key and its index alone.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace duet {

/// One stream of random numbers, keyed by (seed, name). Philox4x32-10 (Salmon et al., SC 2011; Random123).
/// Any number can be asked for in any order, from any thread.
class RandomStream {
public:
  RandomStream(std::uint64_t seed, std::string_view name);
  using Block = std::array<std::uint32_t, 4>;
  /// Four independent 32-bit numbers of the counter (a, b, c, d).
  Block block(std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0, std::uint32_t d = 0) const;
  /// Uniform in [0,1): the top 24 bits of word 0 of the block, so exact in float.
  float uniform(std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0, std::uint32_t d = 0) const;
  /// Standard normal (Box-Muller on words 0 and 1 of the block, in double).
  double normal(std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0, std::uint32_t d = 0) const;
  /// The Philox key, for kernels that draw many blocks at once.
  std::array<std::uint32_t, 2> key() const { return key_; }

private:
  std::array<std::uint32_t, 2> key_;
};

/// The top 24 bits of a word as a float in [0,1).
inline float to_unit(std::uint32_t word) { return static_cast<float>(word >> 8) * 0x1p-24f; }

} // namespace duet
