// A figure of the window: the best of several rounds, beside its goal.
#pragma once
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <functional>

namespace duet::ui {

inline double best_ms(int rounds, const std::function<void()> &work) {
  double best = 1e300;
  for (int round = 0; round < rounds; ++round) {
    QElapsedTimer clock;
    clock.start();
    work();
    best = std::min(best, static_cast<double>(clock.nsecsElapsed()) * 1e-6);
  }
  return best;
}

inline void report(const char *what, double figure, double goal) {
  std::printf("%-64s %8.2f ms  goal <= %5.1f  %s\n", what, figure, goal,
              figure <= goal ? "reached" : "MISSED");
  std::fflush(stdout);
}

} // namespace duet::ui
