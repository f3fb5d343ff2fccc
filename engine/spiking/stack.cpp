#include "engine/spiking/stack.h"
#include "engine/base/streams.h"
#include <algorithm>
#include <bit>
#include <string>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

} // namespace

SpikingStack::SpikingStack(const SpikingSettings &settings, int pixels, std::uint64_t seed,
                           const std::string &branch, const DenseKernels &kernels)
    : constants_(neuron_constants(settings)), constant_(settings.encoder == Encoder::constant),
      pixels_(pixels), widths_(settings.hidden), kernels_(&kernels) {
  for (int l = 0; l < layers(); ++l) {
    const std::string tail = "." + branch + "." + std::to_string(l);
    starts_.push_back({RandomStream(seed, std::string(streams::evaluation_start) + tail),
                       RandomStream(seed, std::string(streams::training_start) + tail)});
  }
}

void SpikingStack::reserve(StackScratch &scratch, bool training) const {
  scratch.layers.resize(size(layers()));
  int widest = 0;
  for (int l = 0; l < layers(); ++l) {
    auto &layer = scratch.layers[size(l)];
    const std::size_t width_padded = size(padded(width(l)));
    const std::size_t rows = size(chunk_images * rows_per_image(l));
    const std::size_t steps = size(chunk_images * constants_.steps);
    const std::size_t history = mean_only(l) ? 0 : steps * width_padded;
    widest = std::max(widest, padded(width(l)));
    layer.u.assign(rows * width_padded, 0.0f);
    layer.out.assign(history, 0.0f);
    layer.slope.assign(training ? history : 0, 0.0f);
    layer.carry.assign(training ? history : 0, 0.0f);
    layer.sensitivity.assign(training && mean_only(l) ? size(chunk_images) * width_padded : 0, 0.0f);
    layer.d_out.assign(training && l + 1 < layers() ? history : 0, 0.0f);
    if (l + 1 < layers())
      layer.events.reserve(steps, size(width(l)), binary_spikes());
  }
  scratch.mean.assign(size(chunk_images * widest), 0.0f);
  scratch.v0.assign(size(widest), 0.0f);
  scratch.words.assign(size(padded(widest / 4)) * 4, 0);
  scratch.block.resize(size(widest) + 16);
  for (std::size_t i = 0; i < scratch.block.size(); ++i)
    scratch.block[i] = static_cast<std::uint32_t>(i);
}

void SpikingStack::reserve(StackTape &tape, std::size_t images) const {
  const std::size_t whole = (images + 15) / 16 * 16;
  tape.delta.resize(size(layers()));
  tape.input.resize(size(layers()));
  for (int l = 0; l < layers(); ++l) {
    const std::size_t rows = whole * size(rows_per_image(l));
    tape.delta[size(l)].assign(rows * size(padded(width(l))), 0.0f);
    if (l > 0)
      tape.input[size(l)].reserve(rows, size(inputs(l)), binary_spikes());
  }
}

/// v0 of a rate neuron, four neurons a block.
void SpikingStack::draw_start(int layer, const DrawKey &key, StackScratch &scratch) const {
  const auto philox_key = starts_[size(layer)][key.training ? 1 : 0].key();
  const int width_padded = padded(width(layer));
  const int blocks = padded(width_padded / 4);
  kernels_->philox(philox_key[0], philox_key[1], blocks, scratch.block.data(), key.file_index,
                   key.training ? key.epoch : 0, 0, scratch.words.data());
  for (int i = 0; i < width_padded; ++i)
    scratch.v0[size(i)] = to_unit(scratch.words[size(i)]);
}

void SpikingStack::run_neurons(int layer, int count, const DrawKey *keys, StackScratch &scratch,
                               bool training, LayerTrace *trace) const {
  auto &memory = scratch.layers[size(layer)];
  const int n = padded(width(layer));
  const bool steady = rows_per_image(layer) == 1 && constant_ && layer == 0;
  const int steps = constants_.steps;
  NeuronRecord record{};
  if (trace) {
    for (auto *values : {&trace->spikes, &trace->membrane, &trace->after, &trace->mean})
      values->resize(size(steps * n));
    record = {trace->spikes.data(), trace->membrane.data(), trace->after.data(), trace->mean.data()};
  }
  for (int i = 0; i < count; ++i) {
    if (facts(constants_.kind).starts_at_random)
      draw_start(layer, keys[i], scratch);
    const float *u = memory.u.data() + size(i) * size(steady ? 1 : steps) * size(n);
    float *mean = scratch.mean.data() + size(i) * size(n);
    if (mean_only(layer)) {
      float *sensitivity = training ? memory.sensitivity.data() + size(i) * size(n) : nullptr;
      kernels_->neurons_constant(&constants_, n, u, scratch.v0.data(), mean, sensitivity,
                                 trace ? &record : nullptr);
      continue;
    }
    const std::size_t at = size(i) * size(steps) * size(n);
    kernels_->neurons_steps(&constants_, n, u, steady ? 0 : n, scratch.v0.data(), memory.out.data() + at,
                            mean, training ? memory.slope.data() + at : nullptr,
                            training ? memory.carry.data() + at : nullptr, trace ? &record : nullptr);
  }
}

void SpikingStack::forward(int count, const EventList &input, std::span<const LinearView> linears,
                           const DrawKey *keys, StackScratch &scratch, StackTape *tape,
                           std::size_t first_image, LayerTrace *traces) const {
  const EventList *rows = &input;
  for (int l = 0; l < layers(); ++l) {
    auto &memory = scratch.layers[size(l)];
    const int n = padded(width(l));
    const int row_count = count * rows_per_image(l);
    if (tape && l > 0) {
      const std::size_t first = first_image * size(constants_.steps);
      tape->input[size(l)].write(first, first + size(row_count), *rows);
    }
    const EventRows view = rows->view();
    const LinearView &linear = linears[size(l)];
    kernels_->linear_events(row_count, inputs(l), n, &view, linear.weights, linear.bias, memory.u.data(), n);
    run_neurons(l, count, keys, scratch, tape != nullptr, traces ? traces + l : nullptr);
    if (l + 1 == layers())
      break;
    memory.events.clear();
    for (int r = 0; r < count * constants_.steps; ++r)
      memory.events.add_floats(memory.out.data() + size(r) * size(n), size(width(l)));
    rows = &memory.events;
  }
}

bool SpikingStack::finite(const StackScratch &scratch, int image) const {
  constexpr std::uint32_t exponent = 0x7f800000; // of IEEE 754's binary32; all ones: no number
  std::uint32_t wrong = 0;
  for (int l = 0; l < layers(); ++l) {
    const std::size_t floats = size(rows_per_image(l)) * size(padded(width(l)));
    const float *u = scratch.layers[size(l)].u.data() + size(image) * floats;
    for (std::size_t i = 0; i < floats; ++i)
      wrong |= (std::bit_cast<std::uint32_t>(u[i]) & exponent) == exponent;
  }
  return wrong == 0;
}

void SpikingStack::backward(int count, const float *d_mean, std::span<const LinearView> linears,
                            StackScratch &scratch, StackTape &tape, std::size_t first_image) const {
  const int steps = constants_.steps;
  for (int l = layers() - 1; l >= 0; --l) {
    auto &memory = scratch.layers[size(l)];
    const int n = padded(width(l));
    const bool steady = rows_per_image(l) == 1 && constant_ && l == 0;
    const int rows = steady ? 1 : steps;
    float *delta = tape.delta[size(l)].data() + first_image * size(rows * n);
    if (mean_only(l)) {
      for (std::size_t i = 0; i < size(count * n); ++i)
        delta[i] = d_mean[i] * memory.sensitivity[i];
      return;
    }
    const bool last = l + 1 == layers();
    for (int i = 0; i < count; ++i) {
      const std::size_t at = size(i) * size(steps * n);
      kernels_->neurons_backward(&constants_, n, last ? nullptr : memory.d_out.data() + at,
                                 last ? d_mean + size(i * n) : nullptr, memory.slope.data() + at,
                                 memory.carry.data() + at, delta + size(i) * size(rows * n), steady ? 0 : n);
    }
    if (l > 0) {
      const int below = padded(width(l - 1));
      kernels_->linear(count * steps, width(l), below, delta, n, linears[size(l)].transposed, nullptr,
                       scratch.layers[size(l) - 1].d_out.data(), below);
    }
  }
}

} // namespace duet
