// One optimiser step: a parallel pass over chunks of images, then one over tiles of weights.
#pragma once
#include "engine/base/parallel.h"
#include "engine/data/dataset.h"
#include "engine/training/optimizer.h"
#include "engine/training/scratch_pool.h"
#include <span>

namespace duet {

/// Moments of the optimiser, in the layout of the weights.
struct Moments {
  ParameterArray first, second;
};

/// What a batch's forward pass found.
struct BatchResult {
  double loss = 0; ///< mean over the batch
  std::uint32_t correct = 0;
};

class BatchUpdate {
public:
  BatchUpdate(Network &network, const Workers &workers);
  /// Memory for batches of up to `batch` images; after this nothing is allocated.
  void reserve(int batch);

  /// Forward and backward of the given training images; leaves the tape for update().
  BatchResult forward_backward(const ImageSet &images, std::span<const std::uint32_t> batch,
                               const DataSettings &data, std::uint64_t seed, std::uint32_t epoch,
                               const TrainingSettings &training);
  /// Weight gradients and optimiser, tile by tile. Returns false when a new weight is not finite.
  bool update(const TrainingSettings &training, double learning_rate, Position &position, Moments &moments);

  /// Gradient of the circuit's weights in the last batch, before clipping.
  std::span<const float> circuit_gradient() const { return circuit_gradient_; }
  /// Gradients of the last forward_backward, before clipping, of all that is trained.
  TensorFile gradients(const TrainingSettings &training);

private:
  struct Tile {
    int block, first, count;
  };
  void plan_tiles();
  void run_chunk(std::size_t chunk, const ImageSet &images, std::span<const std::uint32_t> batch,
                 const DataSettings &data, std::uint64_t seed, std::uint32_t epoch,
                 const TrainingSettings &training);
  bool trains(const Tile &tile, const TrainingSettings &training) const;
  double gradient_norm(const TrainingSettings &training);
  bool apply_tile(const Tile &tile, const float *gradient, const OptimizerConstants &constants,
                  Moments &moments);

  Network &network_;
  const Workers &workers_;
  ScratchPool pool_;
  Network::Tape tape_;
  std::vector<Tile> tiles_;
  std::vector<double> chunk_loss_, tile_squares_;
  std::vector<std::uint32_t> chunk_correct_;
  ParameterArray clipped_; ///< all gradients, only while the norm is clipped
  std::vector<float> circuit_gradient_;
  std::size_t images_ = 0; ///< of the last batch
};

/// Index of the largest of 10 logits, the first of equals.
int best_class(const float *logits);

} // namespace duet
