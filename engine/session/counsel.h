// When a run is looked at for trouble, and since when its present settings hold.
#pragma once
#include "engine/session/advice.h"
#include "engine/session/training_run.h"
#include <chrono>

namespace duet {

class Counsel {
public:
  using Clock = std::chrono::steady_clock;

  void begin(const TrainingRun &run);   ///< another run: it is looked at at once
  void changed(const TrainingRun &run); ///< its settings did: what was trained before says nothing of them
  bool due(Clock::time_point now) const { return now >= next_; }
  /// Looks at a few test images and at the loss; may throw as Trainer::inspect does. The next time is due
  /// when this one has cost no more than `looking_share`, two seconds later at the earliest.
  std::optional<Advice> look(TrainingRun &run);

private:
  double since_ = 0; ///< in epochs
  Clock::time_point next_{};
};

/// Share of the time that looking may take from training.
inline constexpr double looking_share = 0.05;

} // namespace duet
