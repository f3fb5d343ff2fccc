// Cutting the vectors of a state into tiles that stay in the first-level cache while several steps work on
// them: the cosets of a subspace of indices over GF(2) that holds the masks of all those steps.
#pragma once
#include <cstdint>
#include <vector>

namespace duet {

/// A subspace of vector indices with a basis in which every vector has a highest bit of its own.
class Tile {
public:
  Tile() = default;
  /// All indices of so many bits.
  static Tile whole(int bits);

  int bits() const { return static_cast<int>(basis_.size()); }
  void insert(std::uint32_t vector);
  bool contains(std::uint32_t vector) const { return reduce(vector) == 0; }
  /// A vector of the tile by its coordinates, and back.
  std::uint32_t index(std::uint32_t coordinates) const;
  std::uint32_t coordinates(std::uint32_t vector) const;
  /// The row that measures by coordinates what `row` measures by index.
  std::uint32_t row_by_coordinates(std::uint32_t row) const;

  /// Grows until no parity of the rows is constant on the tile unless it is constant on all indices; then
  /// every tile can be walked alike.
  void separate(const std::vector<std::uint32_t> &rows);
  /// Grows to so many bits by the lowest indices.
  void fill(int bits);
  /// One index of each tile, all of them even for every row.
  std::vector<std::uint32_t> representatives(const std::vector<std::uint32_t> &rows, int index_bits) const;

private:
  std::uint32_t reduce(std::uint32_t vector) const;
  std::vector<std::uint32_t> basis_; ///< the lowest highest bit first
};

/// Independent rows over GF(2), each with a pivot (its highest bit) that no other row has.
class Rows {
public:
  /// False if the row depends on those before.
  bool insert(std::uint32_t row);
  std::size_t size() const { return rows_.size(); }
  /// The index with parity k = bit k of `values` for every row, and 0 in every bit that is no pivot.
  std::uint32_t solve(std::uint32_t values) const;
  /// A basis of the indices of so many bits on which every row is even, the lowest bits first.
  std::vector<std::uint32_t> kernel(int bits) const;

private:
  std::vector<std::uint32_t> rows_;
};

/// All sums of the vectors: entry t is the sum of those whose bit is set in t.
std::vector<std::uint32_t> span_of(const std::uint32_t *basis, std::size_t count);

} // namespace duet
