// The spiking branch: encoder, spiking layers, mean over time, Linear. engine/MODEL.md 1.1.
#pragma once
#include "engine/model/dense_tape.h"
#include "engine/model/spiking_features.h"

namespace duet {

class SpikingBranch {
public:
  SpikingBranch(const Architecture &architecture, const ParameterLayout &layout, std::uint64_t seed,
                const DenseKernels &kernels);

  /// One thread's memory. Rows are [image][width padded].
  struct Scratch {
    SpikingFeatures::Scratch features;
    Aligned<float> logits, d_mean;
  };
  struct Tape {
    SpikingFeatures::Tape features;
    DenseTape readout;
  };
  void reserve(Scratch &scratch, bool training) const;
  void reserve(Tape &tape, std::size_t images) const;

  /// views: of all blocks of the layout. Leaves 10 logits an image (stride 16) in scratch.logits.
  void forward(const ChunkPixels &pixels, std::span<const LinearView> views, Scratch &scratch, Tape *tape,
               std::size_t first_image, LayerTrace *traces) const;
  /// The logits of `count` rows of means, [row][width padded], as if each were an image; count <=
  /// chunk_images.
  void read_out(int count, const float *means, std::span<const LinearView> views, Scratch &scratch) const;
  /// d_logits: stride 16.
  void backward(int count, const float *d_logits, std::span<const LinearView> views, Scratch &scratch,
                Tape &tape, std::size_t first_image) const;
  const SpikingFeatures &features() const { return features_; }

private:
  std::span<const LinearView> stack_views(std::span<const LinearView> views) const {
    return views.subspan(static_cast<std::size_t>(features_.blocks().front()), features_.blocks().size());
  }
  SpikingFeatures features_;
  int readout_block_;
  const DenseKernels *kernels_;
};

} // namespace duet
