// Encoder and spiking layers: an image to the mean rates of the last layer. Both branches begin with one.
#pragma once
#include "engine/model/parameters.h"
#include "engine/spiking/stack.h"

namespace duet {

/// The lists of a chunk's images; what is not 0.
struct ChunkPixels {
  int count = 0;
  EventList lists; ///< one row an image
  std::array<DrawKey, chunk_images> keys;
};

class SpikingFeatures {
public:
  /// blocks: of the stack's Linear layers in the layout. branch names the random streams.
  SpikingFeatures(const Architecture &architecture, std::uint64_t seed, const std::string &branch,
                  std::vector<int> blocks, const DenseKernels &kernels);

  struct Scratch {
    EventList spikes;
    ImageEncoder::Scratch encoder;
    StackScratch stack;
  };
  struct Tape {
    EventTape spikes; ///< encoder's output unless it is constant
    StackTape stack;
  };
  void reserve(Scratch &scratch, bool training) const;
  void reserve(Tape &tape, std::size_t images) const;

  /// Leaves the means in scratch.stack.mean, [image][width padded].
  void forward(const ChunkPixels &pixels, std::span<const LinearView> linears, Scratch &scratch, Tape *tape,
               std::size_t first_image, LayerTrace *traces) const;
  void backward(int count, const float *d_mean, std::span<const LinearView> linears, Scratch &scratch,
                Tape &tape, std::size_t first_image) const;

  bool constant() const { return !encoder_.binary(); }
  const SpikingStack &stack() const { return stack_; }
  const std::vector<int> &blocks() const { return blocks_; }
  int width() const { return stack_.width(stack_.layers() - 1); }

private:
  int pixels_;
  ImageEncoder encoder_;
  SpikingStack stack_;
  std::vector<int> blocks_;
};

} // namespace duet
