// Training, evaluation and snapshots of whole networks, on the built-in images tiled to MNIST's size.
#pragma once
#include "engine/bench/bench.h"
#include "engine/training/trainer.h"
#include <memory>
#include <string>
#include <vector>

namespace duet::bench {

/// mnist-mini's 6,000 training images tiled to 60,000, its 2,000 test images tiled to test_images. Real
/// images, so that zeros and spikes are as sparse as in training.
std::shared_ptr<const Dataset> tiled_dataset(std::size_t test_images);
/// Test images for training benches: so few that the evaluation at an epoch's end does not count.
inline constexpr std::size_t few_test_images = 16;

/// A preset's trainer with settings on top ("path=value").
class TrainingBench {
public:
  TrainingBench(const std::string &preset, const std::vector<std::string> &settings,
                std::shared_ptr<const Dataset> dataset, const Workers &workers);
  ~TrainingBench();
  /// Trains one batch; ends the epoch where one is due.
  void step();
  int batch() const;
  Trainer &trainer();

private:
  std::shared_ptr<const Dataset> dataset_;
  std::unique_ptr<Trainer> trainer_;
};

double images_per_second(TrainingBench &bench, const BenchOptions &options);
/// The whole test set once, best of several, in milliseconds.
double evaluation_ms(Trainer &trainer, const BenchOptions &options);
/// One look() after a batch, median, in microseconds.
double snapshot_us(TrainingBench &bench, const BenchOptions &options);
/// The exact accuracy as a function of the ratio over the test set, in milliseconds.
double ratio_curve_ms(Trainer &trainer, const BenchOptions &options);

} // namespace duet::bench
