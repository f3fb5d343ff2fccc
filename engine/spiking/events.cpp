#include "engine/spiking/events.h"
#include "engine/base/pixel_value.h"
#include <algorithm>
#include <array>
#include <cstring>

namespace duet {
namespace {

/// [byte]
constexpr std::array<float, 256> brightness = [] {
  std::array<float, 256> table{};
  for (int i = 0; i < 256; ++i)
    table[static_cast<std::size_t>(i)] = pixel_value(static_cast<std::uint8_t>(i));
  return table;
}();

} // namespace

void EventList::reserve(std::size_t rows, std::size_t inputs, bool binary) {
  start_.assign(rows + 1, 0);
  index_.resize(rows * inputs + 1); // appending writes one entry ahead
  value_.resize(binary ? 0 : rows * inputs + 1);
}

void EventList::add_bytes(const std::uint8_t *pixels, std::size_t inputs) {
  std::uint16_t *const index = index_.data();
  float *const value = value_.data();
  std::uint32_t n = count_;
  std::size_t i = 0;
  for (; i + 8 <= inputs; i += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, pixels + i, 8);
    if (!eight)
      continue;
    for (std::size_t j = i; j < i + 8; ++j) {
      index[n] = static_cast<std::uint16_t>(j);
      value[n] = brightness[pixels[j]];
      n += pixels[j] != 0;
    }
  }
  for (; i < inputs; ++i)
    if (pixels[i]) {
      index[n] = static_cast<std::uint16_t>(i);
      value[n++] = brightness[pixels[i]];
    }
  count_ = n;
  end_row();
}

void EventList::add_floats(const float *values, std::size_t inputs) {
  std::uint16_t *const index = index_.data();
  float *const value = value_.empty() ? nullptr : value_.data();
  std::uint32_t n = count_;
  for (std::size_t i = 0; i < inputs; ++i) {
    index[n] = static_cast<std::uint16_t>(i);
    if (value)
      value[n] = values[i];
    n += values[i] != 0.0f;
  }
  count_ = n;
  end_row();
}

void EventTape::reserve(std::size_t rows, std::size_t inputs, bool binary) {
  inputs_ = inputs;
  const std::size_t groups = (rows + 15) / 16;
  mask_.assign(groups * inputs, 0);
  value_.assign(binary ? 0 : groups * inputs * 16, 0.0f);
}

void EventTape::write(std::size_t first_row, std::size_t end_row, const EventList &events) {
  const EventRows rows = events.view();
  std::uint16_t *const mask = mask_.data() + first_row / 16 * inputs_;
  std::memset(mask, 0, (end_row - first_row + 15) / 16 * inputs_ * sizeof(std::uint16_t));
  float *const value = value_.empty() ? nullptr : value_.data() + first_row * inputs_;
  for (std::size_t r = 0; r < events.rows(); ++r) {
    const std::size_t cells = r / 16 * inputs_;
    const std::size_t lane = r % 16;
    const auto bit = static_cast<std::uint16_t>(1u << lane);
    for (std::uint32_t e = rows.start[r]; e < rows.start[r + 1]; ++e) {
      const std::size_t cell = cells + rows.index[e];
      mask[cell] = static_cast<std::uint16_t>(mask[cell] | bit);
      if (value)
        value[cell * 16 + lane] = rows.value[e];
    }
  }
}

EventGroups EventTape::view(std::size_t rows) const {
  return {mask_.data(), value_.empty() ? nullptr : value_.data(), static_cast<int>(inputs_),
          static_cast<int>((rows + 15) / 16)};
}

} // namespace duet
