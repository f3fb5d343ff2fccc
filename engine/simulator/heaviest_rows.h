// The question that orders a circuit's steps: of all parities or masks so far, which is the last that an
// index vector does not commute with?
#pragma once
#include <array>
#include <cstdint>

namespace duet {

/// Vectors over GF(2), each with a weight, of which only a basis of the heaviest is kept: of the vectors
/// given so far that are odd with some other, the heaviest is as heavy as the heaviest of the basis that is.
/// (Those of at least some weight are even with a vector only if all that they span is, and the heaviest
/// independent ones span the same.) So a question costs no more than there are bits.
class HeaviestRows {
public:
  void add(std::uint32_t row, int weight);
  /// The greatest weight of a row that is odd with `mask`; `otherwise` if there is none.
  int heaviest_odd(std::uint32_t mask, int otherwise) const;

private:
  struct Row {
    std::uint32_t bits = 0;
    int weight = 0;
  };
  static constexpr int most = 32;
  std::array<Row, most + 1> rows_; ///< independent, the heaviest first
  int count_ = 0;
};

/// What some vectors span.
class RowSpan {
public:
  /// False if it was there already.
  bool add(std::uint32_t row);
  int rank() const { return rank_; }
  bool odd_with(std::uint32_t mask) const;

private:
  std::array<std::uint32_t, 32> by_top_bit_{};
  int rank_ = 0;
};

} // namespace duet
