#include "engine/model/spiking_features.h"
#include <utility>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

} // namespace

SpikingFeatures::SpikingFeatures(const Architecture &a, std::uint64_t seed, const std::string &branch,
                                 std::vector<int> blocks, const DenseKernels &kernels)
    : pixels_(a.pixels), encoder_(a.spiking, seed, branch, kernels),
      stack_(a.spiking, a.pixels, seed, branch, kernels), blocks_(std::move(blocks)) {}

void SpikingFeatures::reserve(Scratch &scratch, bool training) const {
  stack_.reserve(scratch.stack, training);
  if (constant())
    return;
  scratch.spikes.reserve(size(chunk_images * stack_.steps()), size(pixels_), true);
  scratch.encoder.reserve(size(pixels_), stack_.steps());
}

void SpikingFeatures::reserve(Tape &tape, std::size_t images) const {
  stack_.reserve(tape.stack, images);
  if (!constant())
    tape.spikes.reserve((images + 15) / 16 * 16 * size(stack_.steps()), size(pixels_), true);
}

void SpikingFeatures::forward(const ChunkPixels &pixels, std::span<const LinearView> linears,
                              Scratch &scratch, Tape *tape, std::size_t first_image,
                              LayerTrace *traces) const {
  const EventList *input = &pixels.lists;
  if (!constant()) {
    encoder_.encode(pixels.lists, pixels.keys.data(), scratch.spikes, scratch.encoder);
    input = &scratch.spikes;
    if (tape) {
      const std::size_t first = first_image * size(stack_.steps());
      tape->spikes.write(first, first + size(chunk_images * stack_.steps()), *input);
    }
  }
  stack_.forward(pixels.count, *input, linears, pixels.keys.data(), scratch.stack,
                 tape ? &tape->stack : nullptr, first_image, traces);
}

void SpikingFeatures::backward(int count, const float *d_mean, std::span<const LinearView> linears,
                               Scratch &scratch, Tape &tape, std::size_t first_image) const {
  stack_.backward(count, d_mean, linears, scratch.stack, tape.stack, first_image);
}

} // namespace duet
