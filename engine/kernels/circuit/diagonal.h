// A diagonal operator, one phase per amplitude.
#pragma once
#include "engine/kernels/circuit/vectors.h"

namespace {

template <bool spread, class Real>
inline Amplitude<Real> table_entry(CircuitState<const Real> table, std::size_t vector) {
  if constexpr (spread)
    return {Lanes<Real>::all(table.re[vector]), Lanes<Real>::all(table.im[vector])};
  else
    return read<true>(table, vector);
}

template <class Real, bool spread, bool from_real>
void diagonal_with(std::size_t vectors, CircuitState<const Real> table, CircuitState<Real> in, CircuitState<Real> out) {
  for (std::size_t j = 0; j < vectors; ++j) {
    const auto t = table_entry<spread>(table, j);
    const auto a = read<!from_real>(in, j);
    if constexpr (from_real)
      write<true, Real>(out, j, {t.re * a.re, t.im * a.re});
    else
      write<true, Real>(out, j, {t.re * a.re - t.im * a.im, t.re * a.im + t.im * a.re});
  }
}

template <class Real, bool spread, bool restore, bool to_real>
void reverse_diagonal_with(std::size_t vectors, CircuitState<const Real> table, CircuitState<Real> state,
                           CircuitState<Real> costate, Real *sums) {
  for (std::size_t j = 0; j < vectors; ++j) {
    const auto t = table_entry<spread>(table, j);
    const auto p = read<true>(state, j), l = read<true>(costate, j);
    Lanes<Real>::store(sums, j, Lanes<Real>::load(sums, j) + (l.re * p.im - l.im * p.re));
    write<!to_real, Real>(costate, j, {t.re * l.re + t.im * l.im, t.re * l.im - t.im * l.re});
    if constexpr (restore)
      write<!to_real, Real>(state, j, {t.re * p.re + t.im * p.im, t.re * p.im - t.im * p.re});
  }
}

template <class Real>
void diagonal(std::size_t vectors, CircuitState<const Real> table, int spread, CircuitState<Real> in,
              CircuitState<Real> out) {
  if (in.im)
    (spread ? diagonal_with<Real, true, false> : diagonal_with<Real, false, false>)(vectors, table, in, out);
  else
    (spread ? diagonal_with<Real, true, true> : diagonal_with<Real, false, true>)(vectors, table, in, out);
}

template <class Real>
void reverse_diagonal(std::size_t vectors, CircuitState<const Real> table, int spread, CircuitState<Real> state,
                      CircuitState<Real> costate, int restore, int to_real, Real *sums) {
  const auto run = [&]<bool s>() {
    if (restore)
      (to_real ? reverse_diagonal_with<Real, s, true, true>
               : reverse_diagonal_with<Real, s, true, false>)(vectors, table, state, costate, sums);
    else
      (to_real ? reverse_diagonal_with<Real, s, false, true>
               : reverse_diagonal_with<Real, s, false, false>)(vectors, table, state, costate, sums);
  };
  spread ? run.template operator()<true>() : run.template operator()<false>();
}

} // namespace
