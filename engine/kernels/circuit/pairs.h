// A block of a circuit: 2x2 matrices on pairs of amplitudes, forwards and backwards.
#pragma once
#include "engine/kernels/circuit/vectors.h"

namespace {

/// How a vector finds its partner: another vector, another vector with lanes exchanged, or itself with
/// lanes exchanged.
enum class Pairing { vectors, lanes_too, own_lanes };

constexpr int coefficient_vectors(CircuitKind kind) { return kind == CircuitKind::general ? 4 : 2; }
constexpr int sum_vectors(CircuitKind kind) { return kind == CircuitKind::general ? 3 : 1; }

constexpr bool is_real(CircuitKind kind) {
  return kind == CircuitKind::real || kind == CircuitKind::real_unit;
}
constexpr bool is_imaginary(CircuitKind kind) {
  return kind == CircuitKind::imaginary || kind == CircuitKind::imaginary_unit;
}

/// The coefficients of one side, held in registers.
template <class Real, CircuitKind kind> struct Row {
  VectorOf<Real> c[coefficient_vectors(kind)];

  explicit Row(const Real *from) {
    for (int k = 0; k < coefficient_vectors(kind); ++k)
      c[k] = Lanes<Real>::load(from, k);
  }
  /// Row `side` of a rotation by a half angle.
  Row(int side, VectorOf<Real> cosine, VectorOf<Real> sine) {
    c[0] = cosine;
    c[1] = kind == CircuitKind::imaginary || side == 0 ? -sine : sine;
  }

  /// D own + O partner.
  template <bool complex> Amplitude<Real> times(Amplitude<Real> own, Amplitude<Real> partner) const {
    Amplitude<Real> out;
    if constexpr (kind == CircuitKind::real) {
      out.re = c[0] * own.re + c[1] * partner.re;
      if constexpr (complex)
        out.im = c[0] * own.im + c[1] * partner.im;
    } else if constexpr (kind == CircuitKind::imaginary) {
      out.re = c[0] * own.re - c[1] * partner.im;
      out.im = c[0] * own.im + c[1] * partner.re;
    } else if constexpr (kind == CircuitKind::real_unit) {
      out.re = own.re + c[1] * partner.re;
      if constexpr (complex)
        out.im = own.im + c[1] * partner.im;
    } else if constexpr (kind == CircuitKind::imaginary_unit) {
      out.re = own.re - c[1] * partner.im;
      out.im = own.im + c[1] * partner.re;
    } else if constexpr (kind == CircuitKind::phase) {
      out.re = c[0] * own.re - c[1] * own.im;
      out.im = c[0] * own.im + c[1] * own.re;
    } else {
      out.re = c[0] * own.re - c[1] * own.im + c[2] * partner.re - c[3] * partner.im;
      out.im = c[0] * own.im + c[1] * own.re + c[2] * partner.im + c[3] * partner.re;
    }
    return out;
  }
};

/// The gradient's sums of one side.
template <class Real, CircuitKind kind> struct Sums {
  VectorOf<Real> s[sum_vectors(kind)];

  Sums() : s{} {}
  explicit Sums(const Real *from) {
    for (int k = 0; k < sum_vectors(kind); ++k)
      s[k] = Lanes<Real>::load(from, k);
  }
  void store(Real *to) const {
    for (int k = 0; k < sum_vectors(kind); ++k)
      Lanes<Real>::store(to, k, s[k]);
  }

  template <bool complex> void add(Amplitude<Real> costate, Amplitude<Real> own, Amplitude<Real> partner) {
    if constexpr (is_real(kind)) {
      s[0] += costate.re * partner.re;
      if constexpr (complex)
        s[0] += costate.im * partner.im;
    } else if constexpr (is_imaginary(kind)) {
      s[0] += costate.re * partner.im;
      s[0] -= costate.im * partner.re;
    } else {
      s[0] += costate.re * own.im;
      s[0] -= costate.im * own.re;
    }
    if constexpr (kind == CircuitKind::general) {
      s[1] += costate.re * partner.re;
      s[1] += costate.im * partner.im;
      s[2] += costate.re * partner.im;
      s[2] -= costate.im * partner.re;
    }
  }
};

template <class Real, Pairing pairing, bool complex>
inline Amplitude<Real> exchange(Amplitude<Real> value, typename Lanes<Real>::Indices partners) {
  if constexpr (pairing != Pairing::vectors) {
    value.re = __builtin_shuffle(value.re, partners);
    if constexpr (complex)
      value.im = __builtin_shuffle(value.im, partners);
  }
  return value;
}

template <class Real, CircuitKind kind, Pairing pairing, bool complex>
void apply_pairs(const CircuitPairs &pairs, std::uint32_t at, const Real *coefficients, CircuitState<Real> in,
                 CircuitState<Real> out) {
  constexpr int stride = coefficient_vectors(kind) * Lanes<Real>::count;
  const auto partners = Lanes<Real>::partners(pairs.lane_flip);
  const CircuitWalk walk = pairs.walk;
  for (std::uint32_t segment = 0; segment < pairs.segments; ++segment) {
    const Row<Real, kind> row0(coefficients + 2 * segment * stride),
        row1(coefficients + (2 * segment + 1) * stride);
    for (std::uint32_t h = 0; h < walk.high_count; ++h) {
      const std::uint32_t base = at ^ pairs.bases[segment] ^ walk.high[h];
      for (std::uint32_t l = 0; l < walk.low_count; ++l) {
        const std::size_t j0 = base ^ walk.low[l], j1 = j0 ^ pairs.partner;
        const auto a = read<complex>(in, j0);
        if constexpr (pairing == Pairing::own_lanes) {
          write<complex>(out, j0,
                         row0.template times<complex>(a, exchange<Real, pairing, complex>(a, partners)));
        } else {
          const auto b = read<complex>(in, j1);
          write<complex>(out, j0,
                         row0.template times<complex>(a, exchange<Real, pairing, complex>(b, partners)));
          write<complex>(out, j1,
                         row1.template times<complex>(b, exchange<Real, pairing, complex>(a, partners)));
        }
      }
    }
  }
}

template <class Real, CircuitKind kind, Pairing pairing, bool complex, bool restore>
void reverse_pairs(const CircuitPairs &pairs, std::uint32_t at, const Real *inverse, CircuitState<Real> state,
                   CircuitState<Real> costate, Real *sums) {
  constexpr int stride = coefficient_vectors(kind) * Lanes<Real>::count;
  constexpr int sum_stride = sum_vectors(kind) * Lanes<Real>::count;
  const auto partners = Lanes<Real>::partners(pairs.lane_flip);
  const auto swapped = [&](Amplitude<Real> v) { return exchange<Real, pairing, complex>(v, partners); };
  const CircuitWalk walk = pairs.walk;
  for (std::uint32_t segment = 0; segment < pairs.segments; ++segment) {
    const Row<Real, kind> row0(inverse + 2 * segment * stride), row1(inverse + (2 * segment + 1) * stride);
    Real *sums0 = sums + 2 * segment * sum_stride, *sums1 = sums0 + sum_stride;
    Sums<Real, kind> sum0(sums0), sum1(sums1);
    for (std::uint32_t h = 0; h < walk.high_count; ++h) {
      const std::uint32_t base = at ^ pairs.bases[segment] ^ walk.high[h];
      for (std::uint32_t l = 0; l < walk.low_count; ++l) {
        const std::size_t j0 = base ^ walk.low[l], j1 = j0 ^ pairs.partner;
        const auto p0 = read<complex>(state, j0), l0 = read<complex>(costate, j0);
        if constexpr (pairing == Pairing::own_lanes) {
          const auto p1 = swapped(p0);
          sum0.template add<complex>(l0, p0, p1);
          write<complex>(costate, j0, row0.template times<complex>(l0, swapped(l0)));
          if constexpr (restore)
            write<complex>(state, j0, row0.template times<complex>(p0, p1));
        } else {
          const auto p1 = read<complex>(state, j1), l1 = read<complex>(costate, j1);
          const auto q0 = swapped(p0), q1 = swapped(p1);
          sum0.template add<complex>(l0, p0, q1);
          sum1.template add<complex>(l1, p1, q0);
          write<complex>(costate, j0, row0.template times<complex>(l0, swapped(l1)));
          write<complex>(costate, j1, row1.template times<complex>(l1, swapped(l0)));
          if constexpr (restore) {
            write<complex>(state, j0, row0.template times<complex>(p0, q1));
            write<complex>(state, j1, row1.template times<complex>(p1, q0));
          }
        }
      }
    }
    sum0.store(sums0);
    sum1.store(sums1);
  }
}

/// Calls body<kind, pairing, complex>() for the case at hand.
template <class Body>
void choose_pairs(CircuitKind kind, const CircuitPairs &pairs, bool complex, const Body &body) {
  const auto with = [&]<CircuitKind k, bool c>() {
    if (pairs.partner == 0)
      body.template operator()<k, Pairing::own_lanes, c>();
    else if (pairs.lane_flip == 0 || k == CircuitKind::phase)
      body.template operator()<k, Pairing::vectors, c>();
    else
      body.template operator()<k, Pairing::lanes_too, c>();
  };
  switch (kind) {
  case CircuitKind::real:
    return complex ? with.template operator()<CircuitKind::real, true>()
                   : with.template operator()<CircuitKind::real, false>();
  case CircuitKind::imaginary:
    return with.template operator()<CircuitKind::imaginary, true>();
  case CircuitKind::phase:
    return with.template operator()<CircuitKind::phase, true>();
  case CircuitKind::general:
    return with.template operator()<CircuitKind::general, true>();
  case CircuitKind::real_unit:
    return complex ? with.template operator()<CircuitKind::real_unit, true>()
                   : with.template operator()<CircuitKind::real_unit, false>();
  case CircuitKind::imaginary_unit:
    return with.template operator()<CircuitKind::imaginary_unit, true>();
  }
}

template <class Real>
void apply(CircuitKind kind, const CircuitPairs *pairs, std::uint32_t at, const Real *coefficients,
           CircuitState<Real> in, CircuitState<Real> out) {
  choose_pairs(kind, *pairs, in.im != nullptr, [&]<CircuitKind k, Pairing p, bool complex>() {
    apply_pairs<Real, k, p, complex>(*pairs, at, coefficients, in, out);
  });
}

template <class Real>
void reverse(CircuitKind kind, const CircuitPairs *pairs, std::uint32_t at, const Real *inverse,
             CircuitState<Real> state, CircuitState<Real> costate, int restore, Real *sums) {
  choose_pairs(kind, *pairs, state.im != nullptr, [&]<CircuitKind k, Pairing p, bool complex>() {
    if (restore)
      reverse_pairs<Real, k, p, complex, true>(*pairs, at, inverse, state, costate, sums);
    else
      reverse_pairs<Real, k, p, complex, false>(*pairs, at, inverse, state, costate, sums);
  });
}

} // namespace
