// Which vectors and lanes a step of a plan touches: parities of indices turned into walks.
#pragma once
#include "engine/quantum/compile.h"
#include <optional>

namespace duet {

/// A walk's tables. The first low_bits basis vectors, XORed by the bits of the visit's number, make low.
struct WalkTables {
  std::vector<std::uint32_t> high, low;
  CircuitWalk view() const;
};

/// How an index is split: j = vector * 2^lane_bits + lane. lane_bits 0: the lanes hold samples.
struct Shape {
  int qubits = 1;
  int lane_bits = 0;
  int lanes = 1; ///< of a vector, in either case
  int vector_bits() const { return qubits - lane_bits; }
  std::size_t vectors() const { return std::size_t{1} << vector_bits(); }
  std::uint32_t vector_part(std::uint32_t row) const { return row >> lane_bits; }
  std::uint32_t lane_part(std::uint32_t row) const { return row & ((1u << lane_bits) - 1); }
};

/// The pairs of a block. Segments in which the block does nothing are left out.
struct BlockWiring {
  WalkTables walk;
  std::vector<std::uint32_t> bases;
  std::uint32_t partner = 0, lane_flip = 0;
  /// [segment][side][lane]: controls' number * 2 + target's bit.
  std::vector<std::uint8_t> where;
  CircuitPairs view() const;
};
BlockWiring wire(const Block &block, const Shape &shape);

/// Two blocks done in one pass.
struct QuadWiring {
  WalkTables walk;
  std::uint32_t partner_a = 0, partner_b = 0;
  CircuitQuads view() const;
};
/// Nothing where the two cannot go together: they must commute, have no controls, be both real or both
/// imaginary, and mix whole vectors.
std::optional<QuadWiring> wire(const Block &a, const Block &b, const Shape &shape);

/// How the outputs are read.
struct ReadoutWiring {
  WalkTables walk;
  std::uint32_t low_bits = 0, high_bits = 0, extra = 0;
  std::vector<std::uint8_t> low_pattern, high_pattern;
  std::vector<int> order; ///< [qubit]: which basis row (0 .. low+high-1) or extra row (after them) it is
  CircuitReadout view() const;
};
ReadoutWiring wire(const std::vector<Parity> &outputs, const Shape &shape);

} // namespace duet
