// What a Trainer shows of itself: one whole, immutable picture. Parts that did not change keep their
// pointer, so a reader sees with one comparison that it has nothing to do.
#pragma once
#include "engine/data/settings.h"
#include "engine/model/inspection.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace duet {

/// A finished epoch: one row of metrics.csv. Training figures are running means over the epoch's
/// batches; test figures are over the whole test set after it. Never mixed.
struct EpochRow {
  int epoch = 0; ///< from 1
  double seconds = 0, images_per_second = 0;
  double train_loss = 0, train_accuracy = 0;
  double test_loss = 0, test_accuracy = 0;
  std::optional<double> test_accuracy_spiking, test_accuracy_quantum; ///< branches of this model
  std::optional<double> validation_loss, validation_accuracy;
};

/// One batch in training.
struct BatchPoint {
  double epoch = 0; ///< position, in epochs (1.5 = middle of the second)
  float loss = 0;
  float accuracy = 0;
};

/// A test evaluation on a fixed share of the test set, within an epoch.
struct RunningTest {
  double epoch = 0;
  std::uint32_t images = 0;
  double accuracy = 0, loss = 0;
  std::optional<double> accuracy_spiking, accuracy_quantum;
};

/// A live change, for the charts.
struct Mark {
  double epoch = 0;
  std::uint64_t step = 0;
  std::string label; ///< "learning rate 0.003 to 0.001"
};

/// Both branches' logits for every test image of the last evaluation: any ratio can be counted from it.
struct TestAnswers {
  std::uint64_t step = 0;            ///< weights after this many steps
  NoiseSettings noise;               ///< on the images that were answered
  std::vector<std::uint8_t> targets; ///< [image], the right output
  std::vector<Logits> spiking;       ///< [image], empty if there is no such branch
  std::vector<Logits> quantum;       ///< [image], empty if there is no such branch
};

/// What the network answers with some gates of its circuit left out and all weights as they are.
struct MutedAnswers {
  std::vector<int> operations; ///< left out: indices into the circuit's operations, ascending
  std::uint64_t step = 0;      ///< weights after this many steps
  std::uint32_t images = 0;    ///< the whole test set
  double accuracy = 0, accuracy_with_them = 0;
  std::vector<std::uint32_t> changed; ///< test images that are answered otherwise, ascending
};

/// Values of the circuit's weights and their gradient in the last batch.
struct CircuitWeights {
  std::vector<float> value, gradient;
};

/// The circuit's weights at one moment of a run.
struct CircuitMoment {
  double epoch = 0; ///< position, in epochs
  std::shared_ptr<const CircuitWeights> weights;
};

struct Snapshot {
  std::uint64_t step = 0; ///< optimiser steps done
  std::uint64_t steps_per_epoch = 1;
  int epochs_done = 0;
  int epochs_planned = 0;
  std::uint64_t images_seen = 0; ///< training images since the start of the run
  double learning_rate = 0;      ///< of the next step, schedule included
  std::shared_ptr<const std::vector<EpochRow>> epochs;
  std::shared_ptr<const std::vector<BatchPoint>> batches; ///< thinned to at most 4,000 points
  std::shared_ptr<const std::vector<RunningTest>> running;
  std::shared_ptr<const TestAnswers> answers;
  std::shared_ptr<const CircuitWeights> circuit_weights;
  std::shared_ptr<const std::vector<CircuitMoment>> circuit_history; ///< while looked at, thinned; by the run
  std::shared_ptr<const Inspection> inspection;
};

} // namespace duet
