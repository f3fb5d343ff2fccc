// What a person can ask of a running session.
#pragma once
#include "engine/experiment/experiment.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>

namespace duet {

struct Run {}; ///< train on until paused or finished
struct Pause {};
struct StepBatches {
  int count = 1;
};                   ///< then pause
struct StepEpoch {}; ///< to the end of this epoch, then pause
/// A live change: the experiment with one or more live settings changed. Logged with its step. What needs
/// a reset is refused with a sentence in the snapshot's notice.
struct Change {
  Experiment experiment;
};
struct Restart {
  Experiment experiment;
}; ///< a new run: data loaded, weights drawn anew
/// Undo of a Restart or OpenRun: the run of that run_id comes back as it was, weights, charts and log. The
/// last four are kept. The run it replaces is kept in turn, so the same command with its id is the redo.
struct RestoreWeights {
  std::uint64_t id;
};
struct Probe {
  std::uint32_t test_index;
}; ///< inspect this image from now on, refreshed while training
/// Read what a source holds without loading it: the view's survey. A source that cannot be used is told in
/// the notice.
struct LookAt {
  std::string source;
};
struct SlowMotion {
  double steps_per_second;
}; ///< 0 = full speed
struct Save {
  std::filesystem::path folder;
}; ///< writes the run folder; "" takes a new one under the user's data
/// Goes on with the run in this folder: its experiment, live changes, weights and position, paused. What
/// was running is kept for RestoreWeights, as by Restart.
struct OpenRun {
  std::filesystem::path folder;
};

using Command = std::variant<Run, Pause, StepBatches, StepEpoch, Change, Restart, RestoreWeights, Probe,
                             LookAt, SlowMotion, Save, OpenRun>;

} // namespace duet
