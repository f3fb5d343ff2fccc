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

/// Three levels of fold in registers: the plain sum of eight vectors, and the sums signed by bits 0, 1, 2.
template <class Real> struct EightSums {
  VectorOf<Real> sum, signed_sum[3];
  explicit EightSums(const VectorOf<Real> (&v)[8]) {
    VectorOf<Real> pairs[4], fours[2];
    for (int k = 0; k < 4; ++k)
      pairs[k] = v[2 * k] + v[2 * k + 1];
    signed_sum[0] = ((v[0] - v[1]) + (v[2] - v[3])) + ((v[4] - v[5]) + (v[6] - v[7]));
    signed_sum[1] = (pairs[0] - pairs[1]) + (pairs[2] - pairs[3]);
    fours[0] = pairs[0] + pairs[1];
    fours[1] = pairs[2] + pairs[3];
    signed_sum[2] = fours[0] - fours[1];
    sum = fours[0] + fours[1];
  }
};

template <class Real, bool complex>
inline VectorOf<Real> probability(CircuitState<Real> state, std::size_t vector) {
  const auto a = read<complex>(state, vector);
  if constexpr (complex)
    return a.re * a.re + a.im * a.im;
  else
    return a.re * a.re;
}

/// All visits of one entry of walk.high: their sum; parity and pattern gain theirs.
template <class Real, bool complex>
VectorOf<Real> low_expectations(const CircuitReadout &readout, std::uint32_t h, CircuitState<Real> state,
                                Real *parity, Real *pattern, Real *low) {
  using L = Lanes<Real>;
  const CircuitWalk walk = readout.walk;
  if (readout.patterns > 1 || readout.low_bits < 3) {
    VectorOf<Real> here[L::count] = {}; // at most one pattern per lane; summed apart for the rounding's sake
    for (std::uint32_t l = 0; l < walk.low_count; ++l) {
      const auto size = probability<Real, complex>(state, walk.high[h] ^ walk.low[l]);
      L::store(low, l, size);
      here[readout.high_pattern[h] ^ readout.low_pattern[l]] += size;
    }
    for (std::uint32_t k = 0; k < readout.patterns; ++k)
      L::store(pattern, k, L::load(pattern, k) + here[k]);
    fold<Real>(readout.low_bits, low, parity);
    return L::load(low, 0);
  }
  VectorOf<Real> signed_sum[3] = {L::load(parity, 0), L::load(parity, 1), L::load(parity, 2)};
  for (std::uint32_t l = 0; l < walk.low_count; l += 8) {
    VectorOf<Real> sizes[8];
    for (int k = 0; k < 8; ++k)
      sizes[k] = probability<Real, complex>(state, walk.high[h] ^ walk.low[l + k]);
    const EightSums<Real> eight(sizes);
    for (int k = 0; k < 3; ++k)
      signed_sum[k] += eight.signed_sum[k];
    L::store(low, l / 8, eight.sum);
  }
  for (int k = 0; k < 3; ++k)
    L::store(parity, k, signed_sum[k]);
  fold<Real>(readout.low_bits - 3, low, parity + 3 * L::count);
  return L::load(low, 0);
}

template <class Real, bool complex>
void expectations_of(const CircuitReadout &readout, CircuitState<Real> state, Real *parity, Real *pattern,
                     Real *scratch) {
  using L = Lanes<Real>;
  Real *low = scratch, *high = scratch + readout.walk.low_count * L::count;
  for (std::uint32_t k = 0; k < readout.low_bits + readout.high_bits; ++k)
    L::store(parity, k, L::all(0));
  for (std::uint32_t k = 0; k < readout.patterns; ++k)
    L::store(pattern, k, L::all(0));
  for (std::uint32_t h = 0; h < readout.walk.high_count; ++h)
    L::store(high, h, low_expectations<Real, complex>(readout, h, state, parity, pattern, low));
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
  (state.im ? expectations_of<Real, true> : expectations_of<Real, false>)(*readout, state, parity, pattern,
                                                                          scratch);
}

template <class Real>
void observe(const CircuitReadout *readout, const Real *weight, const Real *pattern_weight,
             CircuitState<Real> state, CircuitState<Real> costate, Real *scratch) {
  (state.im ? observe_of<Real, true> : observe_of<Real, false>)(*readout, weight, pattern_weight, state,
                                                                costate, scratch);
}

} // namespace
