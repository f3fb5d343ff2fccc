// Wall-clock windows: the best of several, for machines that others use too.
#pragma once
#include "engine/bench/bench.h"
#include <algorithm>
#include <chrono>

namespace duet::bench {

/// Calls body() until a window is full, several windows; returns the least seconds per call.
template <class Body> double best_seconds(const BenchOptions &options, const Body &body) {
  using Clock = std::chrono::steady_clock;
  double best = 1e300;
  for (int w = 0; w < options.windows; ++w) {
    const auto start = Clock::now();
    double seconds = 0;
    long calls = 0;
    do {
      body();
      ++calls;
      seconds = std::chrono::duration<double>(Clock::now() - start).count();
    } while (seconds < options.window_seconds);
    best = std::min(best, seconds / static_cast<double>(calls));
  }
  return best;
}

} // namespace duet::bench
