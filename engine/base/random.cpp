#include "engine/base/random.h"
#include <Random123/philox.h>
#include <cmath>
#include <numbers>

namespace duet {
namespace {

/// FNV-1a, 64 bit: a stream's name as a number, the same on every machine.
std::uint64_t hash_name(std::string_view name) {
  std::uint64_t h = 14695981039346656037ull;
  for (const char c : name)
    h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return h;
}

/// SplitMix64's finalizer: spreads neighbouring seeds over all bits of the key.
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

} // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view name) {
  const std::uint64_t key = mix(mix(seed + 0x9e3779b97f4a7c15ull) ^ hash_name(name));
  key_ = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
}

RandomStream::Block RandomStream::block(std::uint32_t a, std::uint32_t b, std::uint32_t c,
                                        std::uint32_t d) const {
  const r123::Philox4x32::ctr_type counter = {{a, b, c, d}};
  const r123::Philox4x32::key_type key = {{key_[0], key_[1]}};
  const auto out = r123::Philox4x32()(counter, key);
  return {out[0], out[1], out[2], out[3]};
}

float RandomStream::uniform(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) const {
  return to_unit(block(a, b, c, d)[0]);
}

double RandomStream::normal(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) const {
  const Block words = block(a, b, c, d);
  const double u = (static_cast<double>(words[0]) + 1.0) * 0x1p-32; // (0,1]
  const double angle = static_cast<double>(words[1]) * 0x1p-32 * 2.0 * std::numbers::pi;
  return std::sqrt(-2.0 * std::log(u)) * std::cos(angle);
}

} // namespace duet
