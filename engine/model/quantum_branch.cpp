#include "engine/model/quantum_branch.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }
constexpr float half_pi = static_cast<float>(std::numbers::pi / 2);

} // namespace

QuantumBranch::QuantumBranch(const Architecture &a, const ParameterLayout &layout, const Circuit &circuit,
                             std::uint64_t seed, const Kernels &kernels)
    : input_(a.quantum.input), qubits_(a.quantum.qubits), pixels_(a.pixels), angles_block_(layout.angles),
      readout_block_(layout.quantum_readout), kernels_(kernels.dense) {
  if (input_ == QuantumInput::spiking) {
    features_.emplace(a, seed, "quantum.encoder", layout.encoder, *kernels.dense);
    projection_ = a.quantum.projection;
    projection_block_ = layout.projection.empty() ? 0 : layout.projection.front();
  }
  if (a.quantum.ansatz != Ansatz::none)
    program_.emplace(circuit, amplitude(), kernels);
}

std::size_t QuantumBranch::inputs_per_image() const {
  return amplitude() ? std::size_t{1} << qubits_ : size(qubits_);
}

std::span<const LinearView> QuantumBranch::stack_views(std::span<const LinearView> views) const {
  return views.subspan(size(features_->blocks().front()), features_->blocks().size());
}

void QuantumBranch::reserve(Scratch &s, bool training) const {
  const std::size_t n = size(padded(qubits_)) * chunk_images;
  int widest = padded(qubits_);
  if (features_) {
    features_->reserve(s.features, training);
    widest = std::max(widest, padded(features_->width()));
  }
  s.hidden.resize(projection_.size());
  for (std::size_t i = 0; i < projection_.size(); ++i) {
    s.hidden[i].assign(size(padded(projection_[i])) * chunk_images, 0.0f);
    widest = std::max(widest, padded(projection_[i]));
  }
  if (input_ == QuantumInput::pooled || amplitude())
    s.image.assign(size(pixels_), 0.0f);
  s.inputs.assign(inputs_per_image() * chunk_images, 0.0f);
  for (auto *rows :
       {&s.before_tanh, &s.squashed, &s.values, &s.d_values, &s.expectation, &s.cotangent, &s.d_inputs})
    rows->assign(n, 0.0f);
  s.logits.assign(size(row_padding * chunk_images), 0.0f);
  s.d_wide_a.assign(size(widest) * chunk_images, 0.0f);
  s.d_wide_b.assign(size(widest) * chunk_images, 0.0f);
}

void QuantumBranch::reserve(Tape &tape, std::size_t images) const {
  int width = pixels_;
  if (features_) {
    features_->reserve(tape.features, images);
    width = features_->width();
  }
  tape.projection.resize(projection_.size());
  for (std::size_t i = 0; i < projection_.size(); ++i) {
    tape.projection[i].reserve(images, width, projection_[i]);
    width = projection_[i];
  }
  if (trains_angles()) // linear input reads the images' lists instead of x
    tape.angles.reserve(images, features_ ? width : 1, qubits_);
  tape.readout.reserve(images, qubits_, class_count);
  if (program_)
    tape.circuit.assign((images / chunk_images) * size(padded(program_->weights())), 0.0f);
}

/// One image's list as a plain row of pixels.
void QuantumBranch::spread(const EventRows &lists, int image, Scratch &s) const {
  std::fill(s.image.begin(), s.image.end(), 0.0f);
  for (std::uint32_t e = lists.start[image]; e < lists.start[image + 1]; ++e)
    s.image[lists.index[e]] = lists.value[e];
}

void QuantumBranch::pooled_angles(const ChunkPixels &pixels, Scratch &s) const {
  const std::size_t n = size(qubits_), d = size(pixels_);
  for (int image = 0; image < pixels.count; ++image) {
    spread(pixels.lists.view(), image, s);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t first = d * i / n, end = d * (i + 1) / n;
      double sum = 0;
      for (std::size_t p = first; p < end; ++p)
        sum += static_cast<double>(s.image[p]);
      const double mean = end > first ? sum / static_cast<double>(end - first) : 0.0;
      s.inputs[size(image) * n + i] = static_cast<float>(std::numbers::pi * (mean - 0.5));
    }
  }
}

void QuantumBranch::image_amplitudes(const ChunkPixels &pixels, Scratch &s) const {
  const std::size_t dimension = inputs_per_image();
  for (int image = 0; image < pixels.count; ++image) {
    spread(pixels.lists.view(), image, s);
    double squares = 0;
    for (const float x : s.image)
      squares += static_cast<double>(x) * static_cast<double>(x);
    float *row = s.inputs.data() + size(image) * dimension;
    std::fill(row, row + dimension, 0.0f);
    if (squares == 0) { // a black image is |0..0>
      row[0] = 1.0f;
      continue;
    }
    const double scale = 1.0 / std::sqrt(squares);
    for (std::size_t p = 0; p < s.image.size(); ++p)
      row[p] = static_cast<float>(static_cast<double>(s.image[p]) * scale);
  }
}

void QuantumBranch::angles_from_pixels(const ChunkPixels &pixels, std::span<const LinearView> views,
                                       Scratch &s) const {
  const LinearView &last = views[size(angles_block_)];
  const EventRows rows = pixels.lists.view();
  kernels_->linear_events(pixels.count, pixels_, padded(qubits_), &rows, last.weights, last.bias,
                          s.before_tanh.data(), padded(qubits_));
  squash(pixels.count, s);
}

void QuantumBranch::angles_from_means(int count, const float *means, std::span<const LinearView> views,
                                      Scratch &s, Tape *tape, std::size_t first_image) const {
  const float *x = means;
  int width = features_->width();
  for (std::size_t i = 0; i < projection_.size(); ++i) {
    const LinearView &view = views[size(projection_block_) + i];
    if (tape)
      std::memcpy(tape->projection[i].x_row(first_image), x, size(count * padded(width)) * sizeof(float));
    kernels_->linear(count, width, view.outs, x, padded(width), view.weights, view.bias, s.hidden[i].data(),
                     view.outs);
    x = s.hidden[i].data();
    width = projection_[i];
  }
  if (tape)
    std::memcpy(tape->angles.x_row(first_image), x, size(count * padded(width)) * sizeof(float));
  const LinearView &last = views[size(angles_block_)];
  const int n = padded(qubits_);
  kernels_->linear(count, width, n, x, padded(width), last.weights, last.bias, s.before_tanh.data(), n);
  squash(count, s);
}

void QuantumBranch::squash(int count, Scratch &s) const {
  const int n = padded(qubits_);
  kernels_->tanh(count * n, s.before_tanh.data(), s.squashed.data());
  const float scale = program_ ? half_pi : 1.0f; // the tanh twin takes tanh itself
  for (int image = 0; image < count; ++image)
    for (int i = 0; i < qubits_; ++i)
      s.inputs[size(image * qubits_ + i)] = scale * s.squashed[size(image * n + i)];
}

void QuantumBranch::run_circuit(int count, std::span<const LinearView> views, Scratch &s, Tape *tape,
                                std::size_t first_image) const {
  if (program_)
    program_->forward(size(count), s.inputs.data(), s.expectation.data(), s.workspace);
  say(0, count, program_ ? s.expectation.data() : s.inputs.data(), views, s);
  if (tape)
    std::memcpy(tape->readout.x_row(first_image), s.values.data(),
                size(count * padded(qubits_)) * sizeof(float));
}

void QuantumBranch::say(int first, int count, const float *reached, std::span<const LinearView> views,
                        Scratch &s) const {
  const int n = padded(qubits_);
  float *values = s.values.data() + first * n;
  for (int image = 0; image < count; ++image)
    for (int i = 0; i < qubits_; ++i)
      values[image * n + i] = reached[image * qubits_ + i];
  const LinearView &readout = views[size(readout_block_)];
  kernels_->linear(count, qubits_, row_padding, values, n, readout.weights, readout.bias,
                   s.logits.data() + first * row_padding, row_padding);
}

void QuantumBranch::run_on(const DeviceCircuit &device, int image, std::uint32_t key,
                           std::span<const LinearView> views, Scratch &s) const {
  const std::size_t width = inputs_per_image();
  const float *row = s.inputs.data() + size(image) * width;
  const std::vector<double> input(row, row + width);
  const DeviceAnswer answer = device.look(input, key);
  float *seen = s.expectation.data() + image * qubits_;
  for (std::size_t i = 0; i < size(qubits_); ++i)
    seen[i] = static_cast<float>(answer.seen()[i]);
  say(image, 1, seen, views, s);
}

void QuantumBranch::forward(const ChunkPixels &pixels, std::span<const LinearView> views, Scratch &s,
                            Tape *tape, std::size_t first_image, LayerTrace *traces) const {
  if (features_) {
    features_->forward(pixels, stack_views(views), s.features, tape ? &tape->features : nullptr, first_image,
                       traces);
    angles_from_means(pixels.count, s.features.stack.mean.data(), views, s, tape, first_image);
  } else if (trains_angles()) {
    angles_from_pixels(pixels, views, s);
  } else if (amplitude()) {
    image_amplitudes(pixels, s);
  } else {
    pooled_angles(pixels, s);
  }
  run_circuit(pixels.count, views, s, tape, first_image);
}

void QuantumBranch::read_out(int count, const float *means, std::span<const LinearView> views,
                             Scratch &s) const {
  angles_from_means(count, means, views, s, nullptr, 0);
  run_circuit(count, views, s, nullptr, 0);
}

void QuantumBranch::backward(int count, const float *d_logits, std::span<const LinearView> views, Scratch &s,
                             Tape &tape, std::size_t first_image) const {
  const int n = padded(qubits_);
  std::memcpy(tape.readout.delta_row(first_image), d_logits, size(count * row_padding) * sizeof(float));
  kernels_->linear(count, class_count, n, d_logits, row_padding, views[size(readout_block_)].transposed,
                   nullptr, s.d_values.data(), n);
  for (int image = 0; image < count; ++image)
    for (int i = 0; i < qubits_; ++i)
      s.cotangent[size(image * qubits_ + i)] = s.d_values[size(image * n + i)];
  const float *d_inputs = s.cotangent.data();
  if (program_) {
    float *sums = tape.circuit.data() + first_image / chunk_images * size(padded(program_->weights()));
    program_->gradient(size(count), s.inputs.data(), s.cotangent.data(), nullptr,
                       trains_angles() ? s.d_inputs.data() : nullptr, sums, s.workspace);
    d_inputs = s.d_inputs.data();
  }
  if (!trains_angles())
    return;
  const float scale = program_ ? half_pi : 1.0f;
  float *delta = tape.angles.delta_row(first_image);
  for (int image = 0; image < count; ++image)
    for (int i = 0; i < qubits_; ++i) {
      const float y = s.squashed[size(image * n + i)];
      delta[image * n + i] = d_inputs[image * qubits_ + i] * scale * (1.0f - y * y);
    }
  if (!features_)
    return;
  float *x = s.d_wide_a.data(), *other = s.d_wide_b.data();
  int width = projection_.empty() ? features_->width() : projection_.back();
  kernels_->linear(count, qubits_, padded(width), delta, n, views[size(angles_block_)].transposed, nullptr, x,
                   padded(width));
  for (std::size_t i = projection_.size(); i-- > 0;) {
    const int below = i ? projection_[i - 1] : features_->width();
    std::memcpy(tape.projection[i].delta_row(first_image), x, size(count * padded(width)) * sizeof(float));
    kernels_->linear(count, width, padded(below), x, padded(width),
                     views[size(projection_block_) + i].transposed, nullptr, other, padded(below));
    std::swap(x, other);
    width = below;
  }
  features_->backward(count, x, stack_views(views), s.features, tape.features, first_image);
}

void QuantumBranch::set_circuit_weights(std::span<const float> weights) {
  if (program_)
    program_->set_weights(weights);
}

std::vector<double> QuantumBranch::probabilities(Scratch &s) const {
  if (!program_)
    return {};
  std::vector<double> result(std::size_t{1} << qubits_);
  program_->probabilities(s.inputs.data(), result.data(), s.workspace);
  return result;
}

} // namespace duet
