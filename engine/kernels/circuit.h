// Interface of the kernels for quantum circuits. A state is an array of vectors: either the lanes of a
// vector are samples and the vector index is the amplitude's index j, or one sample's j is
// vector index * lanes + lane. Both are walked alike. Bit operations act on indices, for every CX, X and
// SWAP is folded into the way they are walked (engine/simulator/wiring.h).
#pragma once
#include <cstddef>
#include <cstdint>

/// Real and imaginary parts, each [vectors][lanes]; im is null while the state is known to be real.
template <class Real> struct CircuitState {
  Real *re;
  Real *im;
};

/// Where the vector of index j (of a state not yet turned by any gate) is stored. Folding the higher bits
/// onto the lowest six keeps vectors that lie a power of two apart out of each other's cache sets.
constexpr std::uint32_t circuit_stored_index(std::uint32_t j) { return j ^ ((j >> 6 ^ j >> 12) & 63); }

/// The vector indices base ^ high[i] ^ low[k]: an affine subspace over GF(2).
struct CircuitWalk {
  const std::uint32_t *high, *low;
  std::uint32_t high_count, low_count;
};

/// What shape a block's 2x2 matrices have; with it go the coefficient vectors of one side of a pair:
/// diagonal entry D and off-diagonal entry O of the row this side is.
enum class CircuitKind : int {
  real,          ///< D, O real: [D, O]
  imaginary,     ///< D real, O = i o: [D, o]
  phase,         ///< O = 0, D complex: [re D, im D]
  general,       ///< [re D, im D, re O, im O]
  real_unit,     ///< as real, the matrix divided by D: D = 1 is not multiplied by
  imaginary_unit ///< as imaginary, divided by D
};

/// The pairs a block mixes: vectors J and J ^ partner, lane k with lane k ^ lane_flip. partner 0: each
/// vector is its own partner. One segment is a base with its own coefficients.
struct CircuitPairs {
  CircuitWalk walk;
  const std::uint32_t *bases;
  std::uint32_t segments, partner, lane_flip;
};

/// The vectors that two commuting blocks without conditions mix: J, J ^ a, J ^ b and J ^ a ^ b.
struct CircuitQuads {
  CircuitWalk walk;
  std::uint32_t partner_a, partner_b;
};

/// How <Z_i> are read: walk visits every vector once; bit k of the visit's number (low part first) is the
/// parity that `basis` row k measures. Parities of lanes mode are all of this sort; of the `extra` rows
/// only the pattern of their parities is known: low_pattern ^ high_pattern.
struct CircuitReadout {
  CircuitWalk walk;
  std::uint32_t low_bits, high_bits;
  std::uint32_t patterns; ///< 2^(extra rows)
  const std::uint8_t *low_pattern, *high_pattern;
};

/// One of the first gates of a qubit, on its two amplitudes. Offsets are into the thread's scratch memory.
template <class Real> struct CircuitLink {
  CircuitKind kind;
  const Real *forward, *inverse; ///< fixed: as `coefficients` of apply; null: a feature's rotation
  std::size_t cosine, sine;      ///< of a feature's half angle, [lanes]
  std::size_t after;             ///< both amplitudes after this gate: [re 2][im 2][lanes]
  std::size_t sums;              ///< fixed, with weights: as `sums` of reverse
  std::size_t gradient;          ///< a feature's: d/dx is added here, [lanes]
  Real slope;                    ///< a feature's: d angle / dx
  int learns;                    ///< has a gradient
};

/// The gates a qubit starts with. The first `folded` of them are in `start` already.
template <class Real> struct CircuitChain {
  const CircuitLink<Real> *links;
  std::uint32_t count, folded;
  const Real *start; ///< [re 2][im 2][lanes]
};

template <class Real> struct CircuitTable {
  int lanes; ///< Reals per vector

  /// cosine[k] + i sine[k] = exp(i radians[k]), for count a multiple of lanes.
  void (*cis)(std::size_t count, const double *radians, Real *cosine, Real *sine);

  /// In place: value[r] = sum_j (-1)^parity(r & j) value[j] over 2^bits values, of at least one vector.
  void (*walsh)(int bits, Real *value);
  void (*walsh_double)(int bits, double *value);
  /// value[v] = the sum of the lanes of vector v, in place.
  void (*sum_lanes)(std::size_t vectors, Real *value);

  /// Coefficients of a feature's block: forward and inverse [row][2][lanes] from [lanes] of cosine and sine:
  /// D = of_cosine cosine + 1 - of_cosine, off-diagonal of_sine sine, and minus that in the inverse.
  void (*turn)(std::size_t rows, const Real *of_cosine, const Real *of_sine, const Real *cosine,
               const Real *sine, Real *forward, Real *inverse);
  /// factors[qubit][2] from every qubit's chain, and back from cofactors, which it destroys.
  void (*chains)(int qubits, const CircuitChain<Real> *, Real *scratch, CircuitState<Real> factors);
  void (*reverse_chains)(int qubits, const CircuitChain<Real> *, Real *scratch, CircuitState<Real> cofactors);

  // The steps work on a tile: the walked indices, each ^ at (engine/simulator/tiles.h).

  /// out = block * in, on the pairs walked. coefficients: [segment][side][see CircuitKind][lanes].
  void (*apply)(CircuitKind, const CircuitPairs *, std::uint32_t at, const Real *coefficients,
                CircuitState<Real> in, CircuitState<Real> out);
  /// One step back: with L the co-state and P the state after the block, adds
  /// real: Re(L* P'), imaginary: Im(L* P'), phase: Im(L* P), general: Im(L* P), Re(L* P'), Im(L* P')
  /// (P' the partner's) to sums[segment][side][..][lanes]; then undoes the block in L, and in P if
  /// restore. The coefficients are those of the inverse.
  void (*reverse)(CircuitKind, const CircuitPairs *, std::uint32_t at, const Real *inverse,
                  CircuitState<Real> state, CircuitState<Real> costate, int restore, Real *sums);

  /// Block a, then b, both of kind real or both imaginary, each with one segment; else as above.
  void (*apply_quads)(CircuitKind, const CircuitQuads *, std::uint32_t at, const Real *a, const Real *b,
                      CircuitState<Real> in, CircuitState<Real> out);
  void (*reverse_quads)(CircuitKind, const CircuitQuads *, std::uint32_t at, const Real *inverse_a,
                        const Real *inverse_b, CircuitState<Real> state, CircuitState<Real> costate,
                        int restore, Real *sums_a, Real *sums_b);

  /// out[J] = table[J] * in[J]. spread: the table holds one number per vector, not one per lane.
  /// in.im null: from a real state.
  void (*diagonal)(const CircuitWalk *, std::uint32_t at, CircuitState<const Real> table, int spread,
                   CircuitState<Real> in, CircuitState<Real> out);
  /// One step back: sums[J] += Im(L* P), L := conj(table) L and, if restore, P likewise. to_real: only
  /// the real parts are wanted below.
  void (*reverse_diagonal)(const CircuitWalk *, std::uint32_t at, CircuitState<const Real> table, int spread,
                           CircuitState<Real> state, CircuitState<Real> costate, int restore, int to_real,
                           Real *sums);

  /// out[2^qubits] = tensor product of factor[qubit][2], the first qubit the most significant bit.
  void (*product)(int qubits, CircuitState<const Real> factor, CircuitState<Real> out);
  /// cofactor[qubit][b]: the costate contracted with the conjugates of all other factors.
  /// costate is destroyed; scratch: 2^qubits vectors.
  void (*reverse_product)(int qubits, CircuitState<const Real> factor, CircuitState<Real> costate,
                          CircuitState<Real> scratch, CircuitState<Real> cofactor);
  /// out[stored index of (a, b)] = left[a] right[b], see circuit_stored_index.
  void (*outer)(std::size_t lefts, std::size_t rights, CircuitState<const Real> left,
                CircuitState<const Real> right, CircuitState<Real> out);
  /// coleft[a] = sum_b costate[of (a, b)] conj(right[b]); coright[b] = sum_a costate[of (a, b)]
  /// conj(left[a]).
  void (*reverse_outer)(std::size_t lefts, std::size_t rights, CircuitState<const Real> left,
                        CircuitState<const Real> right, CircuitState<Real> costate, CircuitState<Real> coleft,
                        CircuitState<Real> coright);

  /// parity[k] = sum of the signed |amplitude|^2 by basis row k, then pattern[..] the plain sums by
  /// pattern of the extra rows. scratch: 2^high_bits + 2^low_bits vectors.
  void (*expectations)(const CircuitReadout *, CircuitState<Real> state, Real *parity, Real *pattern,
                       Real *scratch);
  /// costate = (sum_k sign_k weight[k] + pattern_weight[pattern]) state. scratch as above.
  void (*observe)(const CircuitReadout *, const Real *weight, const Real *pattern_weight,
                  CircuitState<Real> state, CircuitState<Real> costate, Real *scratch);
};

struct CircuitKernels {
  CircuitTable<float> f32;
  CircuitTable<double> f64;
};
