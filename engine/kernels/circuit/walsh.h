// The Walsh-Hadamard transform: sums of 2^bits numbers signed by the parities of their indices.
#pragma once
#include "engine/kernels/circuit/vectors.h"

namespace {

/// Levels of index bits inside a vector: each lane with its partner.
template <class Real> inline VectorOf<Real> walsh_lanes(VectorOf<Real> v, int bits) {
  using L = Lanes<Real>;
  for (int k = 0; k < bits && 1 << k < L::count; ++k) {
    const auto partner = __builtin_shuffle(v, L::partners(1u << k));
    v = (L::numbers() >> k & 1) != 0 ? partner - v : partner + v;
  }
  return v;
}

/// In place: value[r] = sum_j (-1)^parity(r & j) value[j]; at least one whole vector of memory.
template <class Real> void walsh(int bits, Real *value) {
  using L = Lanes<Real>;
  const std::size_t vectors = std::max<std::size_t>(1, (std::size_t{1} << bits) / L::count);
  for (std::size_t v = 0; v < vectors; ++v)
    L::store(value, v, walsh_lanes<Real>(L::load(value, v), bits));
  std::size_t step = 1;
  for (; 4 * step <= vectors; step *= 4) // two levels in one pass
    for (std::size_t base = 0; base < vectors; base += 4 * step)
      for (std::size_t j = base; j < base + step; ++j) {
        const auto a = L::load(value, j), b = L::load(value, j + step), c = L::load(value, j + 2 * step),
                   d = L::load(value, j + 3 * step);
        L::store(value, j, (a + b) + (c + d));
        L::store(value, j + step, (a - b) + (c - d));
        L::store(value, j + 2 * step, (a + b) - (c + d));
        L::store(value, j + 3 * step, (a - b) - (c - d));
      }
  for (; 2 * step <= vectors; step *= 2)
    for (std::size_t base = 0; base < vectors; base += 2 * step)
      for (std::size_t j = base; j < base + step; ++j) {
        const auto a = L::load(value, j), b = L::load(value, j + step);
        L::store(value, j, a + b);
        L::store(value, j + step, a - b);
      }
}

/// value[v] = sum of the lanes of vector v, in place.
template <class Real> void sum_lanes(std::size_t vectors, Real *value) {
  using L = Lanes<Real>;
  for (std::size_t v = 0; v < vectors; ++v) {
    auto sum = L::load(value, v);
    for (int flip = L::count / 2; flip > 0; flip /= 2)
      sum += __builtin_shuffle(sum, L::partners(static_cast<std::uint32_t>(flip)));
    value[v] = sum[0];
  }
}

} // namespace
