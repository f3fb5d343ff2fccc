#include "ui/panels/slider_scale.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

/// The largest 1, 2 or 5 times a power of ten that is not above x.
double nice_below(double x) {
  const double power = std::pow(10.0, std::floor(std::log10(x)));
  const double mantissa = x / power;
  return (mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1) * power;
}

/// Rounds to multiples of 10^digits through a division where that is exact, so that 0.3 is 0.3.
double round_to(double value, double step) {
  if (step >= 1)
    return std::round(value / step) * step;
  const double inverse = std::round(1 / step);
  return std::round(value * inverse) / inverse;
}

} // namespace

SliderScale::SliderScale(const Field &field, std::optional<double> highest)
    : logarithmic_(field.logarithmic) {
  if (field.kind != Field::Kind::integer && field.kind != Field::Kind::real)
    return;
  integer_ = field.kind == Field::Kind::integer;
  const bool soft = field.soft_min != field.soft_max;
  low_ = soft ? field.soft_min : field.min;
  high_ = highest ? *highest : soft ? field.soft_max : field.max;
  usable_ = std::isfinite(low_) && std::isfinite(high_) && high_ > low_ && high_ - low_ < 1e9;
  if (!usable_)
    return;
  if (logarithmic_ && low_ <= 0)
    logarithmic_ = false;
  // An end that is not allowed itself is approached to a hundredth of the range.
  const double hundredth = (high_ - low_) / 100;
  if (!integer_ && field.min_excluded && low_ == field.min)
    low_ += hundredth;
  if (!integer_ && field.max_excluded && high_ == field.max)
    high_ -= hundredth;
  step_ = integer_ ? std::max(1.0, nice_below((high_ - low_) / 200)) : nice_below((high_ - low_) / 100);
}

double SliderScale::valueAt(double position) const {
  if (position <= 0)
    return low_;
  if (position >= 1)
    return high_;
  if (!logarithmic_)
    return std::clamp(round_to(low_ + position * (high_ - low_), step_), low_, high_);
  const double value = low_ * std::pow(high_ / low_, position);
  if (integer_)
    return std::clamp(std::round(value), low_, high_);
  const double two_digits = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return std::clamp(round_to(value, two_digits), low_, high_);
}

double SliderScale::positionOf(double value) const {
  if (logarithmic_)
    return value <= low_ ? 0 : std::clamp(std::log(value / low_) / std::log(high_ / low_), 0.0, 1.0);
  return std::clamp((value - low_) / (high_ - low_), 0.0, 1.0);
}

double SliderScale::keyStep() const {
  return logarithmic_ ? 1.0 / 60 : std::max(step_ / (high_ - low_), integer_ ? 0.0 : 0.01);
}

} // namespace duet::ui
