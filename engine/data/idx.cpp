#include "engine/data/idx.h"
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/base/words.h"
#include "engine/io/gzip.h"

namespace duet {
namespace {

/// The magic number of an IDX file: 0, 0, type of the entries, number of dimensions.
constexpr std::uint32_t bytes_type = 0x08, int32_type = 0x0C;
constexpr std::uint32_t magic_of(std::uint32_t type, std::uint32_t dimensions) {
  return type << 8 | dimensions;
}
constexpr std::uint32_t image_magic = magic_of(bytes_type, 3), label_magic = magic_of(bytes_type, 1);
constexpr std::size_t image_header_bytes = 16, label_header_bytes = 8;

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

/// The first bytes of the content, checked to be there.
std::string header_of(std::string_view bytes, const std::string &name, std::size_t header_bytes) {
  const std::string header =
      is_gzip(bytes) ? gunzip(bytes, name, header_bytes) : std::string(bytes.substr(0, header_bytes));
  if (header.size() < header_bytes)
    fail(name, "it ends within its " + std::to_string(header_bytes) + " header bytes");
  return header;
}

[[noreturn]] void fail_magic(const std::string &name, std::uint32_t found, const char *kind,
                             std::uint32_t wanted) {
  fail(name, "it begins with " + hex(found) + ", an IDX file of " + kind + " begins with " + hex(wanted));
}

std::string image_header(std::string_view bytes, const std::string &name) {
  const std::string header = header_of(bytes, name, image_header_bytes);
  if (number_at(header, 0) != image_magic)
    fail_magic(name, number_at(header, 0), "images", image_magic);
  return header;
}

ImageShape shape_of(std::string_view header, const std::string &name) {
  const std::uint64_t rows = number_at(header, 8), cols = number_at(header, 12);
  const std::string size = std::to_string(rows) + " x " + std::to_string(cols);
  if (rows < 1 || cols < 1)
    fail(name, "its header says images of " + size + " pixels");
  if (rows * cols > max_pixels) // both are of 32 bits
    throw Error(ExitCode::data, "The images in " + name + " have " + size + " pixels; Duet takes at most " +
                                    grouped(max_pixels) + " an image (256 x 256): scale them down.");
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

/// How the labels lie in their file.
struct LabelLayout {
  std::size_t header_bytes = label_header_bytes;
  std::uint64_t count = 0, columns = 1, entry_bytes = 1;
  std::uint64_t file_bytes() const { return header_bytes + count * columns * entry_bytes; }
};

LabelLayout label_layout(std::string_view bytes, const std::string &name) {
  std::string header = header_of(bytes, name, label_header_bytes);
  const std::uint32_t magic = number_at(header, 0), type = magic >> 8, dimensions = magic & 0xff;
  if ((type != bytes_type && type != int32_type) || dimensions < 1 || dimensions > 2)
    fail_magic(name, magic, "labels", label_magic);
  LabelLayout layout;
  layout.count = number_at(header, 4);
  layout.entry_bytes = type == int32_type ? 4 : 1;
  if (dimensions == 2) {
    layout.header_bytes += 4;
    header = header_of(bytes, name, layout.header_bytes);
    layout.columns = number_at(header, 8);
    if (layout.columns < 1 || layout.columns > 256)
      fail(name, "its header says labels of " + std::to_string(layout.columns) + " columns");
  }
  return layout;
}

} // namespace

IdxImages read_idx_images(std::string bytes, const std::string &name) {
  const std::string header = image_header(bytes, name);
  const ImageShape shape = shape_of(header, name);
  IdxImages images{number_at(header, 4), shape.rows, shape.cols, {}};
  const std::uint64_t pixel_count =
      static_cast<std::uint64_t>(shape.rows) * static_cast<std::uint64_t>(shape.cols);
  images.content = content_of(std::move(bytes), name, image_header_bytes + images.count * pixel_count);
  return images;
}

IdxLabels read_idx_labels(std::string bytes, const std::string &name) {
  const LabelLayout layout = label_layout(bytes, name);
  IdxLabels file;
  file.content = content_of(std::move(bytes), name, layout.file_bytes());
  file.labels.reserve(layout.count);
  for (std::size_t i = 0; i < layout.count; ++i) {
    const std::size_t at = layout.header_bytes + i * layout.columns * layout.entry_bytes;
    const std::uint32_t label =
        layout.entry_bytes == 4 ? number_at(file.content, at) : static_cast<unsigned char>(file.content[at]);
    if (label > 255)
      fail(name, "label " + std::to_string(static_cast<std::int32_t>(label)) + " of image " +
                     std::to_string(i) + ": labels are 0 to 255");
    file.labels.push_back(static_cast<std::uint8_t>(label));
  }
  return file;
}

ImageShape read_idx_shape(std::string_view bytes, const std::string &name) {
  return shape_of(image_header(bytes, name), name);
}

} // namespace duet
