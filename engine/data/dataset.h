// Images in memory.
#pragma once
#include "engine/data/settings.h"
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace duet {

struct ImageShape {
  int rows = 28, cols = 28;
};

/// Images as bytes, row-major, one after the other.
struct ImageSet {
  int rows = 0, cols = 0;
  std::vector<std::uint8_t> pixels; ///< [image][row][col]; value / 255 is the model's input
  std::vector<std::uint8_t>
      targets; ///< [image], the output that is right; label_of() says what it stands for
  std::vector<std::uint32_t> file_index; ///< [image], position in its IDX file: keys its random draws
  std::size_t size() const { return targets.size(); }
  std::size_t pixel_count() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols); }
  std::span<const std::uint8_t> image(std::size_t i) const {
    return {pixels.data() + i * pixel_count(), pixel_count()};
  }
};

/// How many images of each label a file holds.
struct LabelCounts {
  std::array<std::uint32_t, 256> images{};
  std::size_t total() const;
  std::size_t of(const std::vector<int> &classes) const;
  std::vector<int> labels() const; ///< those that occur, ascending
  bool operator==(const LabelCounts &) const = default;
};

/// What a source holds, before classes and limits choose from it.
struct Survey {
  std::string source; ///< as the experiment names it
  ImageShape shape;
  LabelCounts train, test;
};

struct Dataset {
  ImageSet train;      ///< without the validation images
  ImageSet validation; ///< empty unless a share is set
  ImageSet test;
  Survey files; ///< what was chosen from
};

/// Finds, reads, checks and filters a data set. Throws Error (exit 3) when it is missing or damaged, and
/// (exit 2) when a validation share is so small or so large that nothing is left on one side.
/// seed draws the validation split; everything else is fixed by the settings.
Dataset load_dataset(const DataSettings &settings, std::uint64_t seed);

/// From the labels and the header of the training images only. Throws Error as load_dataset.
Survey survey(const std::string &source);

/// Rows and columns of the images of a source, from the header of its training images only.
ImageShape image_shape(const std::string &source);

} // namespace duet
