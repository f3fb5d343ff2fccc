// Images to the spikes (or constant values) that reach the first Linear layer. engine/MODEL.md 1.1.
#pragma once
#include "engine/base/random.h"
#include "engine/spiking/events.h"
#include "engine/spiking/settings.h"
#include <array>
#include <optional>
#include <string_view>

namespace duet {

/// Keys an image's random draws. Evaluation knows no epoch.
struct DrawKey {
  std::uint32_t file_index = 0;
  std::uint32_t epoch = 0; ///< from 0; in training only
  bool training = false;
};

/// Largest count of images a forward pass takes at once; also the height of a row group.
inline constexpr int chunk_images = 16;

/// One branch's encoder. Immutable; each thread brings its Scratch.
class ImageEncoder {
public:
  ImageEncoder(const SpikingSettings &settings, std::uint64_t seed, std::string_view branch,
               const DenseKernels &kernels);
  /// Rows of one image in the encoder's output: 1 for constant, else the steps.
  int rows_per_image() const;
  bool binary() const { return settings_.encoder != Encoder::constant; }

  struct Scratch {
    Aligned<std::uint32_t> pixel, limit, words;
    void reserve(std::size_t pixels, int steps);
  };
  /// images: lists of pixels that are not 0, one row an image. out: rows [image][step]. Only for poisson and
  /// latency: for constant the lists of the images are the encoder's output.
  void encode(const EventList &images, const DrawKey *keys, EventList &out, Scratch &scratch) const;

private:
  void poisson(const EventRows &images, std::size_t image, const DrawKey &key, EventList &out,
               Scratch &scratch) const;
  void latency(const EventRows &images, std::size_t image, EventList &out) const;
  SpikingSettings settings_;
  std::array<RandomStream, 2> draws_; ///< [training]
  const DenseKernels *kernels_;
};

} // namespace duet
