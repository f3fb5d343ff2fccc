// The first gates of every qubit, on its own two amplitudes, forwards and backwards.
#pragma once
#include "engine/kernels/circuit/pairs.h"

namespace {

template <class Real> struct Pair { Amplitude<Real> a, b; };

template <bool complex, class Real> inline Pair<Real> load_pair(const Real *from) {
  const CircuitState<const Real> state{from, from + 2 * Lanes<Real>::count};
  return {read<complex>(state, 0), read<complex>(state, 1)};
}

template <bool complex, class Real> inline void store_pair(Real *to, Pair<Real> pair) {
  const CircuitState<Real> state{to, to + 2 * Lanes<Real>::count};
  write<complex>(state, 0, pair.a);
  write<complex>(state, 1, pair.b);
}

template <class Body> void choose_kind(CircuitKind kind, const Body &body) {
  switch (kind) {
  case CircuitKind::real:
    return body.template operator()<CircuitKind::real>();
  case CircuitKind::imaginary:
    return body.template operator()<CircuitKind::imaginary>();
  case CircuitKind::phase:
    return body.template operator()<CircuitKind::phase>();
  default:
    return body.template operator()<CircuitKind::general>();
  }
}

/// Both rows of a link's matrix, or of its inverse.
template <class Real, CircuitKind kind> struct LinkRows {
  Row<Real, kind> row0, row1;
  static LinkRows of(const CircuitLink<Real> &link, const Real *scratch, bool inverse) {
    if (kind == CircuitKind::general || link.forward) {
      const Real *from = inverse ? link.inverse : link.forward;
      return {Row<Real, kind>(from), Row<Real, kind>(from + coefficient_vectors(kind) * Lanes<Real>::count)};
    }
    const auto c = Lanes<Real>::load(scratch + link.cosine, 0), s = Lanes<Real>::load(scratch + link.sine, 0);
    return {Row<Real, kind>(0, c, inverse ? -s : s), Row<Real, kind>(1, c, inverse ? -s : s)};
  }
  template <bool complex> Pair<Real> times(Pair<Real> v) const {
    return {row0.template times<complex>(v.a, v.b), row1.template times<complex>(v.b, v.a)};
  }
};

template <class Real, bool complex>
void chains_of(int qubits, const CircuitChain<Real> *chains, Real *scratch, CircuitState<Real> factors) {
  for (int q = 0; q < qubits; ++q) {
    const CircuitChain<Real> &chain = chains[q];
    auto value = load_pair<complex>(chain.start);
    for (std::uint32_t k = 0; k < chain.count; ++k) {
      const CircuitLink<Real> &link = chain.links[k];
      if (k >= chain.folded)
        choose_kind(link.kind, [&]<CircuitKind kind>() {
          if constexpr (complex || kind == CircuitKind::real)
            value = LinkRows<Real, kind>::of(link, scratch, false).template times<complex>(value);
        });
      store_pair<complex>(scratch + link.after, value);
    }
    write<complex>(factors, 2 * q, value.a);
    write<complex>(factors, 2 * q + 1, value.b);
  }
}

/// One link back: its gradient from the amplitudes after it, then the cofactor before it.
template <class Real, CircuitKind kind, bool complex>
Pair<Real> reverse_link(const CircuitLink<Real> &link, Real *scratch, Pair<Real> co) {
  if (link.learns) {
    const auto after = load_pair<complex>(scratch + link.after);
    Real *sums0 = scratch + link.sums, *sums1 = sums0 + sum_vectors(kind) * Lanes<Real>::count;
    Sums<Real, kind> sum0, sum1;
    if (link.forward) {
      sum0 = Sums<Real, kind>(sums0);
      sum1 = Sums<Real, kind>(sums1);
    }
    sum0.template add<complex>(co.a, after.a, after.b);
    sum1.template add<complex>(co.b, after.b, after.a);
    if (link.forward) {
      sum0.store(sums0);
      sum1.store(sums1);
    } else { // 2 Re of co* G after, with G = -i/2 times X, Y or Z
      const auto both = kind == CircuitKind::real        ? sum1.s[0] - sum0.s[0]
                        : kind == CircuitKind::imaginary ? sum0.s[0] + sum1.s[0]
                                                         : sum0.s[0] - sum1.s[0];
      Real *gradient = scratch + link.gradient;
      Lanes<Real>::store(gradient, 0, Lanes<Real>::load(gradient, 0) + link.slope * both);
    }
  }
  return LinkRows<Real, kind>::of(link, scratch, true).template times<complex>(co);
}

template <class Real, bool complex>
void reverse_chains_of(int qubits, const CircuitChain<Real> *chains, Real *scratch,
                       CircuitState<Real> cofactors) {
  for (int q = 0; q < qubits; ++q) {
    Pair<Real> co{read<complex>(cofactors, 2 * q), read<complex>(cofactors, 2 * q + 1)};
    for (std::uint32_t k = chains[q].count; k-- > 0;)
      choose_kind(chains[q].links[k].kind, [&]<CircuitKind kind>() {
        if constexpr (complex || kind == CircuitKind::real)
          co = reverse_link<Real, kind, complex>(chains[q].links[k], scratch, co);
      });
  }
}

template <class Real>
void chains(int qubits, const CircuitChain<Real> *all, Real *scratch, CircuitState<Real> factors) {
  (factors.im ? chains_of<Real, true> : chains_of<Real, false>)(qubits, all, scratch, factors);
}

template <class Real>
void reverse_chains(int qubits, const CircuitChain<Real> *all, Real *scratch, CircuitState<Real> cofactors) {
  (cofactors.im ? reverse_chains_of<Real, true> : reverse_chains_of<Real, false>)(qubits, all, scratch,
                                                                                  cofactors);
}

} // namespace
