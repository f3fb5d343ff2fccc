// Which vectors and lanes a step of a plan touches: parities of indices turned into walks.
#pragma once
#include "engine/simulator/compile.h"
#include "engine/simulator/tiles.h"

namespace duet {

/// A walk's tables.
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

/// The vector parts of the masks by which a block mixes, and of the rows it looks at.
std::uint32_t mixed_by(const Block &block, const Shape &shape);
void add_rows(const Block &block, const Shape &shape, std::vector<std::uint32_t> &rows);
/// Every vector of a tile.
WalkTables walk_of(const Tile &tile);

/// The pairs of a block within a tile that separates its rows. Segments in which the block does nothing are
/// left out.
struct BlockWiring {
  WalkTables walk;
  std::vector<std::uint32_t> bases;
  std::uint32_t partner = 0, lane_flip = 0;
  /// [segment][side][lane]: controls' number * 2 + target's bit.
  std::vector<std::uint8_t> where;
  CircuitPairs view() const;
};
BlockWiring wire(const Block &block, const Shape &shape, const Tile &tile);

/// Two blocks done in one pass.
struct QuadWiring {
  WalkTables walk;
  std::uint32_t partner_a = 0, partner_b = 0;
  CircuitQuads view() const;
};
/// Two blocks can go together if they commute, have no controls, are both real or both imaginary, and mix
/// whole vectors.
bool can_share_pass(const Block &a, const Block &b, const Shape &shape);
QuadWiring wire(const Block &a, const Block &b, const Shape &shape, const Tile &tile);

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
