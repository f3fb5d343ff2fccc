#include "engine/circuit/pi_fraction.h"
#include <cmath>
#include <numbers>

namespace duet {

std::optional<PiFraction> pi_fraction(double value, double error) {
  for (const int divisor : {1, 2, 3, 4, 6, 8, 16, 32})
    for (const int multiple : {1, 2, 3, 5, 7})
      if (value != 0 && std::abs(multiple * std::numbers::pi / divisor - std::abs(value)) <= error)
        return PiFraction{value < 0, multiple, divisor};
  return std::nullopt;
}

} // namespace duet
