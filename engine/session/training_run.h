// One run from its first weights to its last epoch: a Trainer with a clock and the log of live changes.
// The window's session and the command line both train through this, so they end in the same bits.
// No thread of its own.
#pragma once
#include "engine/experiment/run_record.h"
#include "engine/session/change_marks.h"
#include "engine/session/circuit_curve.h"
#include "engine/training/trainer.h"
#include <memory>
#include <stop_token>

namespace duet {

class TrainingRun {
public:
  /// A new run. Throws Error when the experiment contradicts itself or the images.
  TrainingRun(const Experiment &start, std::shared_ptr<const Dataset> dataset,
              std::shared_ptr<const Workers> workers);
  /// Goes on where the record stopped.
  TrainingRun(const RunRecord &record, std::shared_ptr<const Dataset> dataset,
              std::shared_ptr<const Workers> workers);

  const Experiment &start() const { return start_; }
  const Experiment &experiment() const { return experiment_; } ///< live changes included
  Trainer &trainer() { return *trainer_; }
  const Trainer &trainer() const { return *trainer_; }
  const std::shared_ptr<const Dataset> &dataset() const { return dataset_; }

  bool finished() const { return trainer_->finished(); }
  /// All batches of the epoch are trained; the next advance() evaluates the test set.
  bool epoch_due() const { return trainer_->epoch_complete(); }
  /// The next thing in order: one batch, or an epoch's evaluation. False, with nothing changed, when
  /// finished or when the evaluation was stopped by the token. Throws Error when the numbers went wrong:
  /// the last good weights are back in place then. A batch is told in `explained`.
  bool advance(std::stop_token stop = {}, ExplainedStep *explained = nullptr);

  /// Takes new values of live settings from now on and logs them. Throws Error, changing nothing, when one
  /// of them needs a new run or contradicts another.
  void change(const Experiment &wanted);
  /// A change as it was logged.
  void repeat(const LoggedChange &change);

  double seconds() const { return seconds_; } ///< of training, evaluations left out
  /// The trainer's picture, with the times of the epochs before a resume and the circuit's past.
  Snapshot look() const;
  const std::shared_ptr<const std::vector<Mark>> &marks() const { return marks_.share(); }
  std::size_t changes() const { return changes_.size(); } ///< live changes so far
  RunRecord record() const;

private:
  double position_of(const Snapshot &snapshot) const; ///< in epochs

  Experiment start_, experiment_;
  std::shared_ptr<const Dataset> dataset_;
  std::shared_ptr<const Workers> workers_;
  std::unique_ptr<Trainer> trainer_;
  std::vector<LoggedChange> changes_;
  ChangeMarks marks_;
  std::vector<EpochRow> earlier_rows_; ///< of before a resume
  mutable std::shared_ptr<const std::vector<EpochRow>> seen_rows_,
      timed_rows_;               ///< keeps look()'s pointer the same
  mutable CircuitCurve circuit_; ///< grows with every look
  double seconds_ = 0, epoch_seconds_ = 0;
};

} // namespace duet
