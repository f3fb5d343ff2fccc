// A Trainer in a thread: commands in, snapshots out. Knows no Qt.
#pragma once
#include "engine/data/dataset.h"
#include "engine/session/command.h"
#include "engine/session/shown_circuit.h"
#include "engine/training/snapshot.h"
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace duet {

enum class Phase {
  empty,   ///< nothing loaded yet
  loading, ///< reading data
  ready,   ///< weights drawn, nothing trained yet
  running,
  paused,
  evaluating,
  finished, ///< all planned epochs are done
  failed    ///< see notice: what, why, and what to change
};

/// A sentence for the person, with an optional fix: settings path and value to offer as a button.
struct Notice {
  std::uint64_t id = 0; ///< rises with every new notice
  bool is_error = false;
  std::string text;
  std::string fix_path{}, fix_value{}; ///< empty when there is no one-click fix
  std::string fetch{};                 ///< a known data set that fetching would bring; empty otherwise
};

/// The newest state of a session. Whole, immutable; the window polls it.
struct SessionView {
  Phase phase = Phase::empty;
  std::uint64_t run_id = 0;                    ///< rises with every Restart
  Experiment experiment;                       ///< as it runs now, live changes included
  std::shared_ptr<const ShownCircuit> circuit; ///< null without one, and before anything is loaded
  Snapshot training;
  std::shared_ptr<const std::vector<Mark>> marks;
  std::shared_ptr<const Dataset> dataset; ///< null until loaded
  std::shared_ptr<const Survey> survey;   ///< of the source last looked at or loaded; null before
  /// Over the whole test set with the weights and settings of this view, once they are no longer those of
  /// the last finished epoch and nothing trains; training.answers then belongs to it.
  std::optional<double> test_accuracy_now;
  std::vector<int> muting; ///< gates that are to be left out of the count below: indices, ascending
  std::shared_ptr<const MutedAnswers> muted; ///< of those; null until it is counted
  double images_per_second = 0;
  double seconds_left = 0; ///< estimate to the planned end; 0 when unknown
  double seconds = 0;      ///< training time of this run so far
  int own_epochs = 0;      ///< planned when this run began; more may have been planned since
  std::optional<Notice> notice;
  std::uint64_t handled = 0;    ///< commands that have been handled; what they did is in this view
  bool saved = false;           ///< the run folder holds this state
  std::filesystem::path folder; ///< where this run was last saved to or opened from; "" if never
};

class Session {
public:
  /// background: training threads at nice +10, for use behind a window.
  explicit Session(bool background);
  ~Session(); ///< asks to stop and joins, within 100 ms

  /// Never blocks; any thread. The number of this command: handled once a view's `handled` has reached it.
  std::uint64_t send(Command command);
  /// The newest view not yet taken, or null. Never waits. One reader.
  std::shared_ptr<const SessionView> try_take();

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace duet
