// GCC vectors as wide as the instruction set has them (DUET_VECTOR_BYTES).
#pragma once
#include "engine/kernels/circuit.h"
#include <algorithm>
#include <type_traits>

namespace {

/// The vector of a Real, the same as it lies in memory, and the integers that shuffle its lanes.
template <class Real> struct VectorTypes;
template <> struct VectorTypes<float> {
  typedef float Vector __attribute__((vector_size(DUET_VECTOR_BYTES)));
  typedef float Stored __attribute__((vector_size(DUET_VECTOR_BYTES), may_alias));
  typedef std::int32_t Indices __attribute__((vector_size(DUET_VECTOR_BYTES)));
};
template <> struct VectorTypes<double> {
  typedef double Vector __attribute__((vector_size(DUET_VECTOR_BYTES)));
  typedef double Stored __attribute__((vector_size(DUET_VECTOR_BYTES), may_alias));
  typedef std::int64_t Indices __attribute__((vector_size(DUET_VECTOR_BYTES)));
};

template <class Real> struct Lanes : VectorTypes<Real> {
  using typename VectorTypes<Real>::Vector, typename VectorTypes<Real>::Stored,
      typename VectorTypes<Real>::Indices;
  static constexpr int count = DUET_VECTOR_BYTES / sizeof(Real);

  static Vector load(const Real *from, std::size_t vector) {
    return *reinterpret_cast<const Stored *>(from + vector * count);
  }
  static void store(Real *to, std::size_t vector, Vector value) {
    *reinterpret_cast<Stored *>(to + vector * count) = value;
  }
  static Vector all(Real value) { return Vector{} + value; }
  /// Lane k holds k.
  static Indices numbers() {
    Indices lanes{};
    for (int k = 0; k < count; ++k)
      lanes[k] = k;
    return lanes;
  }
  /// Lane k holds k ^ flip: the shuffle that brings each lane its partner.
  static Indices partners(std::uint32_t flip) { return numbers() ^ static_cast<int>(flip); }
};

template <class Real> using VectorOf = typename Lanes<Real>::Vector;

/// A complex vector; the imaginary part is left alone where the state is real.
template <class Real> struct Amplitude { VectorOf<Real> re, im; };

template <bool complex, class Real>
inline Amplitude<std::remove_const_t<Real>> read(CircuitState<Real> state, std::size_t vector) {
  using Plain = std::remove_const_t<Real>;
  Amplitude<Plain> value;
  value.re = Lanes<Plain>::load(state.re, vector);
  if constexpr (complex)
    value.im = Lanes<Plain>::load(state.im, vector);
  else
    value.im = VectorOf<Plain>{};
  return value;
}

template <bool complex, class Real>
inline void write(CircuitState<Real> state, std::size_t vector, Amplitude<Real> value) {
  Lanes<Real>::store(state.re, vector, value.re);
  if constexpr (complex)
    Lanes<Real>::store(state.im, vector, value.im);
}

} // namespace
