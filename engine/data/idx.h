// The IDX format of MNIST's files, raw or gzipped. http://yann.lecun.com/exdb/mnist
#pragma once
#include "engine/data/dataset.h"
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace duet {

/// The usual names, in the order in which everything here lists them; a file may end in .gz too.
enum IdxRole { train_images, train_labels, test_images, test_labels };
inline constexpr std::array<std::string_view, 4> idx_names = {
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

/// Checked content of an image file: count images of rows x cols bytes.
struct IdxImages {
  std::size_t count = 0;
  int rows = 0, cols = 0;
  std::string content; ///< with the 16 header bytes
  const char *pixels() const { return content.data() + 16; }
};

struct IdxLabels {
  std::size_t count = 0;
  std::string content; ///< with the 8 header bytes
  const char *labels() const { return content.data() + 8; }
};

/// bytes: the stored file, or for read_idx_shape at least its first 64 KiB. name: what failures call it.
/// All throw Error (exit 3) that names file and place.
IdxImages read_idx_images(std::string bytes, const std::string &name);
IdxLabels read_idx_labels(std::string bytes, const std::string &name);
ImageShape read_idx_shape(std::string_view bytes, const std::string &name);

} // namespace duet
