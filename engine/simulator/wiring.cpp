#include "engine/simulator/wiring.h"
#include <algorithm>

namespace duet {
namespace {

bool odd(std::uint32_t bits) { return __builtin_popcount(bits) & 1; }
std::uint32_t top_bit(std::uint32_t bits) { return std::uint32_t{1} << (31 - __builtin_clz(bits)); }

WalkTables tables(const std::vector<std::uint32_t> &basis, std::size_t low_bits) {
  return {span_of(basis.data() + low_bits, basis.size() - low_bits), span_of(basis.data(), low_bits)};
}

/// The indices of a tile for which all rows (by coordinates) are even.
WalkTables tables(const Rows &rows, const Tile &tile) {
  std::vector<std::uint32_t> basis = rows.kernel(tile.bits());
  for (std::uint32_t &vector : basis)
    vector = tile.index(vector);
  return tables(basis, std::min<std::size_t>(basis.size(), 7));
}

} // namespace

CircuitWalk WalkTables::view() const {
  return {high.data(), low.data(), static_cast<std::uint32_t>(high.size()),
          static_cast<std::uint32_t>(low.size())};
}

CircuitPairs BlockWiring::view() const {
  return {walk.view(), bases.data(), static_cast<std::uint32_t>(bases.size()), partner, lane_flip};
}

CircuitReadout ReadoutWiring::view() const {
  return {walk.view(), low_bits, high_bits, 1u << extra, low_pattern.data(), high_pattern.data()};
}

std::uint32_t mixed_by(const Block &block, const Shape &shape) { return shape.vector_part(block.mask); }

void add_rows(const Block &block, const Shape &shape, std::vector<std::uint32_t> &rows) {
  if (block.kind != CircuitKind::imaginary)
    rows.push_back(shape.vector_part(block.target.row));
  for (const Parity &control : block.controls)
    rows.push_back(shape.vector_part(control.row));
}

WalkTables walk_of(const Tile &tile) { return tables(Rows(), tile); }

BlockWiring wire(const Block &block, const Shape &shape, const Tile &tile) {
  BlockWiring wiring;
  wiring.partner = mixed_by(block, shape);
  wiring.lane_flip = shape.lane_part(block.mask);
  const std::uint32_t target = shape.vector_part(block.target.row);
  const bool by_target = block.kind != CircuitKind::imaginary;
  // One vector of each pair: the one whose target bit, or else whose highest coordinate of the mask, is even.
  std::uint32_t first_of_pair = 0;
  Rows rows; // by coordinates of the tile
  if (wiring.partner) {
    first_of_pair = by_target && odd(target & wiring.partner) ? tile.row_by_coordinates(target)
                                                              : top_bit(tile.coordinates(wiring.partner));
    rows.insert(first_of_pair);
  }
  std::vector<std::uint32_t> looked_at;
  add_rows(block, shape, looked_at);
  for (const std::uint32_t row : looked_at)
    rows.insert(tile.row_by_coordinates(row));
  wiring.walk = tables(rows, tile);
  for (std::uint32_t values = 0; values < 1u << rows.size(); ++values) {
    const std::uint32_t coordinates = rows.solve(values), base = tile.index(coordinates);
    if (odd(coordinates & first_of_pair))
      continue;
    std::vector<std::uint8_t> where;
    bool active = false;
    for (const std::uint32_t vector : {base, base ^ wiring.partner})
      for (int lane = 0; lane < shape.lanes; ++lane) {
        const std::uint32_t j = shape.lane_bits ? vector << shape.lane_bits | lane : vector;
        unsigned controls = 0;
        for (std::size_t k = 0; k < block.controls.size(); ++k)
          controls |= unsigned{block.controls[k].of(j)} << k;
        active |= block.action[controls] != 0;
        where.push_back(static_cast<std::uint8_t>(controls * 2 + block.target.of(j)));
      }
    if (!active)
      continue;
    wiring.bases.push_back(base);
    wiring.where.insert(wiring.where.end(), where.begin(), where.end());
  }
  return wiring;
}

CircuitQuads QuadWiring::view() const { return {walk.view(), partner_a, partner_b}; }

bool can_share_pass(const Block &a, const Block &b, const Shape &shape) {
  const bool imaginary = a.kind == CircuitKind::imaginary;
  if (a.kind != b.kind || (!imaginary && a.kind != CircuitKind::real) || !a.controls.empty() ||
      !b.controls.empty())
    return false;
  if (shape.lane_part(a.mask | b.mask) || a.mask == b.mask)
    return false;
  return imaginary || (!odd(a.target.row & b.mask) && !odd(b.target.row & a.mask));
}

QuadWiring wire(const Block &a, const Block &b, const Shape &shape, const Tile &tile) {
  QuadWiring wiring;
  wiring.partner_a = mixed_by(a, shape);
  wiring.partner_b = mixed_by(b, shape);
  // One vector of each four: the one where both targets' bits, or else two coordinates that the masks
  // tell apart, are even.
  Rows rows;
  if (a.kind == CircuitKind::imaginary) {
    const std::uint32_t in_a = tile.coordinates(wiring.partner_a), in_b = tile.coordinates(wiring.partner_b);
    rows.insert(top_bit(in_a));
    rows.insert(top_bit(in_b & top_bit(in_a) ? in_b ^ in_a : in_b));
  } else {
    rows.insert(tile.row_by_coordinates(shape.vector_part(a.target.row)));
    rows.insert(tile.row_by_coordinates(shape.vector_part(b.target.row)));
  }
  wiring.walk = tables(rows, tile);
  return wiring;
}

ReadoutWiring wire(const std::vector<Parity> &outputs, const Shape &shape) {
  ReadoutWiring wiring;
  std::vector<std::uint32_t> chosen, extra;
  std::vector<bool> is_extra;
  Rows independent;
  for (const Parity &output : outputs) {
    const std::uint32_t row = shape.vector_part(output.row);
    is_extra.push_back(!independent.insert(row));
    (is_extra.back() ? extra : chosen).push_back(row);
  }
  int next = 0, next_extra = static_cast<int>(chosen.size());
  for (const bool e : is_extra)
    wiring.order.push_back(e ? next_extra++ : next++);
  // The basis dual to the chosen rows: vector k is odd for row k alone. Gauss-Jordan on [rows | identity].
  const std::size_t n = chosen.size();
  auto rows = chosen;
  std::vector<std::uint32_t> combination(n), dual(n, 0);
  for (std::size_t k = 0; k < n; ++k)
    combination[k] = 1u << k;
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    while (!(rows[pivot] >> column & 1))
      ++pivot;
    std::swap(rows[pivot], rows[column]);
    std::swap(combination[pivot], combination[column]);
    for (std::size_t k = 0; k < n; ++k)
      if (k != column && rows[k] >> column & 1) {
        rows[k] ^= rows[column];
        combination[k] ^= combination[column];
      }
  }
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t bit = 0; bit < n; ++bit)
      if (combination[bit] >> k & 1)
        dual[k] |= 1u << bit;
  wiring.low_bits = static_cast<std::uint32_t>(std::min<std::size_t>(n, 6));
  wiring.high_bits = static_cast<std::uint32_t>(n) - wiring.low_bits;
  wiring.extra = static_cast<std::uint32_t>(extra.size());
  wiring.walk = tables(dual, wiring.low_bits);
  const auto patterns = [&](const std::vector<std::uint32_t> &indices) {
    std::vector<std::uint8_t> result;
    for (const std::uint32_t index : indices) {
      unsigned pattern = 0;
      for (std::size_t k = 0; k < extra.size(); ++k)
        pattern |= unsigned{odd(extra[k] & index)} << k;
      result.push_back(static_cast<std::uint8_t>(pattern));
    }
    return result;
  };
  wiring.low_pattern = patterns(wiring.walk.low);
  wiring.high_pattern = patterns(wiring.walk.high);
  return wiring;
}

} // namespace duet
