#include "engine/simulator/heaviest_rows.h"
#include <algorithm>

namespace duet {
namespace {

int top_bit(std::uint32_t bits) { return 31 - __builtin_clz(bits); }

} // namespace

void HeaviestRows::add(std::uint32_t row, int weight) {
  if (row == 0)
    return;
  const auto begin = rows_.begin(), end = begin + count_;
  const auto place = std::find_if(begin, end, [&](const Row &known) { return known.weight < weight; });
  const auto same = std::find_if(begin, end, [&](const Row &known) { return known.bits == row; });
  if (same < place) // known, and as heavy
    return;
  if (same != end) {
    std::move_backward(place, same, same + 1);
    *place = {row, weight};
    return;
  }
  std::move_backward(place, end, end + 1);
  *place = {row, weight};
  ++count_;
  RowSpan heavier;
  for (int k = 0; k < count_; ++k)
    if (!heavier.add(rows_[k].bits)) { // at most one row now depends on heavier ones
      std::move(rows_.begin() + k + 1, rows_.begin() + count_, rows_.begin() + k);
      --count_;
      return;
    }
}

int HeaviestRows::heaviest_odd(std::uint32_t mask, int otherwise) const {
  for (int k = 0; k < count_; ++k)
    if (__builtin_popcount(rows_[k].bits & mask) & 1)
      return rows_[k].weight;
  return otherwise;
}

bool RowSpan::add(std::uint32_t row) {
  while (row && by_top_bit_[top_bit(row)])
    row ^= by_top_bit_[top_bit(row)];
  if (row == 0)
    return false;
  by_top_bit_[top_bit(row)] = row;
  ++rank_;
  return true;
}

bool RowSpan::odd_with(std::uint32_t mask) const {
  return std::any_of(by_top_bit_.begin(), by_top_bit_.end(),
                     [&](std::uint32_t row) { return __builtin_popcount(row & mask) & 1; });
}

} // namespace duet
