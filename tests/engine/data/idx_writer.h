// Small IDX files for the tests.
#pragma once
#include <cstdint>
#include <string>
#include <vector>
#include <zlib.h>

namespace duet::test {

inline std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(value >> shift & 255);
  return bytes;
}

inline std::string idx_images(std::uint32_t count, std::uint32_t rows, std::uint32_t cols,
                              const std::string &pixels) {
  return big_endian(0x803) + big_endian(count) + big_endian(rows) + big_endian(cols) + pixels;
}

inline std::string idx_labels(const std::vector<int> &labels) {
  std::string bytes = big_endian(0x801) + big_endian(static_cast<std::uint32_t>(labels.size()));
  for (const int label : labels)
    bytes += static_cast<char>(label);
  return bytes;
}

/// As QMNIST's: 32-bit numbers, the label in the first of several columns.
inline std::string idx_int_labels(const std::vector<int> &labels, std::uint32_t columns) {
  std::string bytes =
      big_endian(0xC02) + big_endian(static_cast<std::uint32_t>(labels.size())) + big_endian(columns);
  for (const int label : labels)
    for (std::uint32_t column = 0; column < columns; ++column)
      bytes += big_endian(column == 0 ? static_cast<std::uint32_t>(label) : 1000 + column);
  return bytes;
}

/// A gzip member.
inline std::string gzipped(const std::string &content) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef *>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

} // namespace duet::test
