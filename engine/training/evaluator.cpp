#include "engine/training/evaluator.h"
#include "engine/data/pixels.h"
#include "engine/training/batch_update.h"
#include "engine/training/trainer.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

/// One image of a set as the network's input.
void put_image(const ImageSet &images, std::size_t image, const DataSettings &data, std::uint64_t seed,
               float *pixels, std::size_t at, ChunkInput &input) {
  input.keys[at] = {images.file_index[image], 0, false};
  input.bytes[at] = images.image(image).data();
  if (!changes_test_pixels(data))
    return;
  float *own = pixels + at * images.pixel_count();
  test_pixels(images, image, data, seed, own);
  input.floats[at] = own;
}

Logits logits_of(const float *row) {
  Logits logits;
  std::copy(row, row + class_count, logits.begin());
  return logits;
}

/// Which of an image's numbers are not finite; null when all are.
const char *overflow_in(const Network &network, const Network::Scratch &scratch, int image) {
  const auto finite = [](const float *row) {
    return std::all_of(row, row + class_count, [](float x) { return std::isfinite(x); });
  };
  const std::size_t row = size(image * row_padding);
  if (network.spiking()) {
    if (!network.spiking()->features().stack().finite(scratch.spiking->features.stack, image))
      return "the currents of the spiking branch's neurons are";
    if (!finite(network.spiking_logits(scratch) + row))
      return "the spiking branch's logits are";
  }
  if (network.quantum()) {
    const auto &encoder = network.quantum()->features();
    if (encoder && !encoder->stack().finite(scratch.quantum->features.stack, image))
      return "the currents of the neurons before the circuit are";
    if (!finite(network.quantum_logits(scratch) + row))
      return "the quantum branch's logits are";
  }
  return nullptr;
}

std::string overflow_sentence(std::size_t image, const char *numbers) {
  return "The numbers overflow on test image " + std::to_string(image) + ": " + numbers +
         " not finite, for the weights are too large.";
}

StackRecord record_of(const std::vector<LayerTrace> &traces, const SpikingFeatures &features,
                      const float *mean) {
  StackRecord record;
  const SpikingStack &stack = features.stack();
  for (int l = 0; l < stack.layers(); ++l) {
    LayerRecord layer;
    layer.neurons = stack.width(l);
    layer.steps = stack.steps();
    for (int t = 0; t < layer.steps; ++t)
      for (int i = 0; i < layer.neurons; ++i) {
        const std::size_t at = size(t * padded(layer.neurons) + i);
        layer.spikes.push_back(static_cast<std::uint16_t>(std::min(65535.0f, traces[size(l)].spikes[at])));
        layer.membrane.push_back(traces[size(l)].membrane[at]);
        layer.after.push_back(traces[size(l)].after[at]);
      }
    record.layers.push_back(std::move(layer));
  }
  record.mean_rate.assign(mean, mean + features.width());
  return record;
}

/// What the scratch holds in a row of each branch.
Answer answer_of(const Network &network, const Network::Scratch &scratch, int spiking_row, int quantum_row,
                 double ratio) {
  Answer answer;
  const float *spiking = network.spiking_logits(scratch), *quantum = network.quantum_logits(scratch);
  if (spiking) {
    spiking += spiking_row * row_padding;
    answer.logits_spiking = logits_of(spiking);
  }
  if (quantum) {
    quantum += quantum_row * row_padding;
    answer.logits_quantum = logits_of(quantum);
    const QuantumBranch &branch = *network.quantum();
    const int n = branch.qubits();
    const float *inputs = scratch.quantum->inputs.data() + quantum_row * n;
    const float *values = scratch.quantum->values.data() + quantum_row * padded(n);
    if (!branch.amplitude())
      answer.angles.assign(inputs, inputs + n);
    answer.expectation_z.assign(values, values + n);
  }
  alignas(64) float logits[row_padding];
  Network::fuse(spiking, quantum, ratio, logits);
  answer.logits_fused = logits_of(logits);
  return answer;
}

/// [step]; empty where no branch spikes. A quantum branch without an encoder keeps its first row.
std::vector<Answer> answers_by_step(const Network &network, const Network::Traces &traces,
                                    Network::Scratch &scratch, double ratio) {
  const bool encoder = network.quantum() && network.quantum()->features();
  std::vector<Answer> answers;
  if (!network.spiking() && !encoder)
    return answers;
  const int steps = network.architecture().spiking.steps;
  for (int first = 0; first < steps; first += chunk_images) {
    const int count = std::min(chunk_images, steps - first);
    network.read_out(traces, first, count, scratch);
    for (int row = 0; row < count; ++row)
      answers.push_back(answer_of(network, scratch, row, encoder ? row : 0, ratio));
  }
  return answers;
}

} // namespace

Evaluation evaluation_of(const EvaluationSums &sums, const Network &network) {
  const double images = std::max(1.0, static_cast<double>(sums.images));
  Evaluation e;
  e.images = sums.images;
  e.loss = sums.loss / images;
  e.accuracy = static_cast<double>(sums.correct) / images;
  if (network.spiking())
    e.accuracy_spiking = static_cast<double>(sums.correct_spiking) / images;
  if (network.quantum())
    e.accuracy_quantum = static_cast<double>(sums.correct_quantum) / images;
  return e;
}

void Evaluator::run_chunk(std::size_t chunk, const ImageSet &images, std::size_t limit,
                          const DataSettings &data, std::uint64_t seed, double ratio, TestAnswers *answers,
                          const DeviceCircuit *device) {
  const ScratchPool::Loan slot = pool_.borrow();
  const std::size_t first = chunk * chunk_images;
  ChunkInput input;
  input.count = static_cast<int>(std::min<std::size_t>(chunk_images, limit - first));
  for (std::size_t i = 0; i < size(input.count); ++i)
    put_image(images, first + i, data, seed, slot->pixels.data(), i, input);
  Network::Scratch &scratch = slot->network;
  network_.forward(input, scratch, nullptr, 0);
  const float *spiking = network_.spiking_logits(scratch), *quantum = network_.quantum_logits(scratch);
  EvaluationSums sums;
  alignas(64) float logits[row_padding];
  for (int i = 0; i < input.count; ++i) {
    const std::size_t image = first + size(i), row = size(i * row_padding);
    const int target = images.targets[image];
    const char *numbers = overflow_in(network_, scratch, i);
    if (device && !numbers)
      network_.look_through(*device, input, i, scratch);
    Network::fuse(spiking ? spiking + row : nullptr, quantum ? quantum + row : nullptr, ratio, logits);
    const double loss = kernels().dense->cross_entropy(logits, target, nullptr);
    if (numbers || !std::isfinite(loss)) {
      chunk_overflows_[chunk] = overflow_sentence(image, numbers ? numbers : "the loss is");
      return;
    }
    sums.loss += loss;
    sums.correct += best_class(logits) == target;
    sums.correct_spiking += spiking && best_class(spiking + row) == target;
    sums.correct_quantum += quantum && best_class(quantum + row) == target;
    if (answers && spiking)
      answers->spiking[image] = logits_of(spiking + row);
    if (answers && quantum)
      answers->quantum[image] = logits_of(quantum + row);
  }
  chunk_sums_[chunk] = sums;
}

std::optional<EvaluationSums> Evaluator::run(const ImageSet &images, std::size_t limit,
                                             const DataSettings &data, std::uint64_t seed, double ratio,
                                             TestAnswers *answers, std::stop_token stop,
                                             const DeviceCircuit *device) {
  limit = std::min(limit, images.size());
  const std::size_t chunks = (limit + chunk_images - 1) / chunk_images;
  chunk_sums_.resize(std::max(chunks, chunk_sums_.size()));
  chunk_overflows_.assign(chunks, {});
  if (answers) {
    answers->noise = data.noise;
    answers->targets.assign(images.targets.begin(),
                            images.targets.begin() + static_cast<std::ptrdiff_t>(limit));
    answers->spiking.resize(network_.spiking() ? limit : 0);
    answers->quantum.resize(network_.quantum() ? limit : 0);
  }
  workers_.parallel_chunks(chunks, [&](std::size_t c) {
    if (!stop.stop_requested())
      run_chunk(c, images, limit, data, seed, ratio, answers, device);
  });
  if (stop.stop_requested())
    return std::nullopt;
  for (const std::string &overflow : chunk_overflows_)
    if (!overflow.empty())
      throw Overflow(ExitCode::data, overflow);
  EvaluationSums total;
  total.images = static_cast<std::uint32_t>(limit);
  for (std::size_t c = 0; c < chunks; ++c) {
    total.loss += chunk_sums_[c].loss;
    total.correct += chunk_sums_[c].correct;
    total.correct_spiking += chunk_sums_[c].correct_spiking;
    total.correct_quantum += chunk_sums_[c].correct_quantum;
  }
  return total;
}

Inspection Evaluator::inspect(const ImageSet &images, std::uint32_t image, const DataSettings &data,
                              std::uint64_t seed, double ratio) {
  const ScratchPool::Loan slot = pool_.borrow();
  ChunkInput input;
  input.count = 1;
  put_image(images, image, data, seed, slot->pixels.data(), 0, input);
  Network::Traces traces;
  Network::Scratch &scratch = slot->network;
  network_.forward(input, scratch, nullptr, 0, &traces);
  if (const char *numbers = overflow_in(network_, scratch, 0))
    throw Overflow(ExitCode::data, overflow_sentence(image, numbers));

  Inspection result;
  result.index = image;
  result.file_index = images.file_index[image];
  result.target = images.targets[image];
  result.rows = images.rows;
  result.cols = images.cols;
  result.pixels.resize(images.pixel_count());
  test_pixels(images, image, data, seed, result.pixels.data());
  if (network_.spiking())
    result.spiking = record_of(traces.spiking, network_.spiking()->features(),
                               scratch.spiking->features.stack.mean.data());
  if (network_.quantum()) {
    const QuantumBranch &branch = *network_.quantum();
    if (branch.features())
      result.encoder =
          record_of(traces.encoder, *branch.features(), scratch.quantum->features.stack.mean.data());
    result.probabilities = branch.probabilities(*scratch.quantum);
  }
  static_cast<Answer &>(result) = answer_of(network_, scratch, 0, 0, ratio);
  result.by_step = answers_by_step(network_, traces, scratch, ratio);
  return result;
}

} // namespace duet
