// Angles that are simple fractions of a turn, for all who write them as such.
#pragma once
#include <optional>

namespace duet {

/// sign * multiple * pi / divisor
struct PiFraction {
  bool negative = false;
  int multiple = 1, divisor = 1;
};

/// Where that, worked out from the left, differs from the value by no more than `error`; nothing for 0.
std::optional<PiFraction> pi_fraction(double value, double error = 0);

} // namespace duet
