#include "engine/base/parallel.h"
#include "engine/base/priority.h"
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#ifndef DUET_STD_THREADS
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_scheduler_observer.h>
#endif

namespace duet {
namespace {

/// How many of so many threads the system lets run beside each other, the caller's among them (`ulimit -u`, a
/// container's limit). Tried out, for oneTBB ends the whole process when a thread of its own cannot start
/// another. Where there are not enough one is left for others.
int allowed(int wanted) {
  std::atomic<bool> over{false};
  std::vector<std::thread> team;
  team.reserve(static_cast<std::size_t>(wanted));
  try {
    while (static_cast<int>(team.size()) < wanted - 1)
      team.emplace_back([&over] { over.wait(false); });
  } catch (const std::system_error &) {
    // counted below
  }
  over = true;
  over.notify_all();
  for (std::thread &thread : team)
    thread.join();
  const int found = static_cast<int>(team.size()) + 1;
  return found < wanted ? std::max(1, found - 1) : wanted;
}

int cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

int resolve(int threads) { return allowed(threads > 0 ? std::min(threads, 256) : cores()); }

} // namespace

#ifdef DUET_STD_THREADS

// The twin for ThreadSanitizer, which cannot see into Debian's libtbb: plain threads for every call.
struct Workers::Arena {
  int threads;
};

Workers::Workers(int threads, bool) : arena_(new Arena{resolve(threads)}) {}
Workers::~Workers() = default;

void Workers::parallel_chunks(std::size_t count, FunctionRef<void(std::size_t)> body) const {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    for (std::size_t chunk; (chunk = next.fetch_add(1)) < count;) {
      try {
        body(chunk);
      } catch (...) {
        std::lock_guard lock(mutex);
        failure = failure ? failure : std::current_exception();
      }
    }
  };
  std::vector<std::jthread> team;
  for (std::size_t i = 1; i < std::min<std::size_t>(count, static_cast<std::size_t>(arena_->threads)); ++i)
    team.emplace_back(work);
  work();
  team.clear();
  if (failure)
    std::rethrow_exception(failure);
}

#else

namespace {

/// Lowers the priority of the workers that enter the arena; the window's thread never does.
class NiceObserver : public tbb::task_scheduler_observer {
public:
  explicit NiceObserver(tbb::task_arena &arena) : tbb::task_scheduler_observer(arena) { observe(true); }
  ~NiceObserver() override { observe(false); }
  void on_scheduler_entry(bool is_worker) override {
    if (is_worker)
      lower_thread_priority();
  }
};

} // namespace

struct Workers::Arena {
  int threads;
  tbb::global_control limit; // an arena wider than the machine needs it
  mutable tbb::task_arena arena;
  std::unique_ptr<NiceObserver> nice;
  explicit Arena(int n)
      : threads(n),
        limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(std::max(n, cores()))),
        arena(n) {}
};

Workers::Workers(int threads, bool background) : arena_(new Arena(resolve(threads))) {
  if (background)
    arena_->nice = std::make_unique<NiceObserver>(arena_->arena);
}
Workers::~Workers() = default;

void Workers::parallel_chunks(std::size_t count, FunctionRef<void(std::size_t)> body) const {
  if (count <= 1 || arena_->threads == 1) {
    for (std::size_t chunk = 0; chunk < count; ++chunk)
      body(chunk);
    return;
  }
  arena_->arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, count, [&](std::size_t chunk) { body(chunk); }, tbb::simple_partitioner());
  });
}

#endif

int Workers::threads() const { return arena_->threads; }

} // namespace duet
