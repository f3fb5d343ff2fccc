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

template <class Body> inline void each_visit(const CircuitWalk &walk, std::uint32_t at, const Body &body) {
  for (std::uint32_t h = 0; h < walk.high_count; ++h)
    for (std::uint32_t l = 0; l < walk.low_count; ++l)
      body(std::size_t{at ^ walk.high[h] ^ walk.low[l]});
}

template <class Real, bool spread, bool from_real>
void diagonal_with(const CircuitWalk &walk, std::uint32_t at, CircuitState<const Real> table,
                   CircuitState<Real> in, CircuitState<Real> out) {
  each_visit(walk, at, [&](std::size_t j) {
    const auto t = table_entry<spread>(table, j);
    const auto a = read<!from_real>(in, j);
    if constexpr (from_real)
      write<true, Real>(out, j, {t.re * a.re, t.im * a.re});
    else
      write<true, Real>(out, j, {t.re * a.re - t.im * a.im, t.re * a.im + t.im * a.re});
  });
}

template <class Real, bool spread, bool restore, bool to_real>
void reverse_diagonal_with(const CircuitWalk &walk, std::uint32_t at, CircuitState<const Real> table,
                           CircuitState<Real> state, CircuitState<Real> costate, Real *sums) {
  each_visit(walk, at, [&](std::size_t j) {
    const auto t = table_entry<spread>(table, j);
    const auto p = read<true>(state, j), l = read<true>(costate, j);
    Lanes<Real>::store(sums, j, Lanes<Real>::load(sums, j) + (l.re * p.im - l.im * p.re));
    write<!to_real, Real>(costate, j, {t.re * l.re + t.im * l.im, t.re * l.im - t.im * l.re});
    if constexpr (restore)
      write<!to_real, Real>(state, j, {t.re * p.re + t.im * p.im, t.re * p.im - t.im * p.re});
  });
}

template <class Real>
void diagonal(const CircuitWalk *walk, std::uint32_t at, CircuitState<const Real> table, int spread,
              CircuitState<Real> in, CircuitState<Real> out) {
  if (in.im)
    (spread ? diagonal_with<Real, true, false> : diagonal_with<Real, false, false>)(*walk, at, table, in,
                                                                                    out);
  else
    (spread ? diagonal_with<Real, true, true> : diagonal_with<Real, false, true>)(*walk, at, table, in, out);
}

template <class Real>
void reverse_diagonal(const CircuitWalk *walk, std::uint32_t at, CircuitState<const Real> table, int spread,
                      CircuitState<Real> state, CircuitState<Real> costate, int restore, int to_real,
                      Real *sums) {
  const auto run = [&]<bool s>() {
    if (restore)
      (to_real ? reverse_diagonal_with<Real, s, true, true>
               : reverse_diagonal_with<Real, s, true, false>)(*walk, at, table, state, costate, sums);
    else
      (to_real ? reverse_diagonal_with<Real, s, false, true>
               : reverse_diagonal_with<Real, s, false, false>)(*walk, at, table, state, costate, sums);
  };
  spread ? run.template operator()<true>() : run.template operator()<false>();
}

} // namespace
