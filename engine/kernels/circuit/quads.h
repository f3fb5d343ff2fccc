// Two commuting blocks in one pass over the state: each vector is read and written once for both.
#pragma once
#include "engine/kernels/circuit/pairs.h"

namespace {

/// The vectors J, J ^ a, J ^ b, J ^ a ^ b.
template <class Real> struct Quad { Amplitude<Real> v[4]; };

/// The two rows of block a (pairs 0-1, 2-3) or b (pairs 0-2, 1-3).
template <class Real, CircuitKind kind> struct QuadRows {
  Row<Real, kind> row0, row1;
  explicit QuadRows(const Real *from)
      : row0(from), row1(from + coefficient_vectors(kind) * Lanes<Real>::count) {}

  template <bool complex, int step> Quad<Real> times(const Quad<Real> &q) const {
    Quad<Real> out;
    for (int k = 0; k < 4; ++k)
      out.v[k] = k & step ? row1.template times<complex>(q.v[k], q.v[k ^ step])
                          : row0.template times<complex>(q.v[k], q.v[k ^ step]);
    return out;
  }
};

template <bool complex, class Real>
inline Quad<Real> read_quad(CircuitState<Real> state, std::size_t j, const CircuitQuads &quads) {
  return {{read<complex>(state, j), read<complex>(state, j ^ quads.partner_a),
           read<complex>(state, j ^ quads.partner_b),
           read<complex>(state, j ^ quads.partner_a ^ quads.partner_b)}};
}

template <bool complex, class Real>
inline void write_quad(CircuitState<Real> state, std::size_t j, const CircuitQuads &quads,
                       const Quad<Real> &q) {
  write<complex>(state, j, q.v[0]);
  write<complex>(state, j ^ quads.partner_a, q.v[1]);
  write<complex>(state, j ^ quads.partner_b, q.v[2]);
  write<complex>(state, j ^ quads.partner_a ^ quads.partner_b, q.v[3]);
}

/// The gradient's sums of one of the two blocks.
template <class Real, CircuitKind kind, bool complex, int step>
inline void add_quad(Sums<Real, kind> &sum0, Sums<Real, kind> &sum1, const Quad<Real> &costate,
                     const Quad<Real> &state) {
  for (int k = 0; k < 4; ++k)
    (k & step ? sum1 : sum0).template add<complex>(costate.v[k], state.v[k], state.v[k ^ step]);
}

template <class Real, CircuitKind kind, bool complex>
void apply_quads_of(const CircuitQuads &quads, std::uint32_t at, const Real *a, const Real *b,
                    CircuitState<Real> in, CircuitState<Real> out) {
  const QuadRows<Real, kind> first(a), second(b);
  const CircuitWalk walk = quads.walk;
  for (std::uint32_t h = 0; h < walk.high_count; ++h)
    for (std::uint32_t l = 0; l < walk.low_count; ++l) {
      const std::size_t j = at ^ walk.high[h] ^ walk.low[l];
      const auto q = first.template times<complex, 1>(read_quad<complex>(in, j, quads));
      write_quad<complex>(out, j, quads, second.template times<complex, 2>(q));
    }
}

/// As the blocks commute, the sums of both are taken of the state after both.
template <class Real, CircuitKind kind, bool complex, bool restore>
void reverse_quads_of(const CircuitQuads &quads, std::uint32_t at, const Real *a, const Real *b,
                      CircuitState<Real> state, CircuitState<Real> costate, Real *sums_a, Real *sums_b) {
  constexpr int stride = sum_vectors(kind) * Lanes<Real>::count;
  const QuadRows<Real, kind> first(a), second(b);
  Sums<Real, kind> a0(sums_a), a1(sums_a + stride), b0(sums_b), b1(sums_b + stride);
  const CircuitWalk walk = quads.walk;
  for (std::uint32_t h = 0; h < walk.high_count; ++h)
    for (std::uint32_t l = 0; l < walk.low_count; ++l) {
      const std::size_t j = at ^ walk.high[h] ^ walk.low[l];
      const auto p = read_quad<complex>(state, j, quads), co = read_quad<complex>(costate, j, quads);
      add_quad<Real, kind, complex, 1>(a0, a1, co, p);
      add_quad<Real, kind, complex, 2>(b0, b1, co, p);
      write_quad<complex>(costate, j, quads,
                          first.template times<complex, 1>(second.template times<complex, 2>(co)));
      if constexpr (restore)
        write_quad<complex>(state, j, quads,
                            first.template times<complex, 1>(second.template times<complex, 2>(p)));
    }
  a0.store(sums_a);
  a1.store(sums_a + stride);
  b0.store(sums_b);
  b1.store(sums_b + stride);
}

/// Calls body<kind, complex>(); general blocks and phases do not come in quads.
template <class Body> void choose_quads(CircuitKind kind, bool complex, const Body &body) {
  const auto real = [&]<CircuitKind k>() {
    complex ? body.template operator()<k, true>() : body.template operator()<k, false>();
  };
  switch (kind) {
  case CircuitKind::real:
    return real.template operator()<CircuitKind::real>();
  case CircuitKind::real_unit:
    return real.template operator()<CircuitKind::real_unit>();
  case CircuitKind::imaginary_unit:
    return body.template operator()<CircuitKind::imaginary_unit, true>();
  default:
    return body.template operator()<CircuitKind::imaginary, true>();
  }
}

template <class Real>
void apply_quads(CircuitKind kind, const CircuitQuads *quads, std::uint32_t at, const Real *a, const Real *b,
                 CircuitState<Real> in, CircuitState<Real> out) {
  choose_quads(kind, in.im != nullptr, [&]<CircuitKind k, bool complex>() {
    apply_quads_of<Real, k, complex>(*quads, at, a, b, in, out);
  });
}

template <class Real>
void reverse_quads(CircuitKind kind, const CircuitQuads *quads, std::uint32_t at, const Real *a,
                   const Real *b, CircuitState<Real> state, CircuitState<Real> costate, int restore,
                   Real *sums_a, Real *sums_b) {
  choose_quads(kind, state.im != nullptr, [&]<CircuitKind k, bool complex>() {
    if (restore)
      reverse_quads_of<Real, k, complex, true>(*quads, at, a, b, state, costate, sums_a, sums_b);
    else
      reverse_quads_of<Real, k, complex, false>(*quads, at, a, b, state, costate, sums_a, sums_b);
  });
}

} // namespace
