#include "engine/session/circuit_curve.h"

namespace duet {
namespace {

constexpr std::size_t most_moments = 600;

} // namespace

void CircuitCurve::add(double epoch, const std::shared_ptr<const CircuitWeights> &weights) {
  if (!weights || (!kept_.empty() && kept_.back().weights == weights))
    return;
  if (newest_is_extra_)
    kept_.pop_back();
  newest_is_extra_ = ++since_kept_ < stride_;
  if (!newest_is_extra_)
    since_kept_ = 0;
  kept_.push_back({epoch, weights});
  if (kept_.size() > most_moments) {
    for (std::size_t i = 0; 2 * i < kept_.size(); ++i)
      kept_[i] = kept_[2 * i];
    kept_.resize((kept_.size() + 1) / 2);
    stride_ *= 2;
  }
  shared_ = std::make_shared<const std::vector<CircuitMoment>>(kept_);
}

void CircuitCurve::forget_after(double epoch) {
  std::erase_if(kept_, [&](const CircuitMoment &moment) { return moment.epoch > epoch; });
  since_kept_ = 0;
  newest_is_extra_ = false;
  shared_ = kept_.empty() ? nullptr : std::make_shared<const std::vector<CircuitMoment>>(kept_);
}

} // namespace duet
