#include "engine/model/network.h"
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/model/build_circuit.h"
#include <cstring>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

Circuit circuit_of(const Architecture &a) { return has_circuit(a) ? build_circuit(a.quantum) : Circuit{}; }

void require_amplitude_width(const Architecture &a) {
  if (!has_quantum_branch(a) || a.quantum.input != QuantumInput::amplitude)
    return;
  const int needed = amplitude_qubits(a.pixels);
  if (a.quantum.qubits != needed)
    throw Error(ExitCode::usage, "quantum.qubits is " + std::to_string(a.quantum.qubits) +
                                     ", but input 'amplitude' with " + std::to_string(a.pixels) +
                                     " pixels needs " + std::to_string(needed) + ".");
}

/// Whoever reads images has refused larger ones with a better sentence.
void require_listable(const Architecture &a) {
  if (a.pixels > max_pixels)
    throw Error(ExitCode::usage, "A model takes at most " + std::to_string(max_pixels) + " pixels.");
}

} // namespace

void require_same_shape(const Architecture &a, const Architecture &b) {
  const bool same = a.model.kind == b.model.kind && a.pixels == b.pixels &&
                    a.spiking.hidden == b.spiking.hidden && a.quantum == b.quantum;
  if (!same)
    throw Error(ExitCode::usage,
                "This change alters the shape of the model (kind, image size, hidden layers or the "
                "quantum branch) and needs a new run: reset, then run.");
}

/// Where a block's weight gradient comes from.
struct Network::Source {
  EventGroups events{};
  const float *x = nullptr; ///< dense inputs, when not null
  int x_stride = 0;
  const float *delta = nullptr;
  int delta_stride = 0;
  std::size_t rows = 0;
};

Network::Network(const Architecture &architecture, std::uint64_t seed, const Kernels &kernels)
    : architecture_(architecture), seed_(seed), kernels_(&kernels), circuit_(circuit_of(architecture)),
      layout_(architecture, circuit_.weights) {
  require_listable(architecture);
  require_amplitude_width(architecture);
  draw_initial_weights(layout_, seed, weights_);
  transposed_.assign(layout_.transposed_floats, 0.0f);
  for (const ParameterBlock &block : layout_.blocks) {
    const float *weights = weights_.data() + block.offset;
    views_.push_back({block.inputs, block.padded, weights, weights + size(block.inputs) * size(block.padded),
                      block.has_transposed ? transposed_.data() + block.transposed : nullptr});
  }
  build(architecture);
}

void Network::build(const Architecture &a) {
  architecture_ = a;
  spiking_.reset();
  quantum_.reset();
  if (has_spiking_branch(a))
    spiking_.emplace(a, layout_, seed_, *kernels_->dense);
  if (has_quantum_branch(a))
    quantum_.emplace(a, layout_, circuit_, seed_, *kernels_);
  refresh();
}

void Network::reconfigure(const Architecture &architecture) {
  require_same_shape(architecture_, architecture);
  if (architecture.spiking == architecture_.spiking) {
    architecture_ = architecture;
    return;
  }
  build(architecture);
}

void Network::refresh_rows(int id, int first, int count) {
  const ParameterBlock &block = layout_.blocks[size(id)];
  if (block.has_transposed)
    transpose_rows(block, weights_.data() + block.offset, first, count,
                   transposed_.data() + block.transposed);
}

void Network::refresh_circuit() {
  if (!quantum_ || !quantum_->has_circuit())
    return;
  if (layout_.circuit < 0)
    return quantum_->set_circuit_weights({});
  const ParameterBlock &block = layout_.blocks[size(layout_.circuit)];
  quantum_->set_circuit_weights({weights_.data() + block.offset, size(block.outs)});
}

void Network::refresh() {
  for (std::size_t id = 0; id < layout_.blocks.size(); ++id)
    refresh_rows(static_cast<int>(id), 0, layout_.blocks[id].inputs);
  refresh_circuit();
}

void Network::reserve(Scratch &scratch, bool training) const {
  const std::size_t pixels = size(architecture_.pixels);
  scratch.pixels.lists.reserve(chunk_images, pixels, false);
  scratch.d_logits.assign(size(chunk_images * row_padding), 0.0f);
  scratch.d_branch.assign(size(chunk_images * row_padding), 0.0f);
  if (spiking_)
    spiking_->reserve(scratch.spiking.emplace(), training);
  if (quantum_)
    quantum_->reserve(scratch.quantum.emplace(), training);
}

void Network::reserve(Tape &tape, std::size_t images) const {
  tape.pixels.reserve(images, size(architecture_.pixels), false);
  if (spiking_)
    spiking_->reserve(tape.spiking, images);
  if (quantum_)
    quantum_->reserve(tape.quantum, images);
}

void Network::forward(const ChunkInput &input, Scratch &scratch, Tape *tape, std::size_t first_image,
                      Traces *traces) const {
  ChunkPixels &pixels = scratch.pixels;
  pixels.count = input.count;
  pixels.keys = input.keys;
  pixels.lists.clear();
  for (std::size_t i = 0; i < size(input.count); ++i)
    if (input.floats[i])
      pixels.lists.add_floats(input.floats[i], size(architecture_.pixels));
    else
      pixels.lists.add_bytes(input.bytes[i], size(architecture_.pixels));
  if (tape)
    tape->pixels.write(first_image, first_image + chunk_images, pixels.lists);
  if (traces && spiking_)
    traces->spiking.resize(size(spiking_->features().stack().layers()));
  if (traces && quantum_ && quantum_->features())
    traces->encoder.resize(size(quantum_->features()->stack().layers()));
  if (spiking_)
    spiking_->forward(pixels, views_, *scratch.spiking, tape ? &tape->spiking : nullptr, first_image,
                      traces ? traces->spiking.data() : nullptr);
  if (quantum_)
    quantum_->forward(pixels, views_, *scratch.quantum, tape ? &tape->quantum : nullptr, first_image,
                      traces && quantum_->features() ? traces->encoder.data() : nullptr);
}

void Network::read_out(const Traces &traces, int first, int count, Scratch &scratch) const {
  const auto means = [&](const std::vector<LayerTrace> &layers, int width) {
    return layers.back().mean.data() + size(first * padded(width));
  };
  if (spiking_)
    spiking_->read_out(count, means(traces.spiking, spiking_->features().width()), views_, *scratch.spiking);
  if (quantum_ && quantum_->features())
    quantum_->read_out(count, means(traces.encoder, quantum_->features()->width()), views_, *scratch.quantum);
}

DeviceCircuit Network::on_device(const Device &device) const {
  std::vector<double> weights;
  if (layout_.circuit >= 0) {
    const ParameterBlock &block = layout_.blocks[size(layout_.circuit)];
    weights.assign(weights_.data() + block.offset, weights_.data() + block.offset + block.outs);
  }
  return DeviceCircuit(circuit_, weights, device, seed_, quantum_->amplitude());
}

void Network::look_through(const DeviceCircuit &device, const ChunkInput &input, int image,
                           Scratch &scratch) const {
  quantum_->run_on(device, image, input.keys[size(image)].file_index, views_, *scratch.quantum);
}

void Network::fuse(const float *s, const float *q, double ratio, float *logits) {
  const auto r = static_cast<float>(ratio);
  for (std::size_t c = 0; c < size(row_padding); ++c)
    logits[c] = s && q ? (1.0f - r) * s[c] + r * q[c] : s ? s[c] : q[c];
}

void Network::backward(int count, double ratio, bool train_spiking, bool train_quantum, Scratch &scratch,
                       Tape &tape, std::size_t first_image) const {
  const bool both = spiking_ && quantum_;
  const auto branch_cotangent = [&](float share) {
    for (std::size_t i = 0; i < size(count * row_padding); ++i)
      scratch.d_branch[i] = share * scratch.d_logits[i];
    return scratch.d_branch.data();
  };
  const auto r = static_cast<float>(ratio);
  if (spiking_ && train_spiking)
    spiking_->backward(count, branch_cotangent(both ? 1.0f - r : 1.0f), views_, *scratch.spiking,
                       tape.spiking, first_image);
  if (quantum_ && train_quantum)
    quantum_->backward(count, branch_cotangent(both ? r : 1.0f), views_, *scratch.quantum, tape.quantum,
                       first_image);
}

void Network::stack_source(const SpikingFeatures &features, const SpikingFeatures::Tape &tape,
                           std::size_t layer, const Tape &all, std::size_t images, Source &source) const {
  const SpikingStack &stack = features.stack();
  const int l = static_cast<int>(layer);
  source.rows = images * size(stack.rows_per_image(l));
  source.delta = tape.stack.delta[layer].data();
  source.delta_stride = padded(stack.width(l));
  const EventTape &input = layer > 0             ? tape.stack.input[layer]
                           : features.constant() ? all.pixels
                                                 : tape.spikes;
  source.events = input.view(source.rows);
}

Network::Source Network::source(int block, const Tape &tape, std::size_t images) const {
  Source source;
  const auto dense = [&](const DenseTape &t) {
    source = {{}, t.x.data(), t.x_stride, t.delta.data(), t.delta_stride, images};
  };
  const auto at = [&](const std::vector<int> &blocks) {
    return !blocks.empty() && block >= blocks.front() && block <= blocks.back() ? block - blocks.front() : -1;
  };
  if (const int l = at(layout_.spiking); l >= 0)
    stack_source(spiking_->features(), tape.spiking.features, size(l), tape, images, source);
  else if (const int e = at(layout_.encoder); e >= 0)
    stack_source(*quantum_->features(), tape.quantum.features, size(e), tape, images, source);
  else if (const int p = at(layout_.projection); p >= 0)
    dense(tape.quantum.projection[size(p)]);
  else if (block == layout_.spiking_readout)
    dense(tape.spiking.readout);
  else if (block == layout_.quantum_readout)
    dense(tape.quantum.readout);
  else if (block == layout_.angles) {
    dense(tape.quantum.angles);
    if (layout_.encoder.empty()) { // straight from the image
      source.x = nullptr;
      source.events = tape.pixels.view(images);
    }
  }
  return source;
}

void Network::gradient(int block, const Tape &tape, std::size_t images, int first, int count,
                       float *gradient) const {
  const ParameterBlock &b = layout_.blocks[size(block)];
  const DenseKernels &k = *kernels_->dense;
  if (b.is_circuit) { // partial sums of the chunks, in order
    const std::size_t chunks = (images + chunk_images - 1) / chunk_images;
    k.sum_rows(static_cast<int>(chunks), b.padded, tape.quantum.circuit.data(), b.padded, gradient);
    return;
  }
  const Source s = source(block, tape, images);
  const int weights = std::min(count, b.inputs - first);
  if (weights > 0 && s.x)
    k.gradient(static_cast<int>(s.rows), first, weights, b.padded, s.x, s.x_stride, s.delta, s.delta_stride,
               gradient);
  else if (weights > 0)
    k.gradient_events(&s.events, first, weights, b.padded, s.delta, s.delta_stride, gradient);
  if (first + count > b.inputs)
    k.sum_rows(static_cast<int>(s.rows), b.padded, s.delta, s.delta_stride,
               gradient + size(b.inputs - first) * size(b.padded));
}

} // namespace duet
