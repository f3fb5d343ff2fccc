// What a session does with each command and between them. No thread of its own: the session's thread
// calls it, so that it can be read as one story. No exception leaves it.
#pragma once
#include "engine/session/onlooker.h"
#include "engine/session/pace.h"
#include "engine/session/run_shelf.h"
#include "engine/session/session.h"
#include "engine/session/supplies.h"
#include <chrono>
#include <functional>

namespace duet {

class Conductor {
public:
  using Post = std::function<void(std::shared_ptr<const SessionView>)>;
  Conductor(bool background, Post post);
  ~Conductor();

  void handle(const Command &command);
  bool active() const { return goal_ != Goal::none; } ///< there is something to train or evaluate
  bool evaluation_due() const;
  /// Time to wait in slow motion; 0 or less when the next step may run.
  std::chrono::steady_clock::duration until_next_step() const;
  void train();                        ///< one batch
  void evaluate(std::stop_token stop); ///< the end of an epoch; undone when stopped
  /// Nothing trains, and weights or settings are no longer those of the last count over the test set.
  bool recount_due() const;
  void recount(std::stop_token stop); ///< counts the test set again for the views; undone when stopped
  /// Hands the run to where unsaved work is kept, when it is time to.
  void keep_if_due();
  /// Time until then; none when there is nothing to keep.
  std::optional<std::chrono::steady_clock::duration> until_keep() const;
  /// Posts a view when the phase changed, a command was handled, or 33 ms have passed with news.
  void publish();

private:
  using Clock = std::chrono::steady_clock;
  enum class Goal { none, run, batches, epoch };

  void act(const Run &);
  void act(const Pause &);
  void act(const StepBatches &);
  void act(const StepEpoch &);
  void act(const Change &);
  void act(const Restart &);
  void act(const RestoreWeights &);
  void act(const Probe &);
  void act(const Mute &);
  void act(const LookAt &);
  void act(const SlowMotion &);
  void act(const Save &);
  void act(const OpenRun &);
  void act(const KeepNow &);

  void begin(Course course);
  void exchange_circuit(); ///< the run has another one
  void settle();           ///< the goal is reached or given up
  void fail(const std::string &sentence);
  void tell(Notice notice);
  void set_phase(Phase phase);
  bool guarded(const std::function<void()> &work);
  void maybe_advise();
  void inspect(bool at_once);
  double seconds_left() const;
  std::string state_text() const { return course_.state_text(); }
  bool worth_keeping() const;
  Clock::time_point keep_due() const;
  void keep();
  TrainingRun &need_run();
  /// The folder of a run that is open here, or about to be. Throws Error when somebody else is using it.
  std::shared_ptr<RunFolder> hold(const std::filesystem::path &folder) const;
  bool has_run() const { return course_.run != nullptr; }

  Supplies supplies_;
  Post post_;
  Course course_;
  RunShelf shelf_; ///< runs that Restart or OpenRun replaced
  std::uint64_t last_id_ = 0, handled_ = 0;
  Phase phase_ = Phase::empty, posted_phase_ = Phase::empty;
  Goal goal_ = Goal::none;
  std::uint64_t goal_step_ = 0;
  int goal_epochs_ = 0;
  bool news_ = true, urgent_ = true;
  Clock::time_point last_post_{}, last_keep_{};
  Clock::duration keep_interval_{};

  std::shared_ptr<const Survey> survey_;
  Pace pace_;
  Onlooker onlooker_;
  Counsel counsel_;
  std::optional<Notice> notice_;
  std::uint64_t look_notice_ = 0; ///< id of the notice about a source that was only looked at; 0: none
  std::uint64_t last_notice_ = 0;
  std::optional<Trouble> advised_; ///< the notice is advice of this, and goes away when its cause does
};

} // namespace duet
