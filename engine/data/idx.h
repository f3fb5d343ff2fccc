// The IDX format of MNIST's files, raw or gzipped. http://yann.lecun.com/exdb/mnist
#pragma once
#include "engine/data/dataset.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duet {

/// Checked content of an image file: count images of rows x cols bytes.
struct IdxImages {
  std::size_t count = 0;
  int rows = 0, cols = 0;
  std::string content; ///< with the 16 header bytes
  const char *pixels() const { return content.data() + 16; }
};

/// Checked content of a label file: bytes (MNIST) or 32-bit numbers (QMNIST), alone or first in a row of
/// several columns.
struct IdxLabels {
  std::vector<std::uint8_t> labels;
  std::string content; ///< as unpacked, for its digest
  std::size_t count() const { return labels.size(); }
};

/// bytes: the stored file, or for read_idx_shape at least its first 64 KiB. name: what failures call it.
/// All throw Error (exit 3) that names file and place.
IdxImages read_idx_images(std::string bytes, const std::string &name);
IdxLabels read_idx_labels(std::string bytes, const std::string &name);
ImageShape read_idx_shape(std::string_view bytes, const std::string &name);

} // namespace duet
