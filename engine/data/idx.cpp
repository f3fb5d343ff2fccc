#include "engine/data/idx.h"
#include "engine/base/error.h"
#include "engine/io/gzip.h"

namespace duet {
namespace {

constexpr std::uint32_t image_magic = 0x00000803,
                        label_magic = 0x00000801; // unsigned bytes, 3 or 1 dimensions
constexpr std::size_t image_header_bytes = 16, label_header_bytes = 8;
constexpr std::uint32_t max_side_px = 1024;

[[noreturn]] void fail(const std::string &name, const std::string &why) {
  throw Error(ExitCode::data, "Damaged file " + name + ": " + why + ".");
}

/// Big-endian number at a byte offset that is known to be there.
std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[offset + i]);
  return value;
}

std::string hex(std::uint32_t value) {
  std::string text = "0x";
  for (int shift = 28; shift >= 0; shift -= 4)
    text += "0123456789abcdef"[value >> shift & 15];
  return text;
}

/// The first bytes of the content, checked to be a whole header of the wanted kind.
std::string header_of(std::string_view bytes, const std::string &name, std::uint32_t magic,
                      std::size_t header_bytes) {
  const std::string header =
      is_gzip(bytes) ? gunzip(bytes, name, header_bytes) : std::string(bytes.substr(0, header_bytes));
  if (header.size() < header_bytes)
    fail(name, "it ends within its " + std::to_string(header_bytes) + " header bytes");
  if (number_at(header, 0) != magic)
    fail(name, "it begins with " + hex(number_at(header, 0)) + ", an IDX file of " +
                   (magic == image_magic ? "images" : "labels") + " begins with " + hex(magic));
  return header;
}

ImageShape shape_of(std::string_view header, const std::string &name) {
  const std::uint32_t rows = number_at(header, 8), cols = number_at(header, 12);
  if (rows < 1 || cols < 1 || rows > max_side_px || cols > max_side_px)
    fail(name, "its header says images of " + std::to_string(rows) + " x " + std::to_string(cols) +
                   " pixels, allowed are sides from 1 to " + std::to_string(max_side_px));
  return {static_cast<int>(rows), static_cast<int>(cols)};
}

/// The whole content, which must be as long as the header says.
std::string content_of(std::string bytes, const std::string &name, std::uint64_t expected) {
  if (is_gzip(bytes))
    bytes = gunzip(bytes, name, expected + 1);
  if (bytes.size() < expected)
    fail(name, "it is truncated: its header promises " + std::to_string(expected) + " bytes, it has " +
                   std::to_string(bytes.size()));
  if (bytes.size() > expected)
    fail(name, "it is longer than the " + std::to_string(expected) + " bytes its header promises");
  return bytes;
}

} // namespace

IdxImages read_idx_images(std::string bytes, const std::string &name) {
  const std::string header = header_of(bytes, name, image_magic, image_header_bytes);
  const ImageShape shape = shape_of(header, name);
  IdxImages images{number_at(header, 4), shape.rows, shape.cols, {}};
  const std::uint64_t pixel_count =
      static_cast<std::uint64_t>(shape.rows) * static_cast<std::uint64_t>(shape.cols);
  images.content = content_of(std::move(bytes), name, image_header_bytes + images.count * pixel_count);
  return images;
}

IdxLabels read_idx_labels(std::string bytes, const std::string &name) {
  const std::string header = header_of(bytes, name, label_magic, label_header_bytes);
  IdxLabels labels{number_at(header, 4), {}};
  labels.content = content_of(std::move(bytes), name, label_header_bytes + labels.count);
  return labels;
}

ImageShape read_idx_shape(std::string_view bytes, const std::string &name) {
  return shape_of(header_of(bytes, name, image_magic, image_header_bytes), name);
}

} // namespace duet
