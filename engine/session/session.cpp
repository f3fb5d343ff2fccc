#include "engine/session/session.h"
#include "engine/base/latest.h"
#include "engine/base/priority.h"
#include "engine/session/conductor.h"
#include <condition_variable>
#include <deque>
#include <thread>

namespace duet {
/// The thread, its mailbox of commands and its mailbox of views. What the commands mean is the
/// Conductor's business.
struct Session::Impl {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::deque<Command> commands; ///< guarded by mutex
  std::uint64_t sent = 0;       ///< guarded by mutex
  std::stop_source evaluation;  ///< guarded by mutex; of the evaluation that runs now
  bool evaluating = false;      ///< guarded by mutex
  Latest<SessionView> views;
  std::jthread thread;

  std::deque<Command> take(std::stop_token stop, const Conductor &conductor) {
    std::unique_lock lock(mutex);
    const auto has_commands = [&] { return !commands.empty(); };
    if (conductor.recount_due())
      return std::exchange(commands, {});
    if (!conductor.active()) {
      if (const auto keep = conductor.until_keep())
        woken.wait_for(lock, stop, *keep, has_commands);
      else
        woken.wait(lock, stop, has_commands);
    } else if (const auto pause = conductor.until_next_step(); pause.count() > 0) {
      woken.wait_for(lock, stop, pause, has_commands);
    }
    return std::exchange(commands, {});
  }

  /// A token that an arriving command or the end of the session triggers.
  std::stop_token begin_evaluation() {
    std::lock_guard lock(mutex);
    evaluation = std::stop_source();
    evaluating = true;
    if (!commands.empty())
      evaluation.request_stop();
    return evaluation.get_token();
  }
  void end_evaluation() {
    std::lock_guard lock(mutex);
    evaluating = false;
  }
  void interrupt_evaluation() {
    std::lock_guard lock(mutex);
    if (evaluating)
      evaluation.request_stop();
  }

  void work(std::stop_token stop, bool background) {
    if (background)
      lower_thread_priority(); // the workers of its arena lower theirs themselves
    Conductor conductor(background,
                        [this](std::shared_ptr<const SessionView> view) { views.post(std::move(view)); });
    const std::stop_callback ending(stop, [this] { interrupt_evaluation(); });
    while (!stop.stop_requested()) {
      for (const Command &command : take(stop, conductor))
        conductor.handle(command);
      if (stop.stop_requested())
        break;
      if (conductor.evaluation_due()) {
        const std::stop_token token = begin_evaluation();
        if (!stop.stop_requested())
          conductor.evaluate(token);
        end_evaluation();
      } else if (conductor.active() && conductor.until_next_step().count() <= 0) {
        conductor.train();
      }
      conductor.keep_if_due();
      conductor.publish();
      if (conductor.recount_due()) {
        conductor.recount(begin_evaluation());
        end_evaluation();
        conductor.publish();
      }
    }
  }
};

Session::Session(bool background) : impl_(std::make_unique<Impl>()) {
  impl_->thread =
      std::jthread([impl = impl_.get(), background](std::stop_token stop) { impl->work(stop, background); });
}

Session::~Session() = default;

std::uint64_t Session::send(Command command) {
  std::uint64_t number = 0;
  {
    std::lock_guard lock(impl_->mutex);
    number = ++impl_->sent;
    // Looking at an image can wait for the end of an evaluation; all else shall not.
    if (impl_->evaluating && !std::holds_alternative<Probe>(command))
      impl_->evaluation.request_stop();
    impl_->commands.push_back(std::move(command));
  }
  impl_->woken.notify_one();
  return number;
}

std::shared_ptr<const SessionView> Session::try_take() { return impl_->views.try_take(); }

} // namespace duet
