// The one door to threads for numeric work. oneTBB stays behind it.
#pragma once
#include "engine/base/function_ref.h"
#include <cstddef>
#include <memory>

namespace duet {

/// A team of worker threads. Work is cut into chunks by position, never by thread count, so that sums
/// over chunks added in order are the same bits for any number of threads.
class Workers {
public:
  /// threads: 0 = all cores; fewer where the system does not allow so many. background: workers run at nice
  /// +10, for training behind a window.
  explicit Workers(int threads = 0, bool background = false);
  ~Workers();
  Workers(const Workers &) = delete;
  Workers &operator=(const Workers &) = delete;
  int threads() const;
  /// Calls body(chunk) for every chunk in [0, count), in any order and on any worker; returns when all
  /// are done, allocating nothing. The first exception of a chunk is rethrown here. With one thread or one
  /// chunk it runs on the caller's thread.
  void parallel_chunks(std::size_t count, FunctionRef<void(std::size_t)> body) const;

private:
  struct Arena;
  std::unique_ptr<Arena> arena_;
};

} // namespace duet
