#include "engine/simulator/tiles.h"
#include <algorithm>

namespace duet {
namespace {

bool odd(std::uint32_t bits) { return __builtin_popcount(bits) & 1; }
std::uint32_t top_bit(std::uint32_t bits) { return std::uint32_t{1} << (31 - __builtin_clz(bits)); }

} // namespace

Tile Tile::whole(int bits) {
  Tile tile;
  tile.fill(bits);
  return tile;
}

std::uint32_t Tile::reduce(std::uint32_t vector) const {
  for (const std::uint32_t known : basis_)
    if (vector & top_bit(known))
      vector ^= known;
  return vector;
}

void Tile::insert(std::uint32_t vector) {
  vector = reduce(vector);
  if (!vector)
    return;
  for (std::uint32_t &known : basis_)
    if (known & top_bit(vector))
      known ^= vector;
  basis_.insert(std::upper_bound(basis_.begin(), basis_.end(), vector), vector);
}

std::uint32_t Tile::index(std::uint32_t coordinates) const {
  std::uint32_t sum = 0;
  for (std::size_t k = 0; k < basis_.size(); ++k)
    if (coordinates >> k & 1)
      sum ^= basis_[k];
  return sum;
}

std::uint32_t Tile::coordinates(std::uint32_t vector) const {
  std::uint32_t result = 0;
  for (std::size_t k = 0; k < basis_.size(); ++k)
    if (vector & top_bit(basis_[k]))
      result |= std::uint32_t{1} << k;
  return result;
}

std::uint32_t Tile::row_by_coordinates(std::uint32_t row) const {
  std::uint32_t result = 0;
  for (std::size_t k = 0; k < basis_.size(); ++k)
    if (odd(row & basis_[k]))
      result |= std::uint32_t{1} << k;
  return result;
}

void Tile::separate(const std::vector<std::uint32_t> &rows) {
  struct Seen {
    std::uint32_t on_tile, row;
  };
  for (bool grown = true; grown;) {
    grown = false;
    std::vector<Seen> known;
    for (const std::uint32_t row : rows) {
      Seen seen{row_by_coordinates(row), row};
      for (const Seen &other : known)
        if (other.on_tile && seen.on_tile & top_bit(other.on_tile))
          seen = {seen.on_tile ^ other.on_tile, seen.row ^ other.row};
      if (!seen.on_tile && seen.row) {
        insert(seen.row & (~seen.row + 1)); // an index with one bit, the row's lowest
        grown = true;
        break;
      }
      known.push_back(seen);
    }
  }
}

void Tile::fill(int bits) {
  for (int k = 0; static_cast<int>(basis_.size()) < bits; ++k)
    insert(std::uint32_t{1} << k);
}

std::vector<std::uint32_t> Tile::representatives(const std::vector<std::uint32_t> &rows,
                                                 int index_bits) const {
  Rows independent;
  for (const std::uint32_t row : rows)
    independent.insert(row);
  Tile so_far = *this;
  std::vector<std::uint32_t> basis;
  for (const std::uint32_t vector : independent.kernel(index_bits))
    if (!so_far.contains(vector)) {
      so_far.insert(vector);
      basis.push_back(vector);
    }
  return span_of(basis.data(), basis.size());
}

bool Rows::insert(std::uint32_t row) {
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

std::uint32_t Rows::solve(std::uint32_t values) const {
  std::uint32_t index = 0;
  for (std::size_t k = 0; k < rows_.size(); ++k)
    if (values >> k & 1)
      index ^= top_bit(rows_[k]);
  return index;
}

std::vector<std::uint32_t> Rows::kernel(int bits) const {
  std::uint32_t pivots = 0;
  for (const std::uint32_t row : rows_)
    pivots |= top_bit(row);
  std::vector<std::uint32_t> basis;
  for (int k = 0; k < bits; ++k) {
    const std::uint32_t bit = std::uint32_t{1} << k;
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

std::vector<std::uint32_t> span_of(const std::uint32_t *basis, std::size_t count) {
  std::vector<std::uint32_t> all = {0};
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t i = 0, size = all.size(); i < size; ++i)
      all.push_back(all[i] ^ basis[k]);
  return all;
}

} // namespace duet
