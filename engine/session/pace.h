// How fast a run trains, what is left of it, and how long slow motion waits. Times are given: no clock of its
// own.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>

namespace duet {

/// Where a run stands.
struct Milestone {
  double seconds = 0; ///< of training
  std::uint64_t images = 0, steps = 0;
};

class Pace {
public:
  using Clock = std::chrono::steady_clock;

  void begin(); ///< another run; slow motion stays as it is

  // Slow motion.
  void limit(double steps_per_second, Clock::time_point now); ///< 0: full speed
  bool limited() const { return steps_per_second_ > 0; }
  /// 0 or less when the next step may run.
  Clock::duration until_next_step(Clock::time_point now) const;
  void stepped(Clock::time_point now); ///< a batch was trained

  // Speed, over the last second and a half of training.
  void reached(const Milestone &milestone);
  void evaluated(double seconds) { evaluation_seconds_ = seconds; } ///< how long the last one took
  double full_speed() const { return full_speed_; }                 ///< images a second; 0: not known yet
  /// As a person sees it: in slow motion not more than that allows.
  double images_per_second() const;
  /// 0: not known yet. Numbers of what is left.
  double seconds_left(double steps, double evaluations) const;

private:
  double seconds_per_step() const;

  std::deque<Milestone> milestones_;
  double full_speed_ = 0, full_seconds_per_step_ = 0, evaluation_seconds_ = 0;
  double steps_per_second_ = 0; ///< slow motion; 0: none
  Clock::time_point next_step_{};
};

} // namespace duet
