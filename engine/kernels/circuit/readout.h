// <Z_i> of every qubit, and the co-state sum_i g_i Z_i |state> that the backward pass starts from.
#pragma once
#include "engine/kernels/circuit/vectors.h"

namespace {

/// Sums 2^bits vectors in place to the first one; parity[k] gains the sum signed by bit k.
template <class Real> void fold(std::uint32_t bits, Real *values, Real *parity) {
  for (std::uint32_t k = 0; k < bits; ++k) {
    VectorOf<Real> evens = Lanes<Real>::load(parity, k), odds{};
    for (std::size_t v = 0; v < std::size_t{1} << (bits - 1 - k); ++v) {
      const auto even = Lanes<Real>::load(values, 2 * v), odd = Lanes<Real>::load(values, 2 * v + 1);
      evens += even;
      odds += odd;
      Lanes<Real>::store(values, v, even + odd);
    }
    Lanes<Real>::store(parity, k, evens - odds);
  }
}

template <class Real, bool complex>
void expectations_of(const CircuitReadout &readout, CircuitState<Real> state, Real *parity, Real *pattern,
                     Real *scratch) {
  using L = Lanes<Real>;
  const CircuitWalk walk = readout.walk;
  Real *low = scratch, *high = scratch + walk.low_count * L::count;
  for (std::uint32_t k = 0; k < readout.low_bits + readout.high_bits; ++k)
    L::store(parity, k, L::all(0));
  for (std::uint32_t k = 0; k < readout.patterns; ++k)
    L::store(pattern, k, L::all(0));
  for (std::uint32_t h = 0; h < walk.high_count; ++h) {
    for (std::uint32_t l = 0; l < walk.low_count; ++l) {
      const auto a = read<complex>(state, walk.high[h] ^ walk.low[l]);
      auto size = a.re * a.re;
      if constexpr (complex)
        size += a.im * a.im;
      L::store(low, l, size);
      if (readout.patterns > 1) {
        const std::size_t which = readout.high_pattern[h] ^ readout.low_pattern[l];
        L::store(pattern, which, L::load(pattern, which) + size);
      }
    }
    fold<Real>(readout.low_bits, low, parity);
    L::store(high, h, L::load(low, 0));
  }
  fold<Real>(readout.high_bits, high, parity + readout.low_bits * L::count);
}

/// values[t] = sum over bits k of weight[k], added or, where bit k of t is 1, subtracted.
template <class Real> void unfold(std::uint32_t bits, const Real *weight, Real *values) {
  Lanes<Real>::store(values, 0, Lanes<Real>::all(0));
  for (std::uint32_t k = 0; k < bits; ++k) {
    const auto w = Lanes<Real>::load(weight, k);
    const std::size_t count = std::size_t{1} << k;
    for (std::size_t t = 0; t < count; ++t) {
      const auto value = Lanes<Real>::load(values, t);
      Lanes<Real>::store(values, count + t, value - w);
      Lanes<Real>::store(values, t, value + w);
    }
  }
}

template <class Real, bool complex>
void observe_of(const CircuitReadout &readout, const Real *weight, const Real *pattern_weight,
                CircuitState<Real> state, CircuitState<Real> costate, Real *scratch) {
  using L = Lanes<Real>;
  const CircuitWalk walk = readout.walk;
  Real *low = scratch, *high = scratch + walk.low_count * L::count;
  unfold<Real>(readout.low_bits, weight, low);
  unfold<Real>(readout.high_bits, weight + readout.low_bits * L::count, high);
  for (std::uint32_t h = 0; h < walk.high_count; ++h) {
    const auto of_high = L::load(high, h);
    for (std::uint32_t l = 0; l < walk.low_count; ++l) {
      const std::size_t j = walk.high[h] ^ walk.low[l];
      auto value = of_high + L::load(low, l);
      if (readout.patterns > 1)
        value += L::load(pattern_weight, readout.high_pattern[h] ^ readout.low_pattern[l]);
      const auto a = read<complex>(state, j);
      write<complex, Real>(costate, j, {value * a.re, value * a.im});
    }
  }
}

template <class Real>
void expectations(const CircuitReadout *readout, CircuitState<Real> state, Real *parity, Real *pattern,
                  Real *scratch) {
  (state.im ? expectations_of<Real, true>
            : expectations_of<Real, false>)(*readout, state, parity, pattern, scratch);
}

template <class Real>
void observe(const CircuitReadout *readout, const Real *weight, const Real *pattern_weight,
             CircuitState<Real> state, CircuitState<Real> costate, Real *scratch) {
  (state.im ? observe_of<Real, true>
            : observe_of<Real, false>)(*readout, weight, pattern_weight, state, costate, scratch);
}

} // namespace
