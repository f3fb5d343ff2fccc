// A session driven as the window drives it, and small things to train in it.
#pragma once
#include "engine/session/session.h"
#include "engine/session/training_run.h"
#include "tests/support/small_experiments.h"
#include <QElapsedTimer>
#include <functional>
#include <thread>

namespace duet {

using View = std::shared_ptr<const SessionView>;

/// The session with its newest view, polled as a timer would.
struct Player {
  Session session{false};
  View view;

  /// Until the view is as wanted; false after ten seconds.
  bool wait(const std::function<bool(const SessionView &)> &wanted) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 10'000) {
      if (auto next = session.try_take())
        view = std::move(next);
      if (view && wanted(*view))
        return true;
      std::this_thread::yield();
    }
    return false;
  }
  bool wait(Phase phase) {
    return wait([phase](const SessionView &v) { return v.phase == phase; });
  }
  bool start(const Experiment &e) {
    const std::uint64_t before = view ? view->run_id : 0;
    session.send(Restart{e});
    return wait([before](const SessionView &v) { return v.run_id > before && v.phase == Phase::ready; });
  }
  bool wait_notice(std::uint64_t after) {
    return wait([after](const SessionView &v) { return v.notice && v.notice->id > after; });
  }
};

inline std::string headless_signature(const Experiment &e) {
  TrainingRun run(e, std::make_shared<const Dataset>(load_dataset(e.data, e.seed)),
                  std::make_shared<const Workers>(1));
  while (run.advance()) {
  }
  return run.trainer().signature();
}

} // namespace duet
