// What a Trainer is made of.
#pragma once
#include "engine/training/batch_update.h"
#include "engine/training/evaluator.h"
#include "engine/training/history.h"
#include "engine/training/trainer.h"

namespace duet {

/// Everything training changes, in one copyable value: the last good state is one of these.
struct Progress {
  Position position;
  Moments moments;
  History::Sums sums;
};

struct Trainer::State {
  State(TrainerPlan p, std::shared_ptr<const Dataset> d, const Workers &w);

  /// Sizes all memory for the plan's batch.
  void reserve();
  /// The order of the current epoch's images.
  void shuffle();
  double position_in_epochs() const;
  /// The row's figures over the test and validation set; false when stopped.
  bool evaluate_epoch(EpochRow &row, TestAnswers &test_answers, const std::stop_token &stop);
  void remember_good();
  /// Puts the last good weights back and throws Error: what happened, and what to change.
  [[noreturn]] void stop_at_last_good(const std::string &what_happened, double learning_rate);
  DataSettings with_noise(const NoiseSettings &noise) const;

  TrainerPlan plan;
  std::shared_ptr<const Dataset> dataset;
  const Workers &workers;
  Network network;
  BatchUpdate batches;
  Evaluator evaluator;
  Progress now;
  History history;
  std::vector<std::uint32_t> order; ///< of the current epoch
  int order_epoch = -1;

  Progress good; ///< the last good state, with its weights
  ParameterArray good_weights;
  std::uint64_t good_interval = 1; ///< steps between two copies

  std::shared_ptr<const TestAnswers> answers;
  std::shared_ptr<const Inspection> inspection;
  bool circuit_changed = true;
  mutable std::shared_ptr<const CircuitWeights> circuit_copy;
};

} // namespace duet
