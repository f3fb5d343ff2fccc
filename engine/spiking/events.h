// Rows of numbers that are mostly 0, as lists and as the groups the weight gradient reads.
#pragma once
#include "engine/kernels/aligned.h"
#include "engine/kernels/dense.h"
#include <cstddef>
#include <cstdint>

namespace duet {

/// Lists of the inputs that are not 0, a row after the other. Capacity is set once: no allocation later.
class EventList {
public:
  /// binary: every event is worth 1 and no values are kept.
  void reserve(std::size_t rows, std::size_t inputs, bool binary);
  void clear() { rows_ = 0, count_ = 0; }
  void add_bytes(const std::uint8_t *pixels, std::size_t inputs); ///< a row; value = byte / 255
  void add_floats(const float *values, std::size_t inputs);       ///< a row
  void add(std::uint16_t index, float value = 1.0f) {
    index_[count_] = index;
    if (!value_.empty())
      value_[count_] = value;
    ++count_;
  }
  /// Without a branch; only for binary lists.
  void add_if(std::uint16_t index, bool hit) {
    index_[count_] = index;
    count_ += hit;
  }
  void end_row() { start_[++rows_] = count_; }
  std::size_t rows() const { return rows_; }
  std::uint32_t first(std::size_t row) const { return start_[row]; }
  const std::uint16_t *index() const { return index_.data(); }
  const float *value() const { return value_.empty() ? nullptr : value_.data(); }
  EventRows view() const { return {start_.data(), index_.data(), value()}; }

private:
  std::size_t rows_ = 0;
  std::uint32_t count_ = 0;
  Aligned<std::uint32_t> start_;
  Aligned<std::uint16_t> index_;
  Aligned<float> value_;
};

/// All inputs of a batch, kept for the weight gradient: sized once for the largest batch.
class EventTape {
public:
  void reserve(std::size_t rows, std::size_t inputs, bool binary);
  /// Keeps a chunk's lists as rows first_row (a multiple of 16) onwards; clears all groups up to end_row.
  /// Different chunks may be written from different threads.
  void write(std::size_t first_row, std::size_t end_row, const EventList &events);
  /// The groups that hold the first `rows` rows.
  EventGroups view(std::size_t rows) const;

private:
  std::size_t inputs_ = 0;
  Aligned<std::uint16_t> mask_;
  Aligned<float> value_;
};

} // namespace duet
