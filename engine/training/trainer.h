// Trains one network, one batch at a time. No thread of its own, no clock, no files, no Qt.
#pragma once
#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/data/dataset.h"
#include "engine/io/tensors.h"
#include "engine/model/settings.h"
#include "engine/training/explained_step.h"
#include "engine/training/settings.h"
#include "engine/training/snapshot.h"
#include <memory>
#include <optional>
#include <stop_token>

namespace duet {

/// What a Trainer needs beside the images.
struct TrainerPlan {
  std::uint64_t seed = 1;
  Architecture architecture;
  DataSettings data; ///< noise and augment; the rest has already been applied by load_dataset
  TrainingSettings training;
};

/// Loss and accuracies over a set, with the branches' own accuracies inside this model.
struct Evaluation {
  std::uint32_t images = 0;
  double loss = 0, accuracy = 0;
  std::optional<double> accuracy_spiking, accuracy_quantum;
};

class Trainer {
public:
  /// Initial weights are drawn here. Throws Error for an architecture that cannot be built.
  /// `workers` must outlive the trainer.
  Trainer(TrainerPlan plan, std::shared_ptr<const Dataset> dataset, const Workers &workers);
  ~Trainer();

  const TrainerPlan &plan() const;
  const Dataset &dataset() const;

  /// One batch: forward, backward, update. The loss is checked before the update: a NaN or infinity in
  /// it or in the updated weights puts the last good weights back and throws Error with what to change.
  /// Does nothing once all epochs are done. What the step did is told in `explained`, also of one that
  /// throws.
  void step(ExplainedStep *explained = nullptr);
  std::uint64_t steps_done() const;
  std::uint64_t steps_per_epoch() const;
  std::uint64_t steps_planned() const; ///< done at the end, should the settings stay as they are
  int epochs_done() const;
  /// All batches of the current epoch are trained and finish_epoch() is due.
  bool epoch_complete() const;
  bool finished() const; ///< all planned epochs are done
  /// Evaluates the test (and validation) set and appends the row; `seconds` is the caller's clock for the
  /// epoch's training. Returns false, changing nothing, when stopped by the token.
  bool finish_epoch(double seconds, std::stop_token stop = {});

  /// Whole test set, at any ratio and noise. `answers` also keeps both branches' logits.
  Evaluation evaluate_test(double ratio, const NoiseSettings &noise, TestAnswers *answers = nullptr,
                           std::stop_token stop = {});
  /// The whole test set without these gates of the circuit, and with them for comparison. Throws Error for a
  /// gate that is not there; nothing when stopped.
  std::optional<MutedAnswers> evaluate_without(std::vector<int> operations, double ratio,
                                               const NoiseSettings &noise, std::stop_token stop = {});
  /// A fixed first share of the test set, for the running curve; appended to the snapshot's `running`.
  void running_test(std::uint32_t images);
  /// Forward pass of one test image with everything recorded.
  Inspection inspect(std::uint32_t test_index);

  /// Takes new values of what may change while training: fusion ratio, training settings (all but
  /// epochs order), neuron parameters, noise, and the circuit where is_circuit_edit() allows it: its weights
  /// go on by their numbers with their moments, further ones begin at 0, and those that no gate uses wait.
  /// Throws Error if the shape of the model would change otherwise, or if the circuit cannot be built; then
  /// nothing has changed.
  void reconfigure(const Architecture &architecture, const TrainingSettings &training,
                   const NoiseSettings &noise);

  /// A picture of the state; cheap: unchanged parts share pointers.
  Snapshot look() const;

  /// Weights only, by the names of engine/MODEL.md 3.
  TensorFile weights() const;
  void set_weights(const TensorFile &weights);
  /// First 16 hex digits of the SHA-256 of all tensor bytes in the order of their names.
  std::string signature() const;
  std::size_t parameter_count() const;
  /// Weights, optimiser state, position and running sums: with the plan, live changes included, all that is
  /// needed to go on to the same bits.
  TensorFile checkpoint() const;
  /// Of a trainer with the same plan. Throws Error, changing nothing.
  void restore(const TensorFile &checkpoint);

private:
  struct State;
  void exchange_circuit(const QuantumSettings &quantum);
  std::unique_ptr<State> state_;
};

} // namespace duet
