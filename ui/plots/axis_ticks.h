// Round numbers along an axis.
#pragma once
#include <QString>
#include <vector>

namespace duet::ui {

/// An axis from min to max with a tick every `step`; both ends are ticks unless held by a floor.
struct AxisTicks {
  double min = 0, max = 1, step = 0.2;
  int decimals = 1;
  std::vector<double> values() const;
  QString text(double value) const;
};

/// About `count` parts of a round size (1, 2, 2.5 or 5 times a power of ten) that cover low..high.
AxisTicks nice_ticks(double low, double high, int count);

} // namespace duet::ui
