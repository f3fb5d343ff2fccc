#include "engine/model/spiking_branch.h"
#include <cstring>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

} // namespace

SpikingBranch::SpikingBranch(const Architecture &a, const ParameterLayout &layout, std::uint64_t seed,
                             const DenseKernels &kernels)
    : features_(a, seed, "spiking", layout.spiking, kernels), readout_block_(layout.spiking_readout),
      kernels_(&kernels) {}

void SpikingBranch::reserve(Scratch &s, bool training) const {
  features_.reserve(s.features, training);
  s.logits.assign(size(chunk_images * row_padding), 0.0f);
  s.d_mean.assign(size(chunk_images * padded(features_.width())), 0.0f);
}

void SpikingBranch::reserve(Tape &tape, std::size_t images) const {
  features_.reserve(tape.features, images);
  tape.readout.reserve(images, features_.width(), class_count);
}

void SpikingBranch::forward(const ChunkPixels &pixels, std::span<const LinearView> views, Scratch &s,
                            Tape *tape, std::size_t first_image, LayerTrace *traces) const {
  features_.forward(pixels, stack_views(views), s.features, tape ? &tape->features : nullptr, first_image,
                    traces);
  const int width = features_.width();
  const float *mean = s.features.stack.mean.data();
  if (tape)
    std::memcpy(tape->readout.x_row(first_image), mean, size(pixels.count * padded(width)) * sizeof(float));
  read_out(pixels.count, mean, views, s);
}

void SpikingBranch::read_out(int count, const float *means, std::span<const LinearView> views,
                             Scratch &s) const {
  const int width = features_.width();
  const LinearView &readout = views[size(readout_block_)];
  kernels_->linear(count, width, row_padding, means, padded(width), readout.weights, readout.bias,
                   s.logits.data(), row_padding);
}

void SpikingBranch::backward(int count, const float *d_logits, std::span<const LinearView> views, Scratch &s,
                             Tape &tape, std::size_t first_image) const {
  const int n = padded(features_.width());
  std::memcpy(tape.readout.delta_row(first_image), d_logits, size(count * row_padding) * sizeof(float));
  kernels_->linear(count, class_count, n, d_logits, row_padding, views[size(readout_block_)].transposed,
                   nullptr, s.d_mean.data(), n);
  features_.backward(count, s.d_mean.data(), stack_views(views), s.features, tape.features, first_image);
}

} // namespace duet
