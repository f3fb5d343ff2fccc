#include "ui/plots/axis_ticks.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {

std::vector<double> AxisTicks::values() const {
  std::vector<double> ticks;
  if (!(step > 0) || (max - min) / step > 100)
    return {min, max};
  const double first = std::ceil(min / step - 1e-9);
  for (int k = 0; (first + k) * step <= max + 1e-9 * step; ++k)
    ticks.push_back((first + k) * step);
  return ticks;
}

QString AxisTicks::text(double value) const {
  const double shown = std::abs(value) < 1e-9 * step ? 0.0 : value;
  return QString::number(shown, 'f', decimals);
}

AxisTicks nice_ticks(double low, double high, int count) {
  if (!std::isfinite(low) || !std::isfinite(high))
    return {};
  if (!(high > low)) { // one value: a little room on either side
    const double room = std::max(std::abs(low) * 0.1, 1e-3);
    low -= room;
    high += room;
  }
  const double raw = (high - low) / std::max(count, 1);
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = 10 * power;
  int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(raw))) - 1);
  for (const double factor : {1.0, 2.0, 2.5, 5.0})
    if (factor * power >= raw * (1 - 1e-9)) {
      step = factor * power;
      decimals =
          std::max(0, -static_cast<int>(std::floor(std::log10(power) + 1e-9)) + (factor == 2.5 ? 1 : 0));
      break;
    }
  AxisTicks ticks;
  ticks.step = step;
  ticks.decimals = decimals;
  ticks.min = std::floor(low / step + 1e-9) * step;
  ticks.max = std::ceil(high / step - 1e-9) * step;
  return ticks;
}

} // namespace duet::ui
