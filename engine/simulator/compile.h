// A circuit turned into few steps on a state whose index is not the circuit's.
//
// CX, X and SWAP only rename basis states, by an affine map over GF(2). They are never carried out:
// instead every qubit q keeps a row and a mask, so that its bit in stored index j is parity(row & j) ^ flip,
// and j ^ mask is the state with that bit, and no other, changed (row_p . mask_q = [p == q]). A gate then
// acts on the pairs (j, j ^ mask). So CX-U-CX becomes one update of pairs chosen by a parity.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/kernels/circuit.h"
#include <variant>

namespace duet {

/// A bit of the circuit, read off a stored index j: parity(row & j) ^ flip.
struct Parity {
  std::uint32_t row = 0;
  bool flip = false;
  bool of(std::uint32_t j) const { return (__builtin_popcount(row & j) & 1) ^ flip; }
};

/// One factor of a block: a rotation exp(-i angle axis / 2) about x, y or z, or a gate without an angle.
struct Factor {
  char axis = 'x'; ///< 'x', 'y', 'z'; 'h' is H, 'n' (not) is X
  Angle angle;
};

/// Mixes j with j ^ mask by the product of the factors (first applied first), where the controls'
/// bits, read as a number with the first control as bit 0, say so.
struct Block {
  CircuitKind kind = CircuitKind::general;
  std::uint32_t mask = 0;
  Parity target;
  std::vector<Parity> controls;
  /// By the controls' number: 1 the matrix, -1 its inverse, 0 nothing.
  std::array<std::int8_t, std::size_t{1} << (most_gate_qubits - 1)> action = {1};
  std::vector<Factor> run;
  int feature() const; ///< the feature of its angle, or -1: a block of a feature has one factor only
  bool has_weights() const;
};

/// Multiplies by exp(i angle (-1)^parity(row & j)).
struct PhaseTerm {
  std::uint32_t row = 0;
  Angle angle;
};
using Diagonal = std::vector<PhaseTerm>;
using Step = std::variant<Block, Diagonal>;

struct Plan {
  int qubits = 1;
  /// The one-qubit gates each qubit starts with, on |0>: blocks on a state of two amplitudes, mask 1.
  std::vector<std::vector<Block>> chains;
  std::vector<Step> steps;
  std::vector<Parity> outputs; ///< the bit of qubit q at the end
};

/// product_start: the state starts as |0..0>, so that first gates on a qubit go to its chain.
/// lane_bits: so many of a stored index's low bits are lanes; the rest is a vector's circuit_stored_index.
Plan compile(const Circuit &circuit, bool product_start, int lane_bits);

/// Drops phases that neither <Z_i> nor a probability can see, and gathers those that commute into few
/// diagonals. Each step of `steps` is a block or a diagonal of one term.
/// Each costs no more than the circuit has qubits.
std::vector<Step> schedule(std::vector<Step> steps);

} // namespace duet
