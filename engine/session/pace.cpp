#include "engine/session/pace.h"
#include <algorithm>

namespace duet {
namespace {

constexpr double window_seconds = 1.5;
/// A step that came late is made up for by so much at most.
constexpr auto most_caught_up = std::chrono::milliseconds(33);

Pace::Clock::duration as_duration(double seconds) {
  return std::chrono::duration_cast<Pace::Clock::duration>(std::chrono::duration<double>(seconds));
}

} // namespace

void Pace::begin() {
  milestones_.clear();
  full_speed_ = full_seconds_per_step_ = evaluation_seconds_ = 0;
}

void Pace::limit(double steps_per_second, Clock::time_point now) {
  steps_per_second_ = std::max(0.0, steps_per_second);
  next_step_ = now;
}

Pace::Clock::duration Pace::until_next_step(Clock::time_point now) const {
  return limited() ? next_step_ - now : Clock::duration::zero();
}

void Pace::stepped(Clock::time_point now) {
  if (limited())
    next_step_ = std::max(next_step_, now - most_caught_up) + as_duration(1 / steps_per_second_);
}

void Pace::reached(const Milestone &milestone) {
  milestones_.push_back(milestone);
  while (milestones_.size() > 2 && milestone.seconds - milestones_.front().seconds > window_seconds)
    milestones_.pop_front();
  const Milestone &first = milestones_.front();
  const double span = milestone.seconds - first.seconds;
  if (span <= 0)
    return;
  full_speed_ = static_cast<double>(milestone.images - first.images) / span;
  if (milestone.steps > first.steps)
    full_seconds_per_step_ = span / static_cast<double>(milestone.steps - first.steps);
}

double Pace::seconds_per_step() const {
  return limited() && full_seconds_per_step_ > 0 ? std::max(full_seconds_per_step_, 1 / steps_per_second_)
                                                 : full_seconds_per_step_;
}

double Pace::images_per_second() const {
  return full_seconds_per_step_ > 0 ? full_speed_ * full_seconds_per_step_ / seconds_per_step() : full_speed_;
}

double Pace::seconds_left(double steps, double evaluations) const {
  if (full_seconds_per_step_ <= 0)
    return 0;
  return std::max(0.0, steps) * seconds_per_step() + std::max(0.0, evaluations) * evaluation_seconds_;
}

} // namespace duet
