#include "engine/training/batch_update.h"
#include "engine/data/pixels.h"
#include <algorithm>
#include <atomic>
#include <cmath>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

constexpr int tile_rows = 16; ///< inputs of a weight tile: one task, and one cache line of a transposed copy

} // namespace

int best_class(const float *logits) {
  return static_cast<int>(std::max_element(logits, logits + class_count) - logits);
}

BatchUpdate::BatchUpdate(Network &network, const Workers &workers) : network_(network), workers_(workers) {}

void BatchUpdate::plan_tiles() {
  tiles_.clear();
  const auto &blocks = network_.layout().blocks;
  for (std::size_t id = 0; id < blocks.size(); ++id)
    for (int first = 0; first < blocks[id].rows(); first += tile_rows)
      tiles_.push_back({static_cast<int>(id), first, std::min(tile_rows, blocks[id].rows() - first)});
  tile_squares_.assign(tiles_.size(), 0.0);
}

void BatchUpdate::reserve(int batch) {
  const std::size_t whole = size((batch + chunk_images - 1) / chunk_images * chunk_images);
  network_.reserve(tape_, whole);
  int widest = 0;
  for (const ParameterBlock &block : network_.layout().blocks)
    widest = std::max(widest, block.padded);
  pool_.reserve(workers_.threads(), network_, true, size(tile_rows) * size(widest));
  plan_tiles();
  chunk_loss_.assign(whole / chunk_images, 0.0);
  chunk_correct_.assign(whole / chunk_images, 0);
  const int circuit = network_.layout().circuit;
  circuit_gradient_.assign(circuit < 0 ? 0 : size(network_.layout().blocks[size(circuit)].outs), 0.0f);
}

void BatchUpdate::run_chunk(std::size_t chunk, const ImageSet &images, std::span<const std::uint32_t> batch,
                            const DataSettings &data, std::uint64_t seed, std::uint32_t epoch,
                            const TrainingSettings &training) {
  const ScratchPool::Loan slot = pool_.borrow();
  const std::size_t first = chunk * chunk_images;
  const bool changed = changes_training_pixels(data);
  ChunkInput input;
  input.count = static_cast<int>(std::min<std::size_t>(chunk_images, batch.size() - first));
  for (std::size_t i = 0; i < size(input.count); ++i) {
    const std::uint32_t image = batch[first + i];
    input.keys[i] = {images.file_index[image], epoch, true};
    input.bytes[i] = images.image(image).data();
    if (changed) {
      float *pixels = slot->pixels.data() + i * images.pixel_count();
      training_pixels(images, image, data, seed, epoch, pixels);
      input.floats[i] = pixels;
    }
  }
  Network::Scratch &scratch = slot->network;
  network_.forward(input, scratch, &tape_, first);
  const float *spiking = network_.spiking_logits(scratch), *quantum = network_.quantum_logits(scratch);
  const double ratio = network_.architecture().model.fusion_ratio;
  const float share = 1.0f / static_cast<float>(batch.size());
  double loss = 0;
  std::uint32_t correct = 0;
  alignas(64) float logits[row_padding];
  for (int i = 0; i < input.count; ++i) {
    const int target = images.targets[batch[first + size(i)]];
    const std::size_t row = size(i * row_padding);
    float *d = scratch.d_logits.data() + row;
    Network::fuse(spiking ? spiking + row : nullptr, quantum ? quantum + row : nullptr, ratio, logits);
    loss += kernels().dense->cross_entropy(logits, target, d);
    correct += best_class(logits) == target;
    for (int c = 0; c < row_padding; ++c)
      d[c] *= share;
  }
  network_.backward(input.count, ratio, training.train_spiking, training.train_quantum, scratch, tape_,
                    first);
  chunk_loss_[chunk] = loss;
  chunk_correct_[chunk] = correct;
}

BatchResult BatchUpdate::forward_backward(const ImageSet &images, std::span<const std::uint32_t> batch,
                                          const DataSettings &data, std::uint64_t seed, std::uint32_t epoch,
                                          const TrainingSettings &training) {
  images_ = batch.size();
  const std::size_t chunks = (batch.size() + chunk_images - 1) / chunk_images;
  workers_.parallel_chunks(
      chunks, [&](std::size_t chunk) { run_chunk(chunk, images, batch, data, seed, epoch, training); });
  BatchResult result;
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
    result.loss += chunk_loss_[chunk];
    result.correct += chunk_correct_[chunk];
  }
  result.loss /= static_cast<double>(batch.size());
  return result;
}

bool BatchUpdate::trains(const Tile &tile, const TrainingSettings &training) const {
  const Branch branch = network_.layout().blocks[size(tile.block)].branch;
  return branch == Branch::spiking ? training.train_spiking : training.train_quantum;
}

/// First pass of a clipped step: all gradients, kept, and their global norm.
double BatchUpdate::gradient_norm(const TrainingSettings &training) {
  const auto &blocks = network_.layout().blocks;
  clipped_.resize(network_.layout().floats);
  workers_.parallel_chunks(tiles_.size(), [&](std::size_t t) {
    const Tile &tile = tiles_[t];
    const ParameterBlock &block = blocks[size(tile.block)];
    tile_squares_[t] = 0;
    if (!trains(tile, training))
      return;
    float *gradient = clipped_.data() + block.offset + size(tile.first) * size(block.padded);
    network_.gradient(tile.block, tape_, images_, tile.first, tile.count, gradient);
    tile_squares_[t] = kernels().dense->sum_squares(tile.count * block.padded, gradient);
  });
  double squares = 0;
  for (const double s : tile_squares_)
    squares += s;
  return std::sqrt(squares);
}

bool BatchUpdate::apply_tile(const Tile &tile, const float *gradient, const OptimizerConstants &constants,
                             Moments &moments) {
  const ParameterBlock &block = network_.layout().blocks[size(tile.block)];
  const std::size_t at = block.offset + size(tile.first) * size(block.padded);
  if (block.is_circuit)
    std::copy(gradient, gradient + block.outs, circuit_gradient_.begin());
  const int bad = kernels().dense->optimize(&constants, tile.count * block.padded, gradient,
                                            network_.weights().data() + at, moments.first.data() + at,
                                            moments.second.data() + at);
  network_.refresh_rows(tile.block, tile.first, tile.count);
  return !bad;
}

bool BatchUpdate::update(const TrainingSettings &training, double learning_rate, Position &position,
                         Moments &moments) {
  const bool clips = training.clip_norm > 0;
  const double scale = clips ? std::min(1.0, training.clip_norm / (gradient_norm(training) + 1e-6)) : 1.0;
  const OptimizerConstants constants[2] = {
      optimizer_constants(training, learning_rate, position.updates_spiking, scale),
      optimizer_constants(training, learning_rate, position.updates_quantum, scale)};
  const auto &blocks = network_.layout().blocks;
  std::atomic<bool> finite{true};
  workers_.parallel_chunks(tiles_.size(), [&](std::size_t t) {
    const Tile &tile = tiles_[t];
    if (!trains(tile, training))
      return;
    const ParameterBlock &block = blocks[size(tile.block)];
    const OptimizerConstants &c = constants[block.branch == Branch::spiking ? 0 : 1];
    bool good = true;
    if (clips) {
      good = apply_tile(tile, clipped_.data() + block.offset + size(tile.first) * size(block.padded), c,
                        moments);
    } else {
      const ScratchPool::Loan slot = pool_.borrow();
      network_.gradient(tile.block, tape_, images_, tile.first, tile.count, slot->gradient.data());
      good = apply_tile(tile, slot->gradient.data(), c, moments);
    }
    if (!good)
      finite.store(false, std::memory_order_relaxed);
  });
  position.updates_spiking += training.train_spiking && network_.spiking();
  position.updates_quantum += training.train_quantum && network_.quantum();
  if (training.train_quantum)
    network_.refresh_circuit();
  return finite.load();
}

TensorFile BatchUpdate::gradients(const TrainingSettings &training) {
  const auto &blocks = network_.layout().blocks;
  ParameterArray all(network_.layout().floats, 0.0f);
  TensorFile named;
  for (const Tile &tile : tiles_) {
    const ParameterBlock &block = blocks[size(tile.block)];
    if (!trains(tile, training))
      continue;
    network_.gradient(tile.block, tape_, images_, tile.first, tile.count,
                      all.data() + block.offset + size(tile.first) * size(block.padded));
    if (tile.first + tile.count == block.rows())
      export_tensors(block, all, "", named);
  }
  return named;
}

} // namespace duet
