#include "engine/quantum/wiring.h"
#include <algorithm>

namespace duet {
namespace {

bool odd(std::uint32_t bits) { return __builtin_popcount(bits) & 1; }
std::uint32_t top_bit(std::uint32_t bits) { return std::uint32_t{1} << (31 - __builtin_clz(bits)); }

/// Independent rows over GF(2), each with a pivot (its highest bit) that no other row has.
class Rows {
public:
  /// False if the row depends on those before.
  bool insert(std::uint32_t row) {
    for (const std::uint32_t known : rows_)
      if (row & top_bit(known))
        row ^= known;
    if (!row)
      return false;
    for (std::uint32_t &known : rows_)
      if (known & top_bit(row))
        known ^= row;
    rows_.push_back(row);
    return true;
  }
  std::size_t size() const { return rows_.size(); }
  /// The index with parity k = bit k of `values` for every row, and 0 in every bit that is no pivot.
  std::uint32_t solve(std::uint32_t values) const {
    std::uint32_t index = 0;
    for (std::size_t k = 0; k < rows_.size(); ++k)
      if (values >> k & 1)
        index ^= top_bit(rows_[k]);
    return index;
  }
  /// A basis of the indices on which every row is even, the lowest bits first.
  std::vector<std::uint32_t> kernel(int bits) const {
    std::uint32_t pivots = 0;
    for (const std::uint32_t row : rows_)
      pivots |= top_bit(row);
    std::vector<std::uint32_t> basis;
    for (int k = 0; k < bits; ++k) {
      const std::uint32_t bit = 1u << k;
      if (pivots & bit)
        continue;
      std::uint32_t vector = bit;
      for (const std::uint32_t row : rows_)
        if (row & bit)
          vector ^= top_bit(row);
      basis.push_back(vector);
    }
    return basis;
  }

private:
  std::vector<std::uint32_t> rows_;
};

std::vector<std::uint32_t> span_of(const std::uint32_t *basis, std::size_t count) {
  std::vector<std::uint32_t> all = {0};
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t i = 0, size = all.size(); i < size; ++i)
      all.push_back(all[i] ^ basis[k]);
  return all;
}

WalkTables tables(const std::vector<std::uint32_t> &basis, std::size_t low_bits) {
  return {span_of(basis.data() + low_bits, basis.size() - low_bits), span_of(basis.data(), low_bits)};
}

} // namespace

CircuitWalk WalkTables::view() const {
  return {high.data(), low.data(), static_cast<std::uint32_t>(high.size()), static_cast<std::uint32_t>(low.size())};
}

CircuitPairs BlockWiring::view() const {
  return {walk.view(), bases.data(), static_cast<std::uint32_t>(bases.size()), partner, lane_flip};
}

CircuitReadout ReadoutWiring::view() const {
  return {walk.view(), low_bits, high_bits, 1u << extra, low_pattern.data(), high_pattern.data()};
}

BlockWiring wire(const Block &block, const Shape &shape) {
  BlockWiring wiring;
  wiring.partner = shape.vector_part(block.mask);
  wiring.lane_flip = shape.lane_part(block.mask);
  const std::uint32_t target = shape.vector_part(block.target.row);
  const bool by_target = block.kind != CircuitKind::imaginary;
  // One vector of each pair: the one whose target bit, or else whose highest bit of the mask, is even.
  std::uint32_t first_of_pair = 0;
  Rows rows;
  if (wiring.partner) {
    first_of_pair = by_target && odd(target & wiring.partner) ? target : top_bit(wiring.partner);
    rows.insert(first_of_pair);
  }
  if (by_target)
    rows.insert(target);
  for (const Parity &control : block.controls)
    rows.insert(shape.vector_part(control.row));
  const auto basis = rows.kernel(shape.vector_bits());
  wiring.walk = tables(basis, std::min<std::size_t>(basis.size(), 7));
  for (std::uint32_t values = 0; values < 1u << rows.size(); ++values) {
    const std::uint32_t base = rows.solve(values);
    if (odd(base & first_of_pair))
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

std::optional<QuadWiring> wire(const Block &a, const Block &b, const Shape &shape) {
  const bool imaginary = a.kind == CircuitKind::imaginary;
  if (a.kind != b.kind || (!imaginary && a.kind != CircuitKind::real) || !a.controls.empty() || !b.controls.empty())
    return {};
  QuadWiring wiring;
  wiring.partner_a = shape.vector_part(a.mask);
  wiring.partner_b = shape.vector_part(b.mask);
  if (shape.lane_part(a.mask | b.mask) || wiring.partner_a == wiring.partner_b)
    return {};
  if (!imaginary && (odd(a.target.row & b.mask) || odd(b.target.row & a.mask)))
    return {};
  // One vector of each four: the one where both targets' bits, or else two bits that the masks tell
  // apart, are even.
  Rows rows;
  if (imaginary) {
    const std::uint32_t bit_a = top_bit(wiring.partner_a);
    rows.insert(bit_a);
    rows.insert(top_bit(wiring.partner_b & bit_a ? wiring.partner_b ^ wiring.partner_a : wiring.partner_b));
  } else {
    rows.insert(shape.vector_part(a.target.row));
    rows.insert(shape.vector_part(b.target.row));
  }
  const auto basis = rows.kernel(shape.vector_bits());
  wiring.walk = tables(basis, std::min<std::size_t>(basis.size(), 7));
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
