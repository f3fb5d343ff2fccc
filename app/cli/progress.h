// Training's progress on stderr: a bar on a terminal, a line an epoch elsewhere.
#pragma once
#include "app/cli/status_line.h"
#include "engine/session/training_run.h"
#include <chrono>

namespace duet {

class ProgressBar {
public:
  /// After every batch; draws at most ten times a second.
  void batch(const TrainingRun &run);
  /// Makes room for other text on the terminal.
  void clear() { line_.clear(); }
  /// After every evaluated epoch.
  void epoch(const TrainingRun &run);

private:
  std::string rest(const TrainingRun &run) const;

  using Clock = std::chrono::steady_clock;
  StatusLine line_;
  Clock::time_point begin_ = Clock::now(), last_draw_{};
  std::uint64_t first_step_ = 0;
  bool begun_ = false;
};

} // namespace duet
