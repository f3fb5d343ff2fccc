// What a person can ask of a running session.
#pragma once
#include "engine/experiment/experiment.h"
#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace duet {

class KeptEntry;

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
/// A new run: data loaded, weights drawn anew.
struct Restart {
  Experiment experiment;
  std::uint64_t id = 0;                      ///< of the new run; 0 takes the next one
  std::shared_ptr<KeptEntry> kept = nullptr; ///< where it is kept while unsaved; null: where the last one was
};
/// Undo of a Restart or OpenRun: the run of that run_id comes back as it was, weights, charts and log
/// (run_shelf.h says how many are there). The run it replaces is kept in turn, so the same command with its
/// id is the redo.
struct RestoreWeights {
  std::uint64_t id;
};
struct Probe {
  std::uint32_t test_index;
}; ///< inspect this image from now on, refreshed while training
/// Counts the test set without these gates of the circuit, whenever nothing trains: the view's `muted`. The
/// run itself keeps them. None: all gates again. Another circuit ends it.
struct Mute {
  std::vector<int> operations; ///< indices into Circuit::operations
};
/// Read what a source holds without loading it: the view's survey. A source that cannot be used is told in
/// the notice.
struct LookAt {
  std::string source;
};
struct SlowMotion {
  double steps_per_second;
}; ///< 0 = full speed
/// Writes the run folder; "" takes a new one under the user's data.
struct Save {
  std::filesystem::path folder;
  bool replace = false; ///< also where another run lies there
};
/// Goes on with the run in this folder: its experiment, live changes, weights and position, paused. What
/// was running is kept for RestoreWeights, as by Restart.
struct OpenRun {
  std::filesystem::path folder;
  std::uint64_t id = 0;
  std::shared_ptr<KeptEntry> kept = nullptr; ///< as of Restart
  /// Set: the folder is where unsaved work was kept, and this the run folder it belongs to, "" for none.
  std::optional<std::filesystem::path> belongs_to = std::nullopt;
};
/// What no folder holds is handed to its KeptEntry at once; then `done` is set.
struct KeepNow {
  std::shared_ptr<std::promise<void>> done;
};

using Command = std::variant<Run, Pause, StepBatches, StepEpoch, Change, Restart, RestoreWeights, Probe, Mute,
                             LookAt, SlowMotion, Save, OpenRun, KeepNow>;

} // namespace duet
