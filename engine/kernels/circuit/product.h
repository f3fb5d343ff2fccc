// The product state a circuit starts from, and how the co-state comes back to its factors.
#pragma once
#include "engine/kernels/circuit/vectors.h"

namespace {

template <bool complex, class Real> inline Amplitude<Real> times(Amplitude<Real> a, Amplitude<Real> b) {
  if constexpr (complex)
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  else
    return {a.re * b.re, b.im};
}

inline std::size_t stored(std::size_t index) {
  return circuit_stored_index(static_cast<std::uint32_t>(index));
}

/// sum + a conj(b).
template <bool complex, class Real>
inline void add_times_conjugate(Amplitude<Real> &sum, Amplitude<Real> a, Amplitude<Real> b) {
  sum.re += a.re * b.re;
  if constexpr (complex) {
    sum.re += a.im * b.im;
    sum.im += a.im * b.re;
    sum.im -= a.re * b.im;
  }
}

template <class Real, bool complex>
void product_of(int qubits, CircuitState<const Real> factor, CircuitState<Real> out) {
  write<complex, Real>(out, 0, {Lanes<Real>::all(1), Lanes<Real>::all(0)});
  for (int q = 0; q < qubits; ++q) {
    const auto v0 = read<complex>(factor, 2 * q), v1 = read<complex>(factor, 2 * q + 1);
    for (std::size_t a = std::size_t{1} << q; a-- > 0;) { // from the end, so that it can be done in place
      const auto prefix = read<complex>(out, a);
      write<complex>(out, 2 * a + 1, times<complex>(prefix, v1));
      write<complex>(out, 2 * a, times<complex>(prefix, v0));
    }
  }
}

/// The last qubit first: contracts the co-state with the product of the earlier factors, which gives this
/// qubit's cofactor, and then with this qubit's factor, which leaves the co-state of the earlier ones.
template <class Real, bool complex>
void reverse_product_of(int qubits, CircuitState<const Real> factor, CircuitState<Real> costate,
                        CircuitState<Real> scratch, CircuitState<Real> cofactor) {
  for (int q = qubits; q-- > 0;) {
    product_of<Real, complex>(q, factor, scratch);
    const auto v0 = read<complex>(factor, 2 * q), v1 = read<complex>(factor, 2 * q + 1);
    Amplitude<Real> g0{}, g1{};
    for (std::size_t a = 0; a < std::size_t{1} << q; ++a) {
      const auto prefix = read<complex>(scratch, a);
      const auto l0 = read<complex>(costate, 2 * a), l1 = read<complex>(costate, 2 * a + 1);
      add_times_conjugate<complex>(g0, l0, prefix);
      add_times_conjugate<complex>(g1, l1, prefix);
      Amplitude<Real> rest{};
      add_times_conjugate<complex>(rest, l0, v0);
      add_times_conjugate<complex>(rest, l1, v1);
      write<complex>(costate, a, rest);
    }
    write<complex>(cofactor, 2 * q, g0);
    write<complex>(cofactor, 2 * q + 1, g1);
  }
}

template <class Real, bool complex>
void outer_of(std::size_t lefts, std::size_t rights, CircuitState<const Real> left,
              CircuitState<const Real> right, CircuitState<Real> out) {
  for (std::size_t a = 0; a < lefts; ++a) {
    const auto l = read<complex>(left, a);
    for (std::size_t b = 0; b < rights; ++b)
      write<complex>(out, stored(a * rights + b), times<complex>(l, read<complex>(right, b)));
  }
}

template <class Real, bool complex>
void reverse_outer_of(std::size_t lefts, std::size_t rights, CircuitState<const Real> left,
                      CircuitState<const Real> right, CircuitState<Real> costate, CircuitState<Real> coleft,
                      CircuitState<Real> coright) {
  for (std::size_t b = 0; b < rights; ++b)
    write<complex>(coright, b, Amplitude<Real>{});
  for (std::size_t a = 0; a < lefts; ++a) {
    const auto l = read<complex>(left, a);
    Amplitude<Real> sum{};
    for (std::size_t b = 0; b < rights; ++b) {
      const auto c = read<complex>(costate, stored(a * rights + b));
      auto co = read<complex>(coright, b);
      add_times_conjugate<complex>(sum, c, read<complex>(right, b));
      add_times_conjugate<complex>(co, c, l);
      write<complex>(coright, b, co);
    }
    write<complex>(coleft, a, sum);
  }
}

template <class Real> void product(int qubits, CircuitState<const Real> factor, CircuitState<Real> out) {
  (out.im ? product_of<Real, true> : product_of<Real, false>)(qubits, factor, out);
}

template <class Real>
void reverse_product(int qubits, CircuitState<const Real> factor, CircuitState<Real> costate,
                     CircuitState<Real> scratch, CircuitState<Real> cofactor) {
  (costate.im ? reverse_product_of<Real, true> : reverse_product_of<Real, false>)(qubits, factor, costate,
                                                                                  scratch, cofactor);
}

template <class Real>
void outer(std::size_t lefts, std::size_t rights, CircuitState<const Real> left,
           CircuitState<const Real> right, CircuitState<Real> out) {
  (out.im ? outer_of<Real, true> : outer_of<Real, false>)(lefts, rights, left, right, out);
}

template <class Real>
void reverse_outer(std::size_t lefts, std::size_t rights, CircuitState<const Real> left,
                   CircuitState<const Real> right, CircuitState<Real> costate, CircuitState<Real> coleft,
                   CircuitState<Real> coright) {
  (costate.im ? reverse_outer_of<Real, true> : reverse_outer_of<Real, false>)(lefts, rights, left, right,
                                                                              costate, coleft, coright);
}

} // namespace
