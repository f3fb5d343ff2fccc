// Images in memory.
#pragma once
#include "engine/data/settings.h"
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace duet {

/// Images as bytes, row-major, one after the other.
struct ImageSet {
  int rows = 0, cols = 0;
  std::vector<std::uint8_t> pixels;      ///< [image][row][col]; value / 255 is the model's input
  std::vector<std::uint8_t> labels;      ///< [image], 0..9
  std::vector<std::uint32_t> file_index; ///< [image], position in its IDX file: keys its random draws
  std::size_t size() const { return labels.size(); }
  std::size_t pixel_count() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols); }
  std::span<const std::uint8_t> image(std::size_t i) const {
    return {pixels.data() + i * pixel_count(), pixel_count()};
  }
};

struct Dataset {
  std::string name;    ///< the source as the experiment names it
  ImageSet train;      ///< without the validation images
  ImageSet validation; ///< empty unless a share is set
  ImageSet test;
};

/// Finds, reads, checks and filters a data set. Throws Error (exit 3) when it is missing or damaged.
/// seed draws the validation split; everything else is fixed by the settings.
Dataset load_dataset(const DataSettings &settings, std::uint64_t seed);

/// Rows and columns of the images of a source, from the header of its training images only.
struct ImageShape {
  int rows = 28, cols = 28;
};
ImageShape image_shape(const std::string &source);

} // namespace duet
