// Training's progress on stderr: a bar on a terminal, a line an epoch elsewhere.
#pragma once
#include "engine/session/training_run.h"
#include <chrono>

namespace duet {

class ProgressBar {
public:
  ProgressBar();
  ~ProgressBar();
  /// After every batch; draws at most ten times a second.
  void batch(const TrainingRun &run);
  /// After every evaluated epoch.
  void epoch(const TrainingRun &run);
  /// Takes the bar away, so that other text can follow.
  void clear();

private:
  std::string rest(const TrainingRun &run) const;

  using Clock = std::chrono::steady_clock;
  bool terminal_ = false, drawn_ = false;
  Clock::time_point begin_ = Clock::now(), last_draw_{};
  std::uint64_t first_step_ = 0;
  bool begun_ = false;
};

} // namespace duet
