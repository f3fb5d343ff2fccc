// One angle as OpenQASM text: what the writers write, and what a field understands.
#pragma once
#include "engine/circuit/circuit.h"
#include <cstddef>
#include <string>
#include <string_view>

namespace duet {

/// "3*pi/4" where that, worked out from the left, is exactly this number; otherwise the shortest text that
/// reads back as it (or so many `digits`), always with a point or an exponent.
std::string radians_text(double value, int digits = 0);
/// "0.5*theta - pi/2", of an input by the name it goes by; a constant alone.
std::string angle_text(const Angle &angle, const std::string &input_name);
std::string angle_text(const Angle &angle, const InputNames &names);

struct ReadAngle {
  Angle angle;
  std::string problem;  ///< one sentence; empty: it was read
  std::size_t from = 0; ///< bytes of the text before what cannot be read
};

/// "pi/2", "2*x0 + 1", "-w0 + pi": what comes out is a factor times one feature or weight of the circuit,
/// plus a number. The weight one past the last is a new one. Whole numbers are divided as real ones.
ReadAngle read_angle(std::string_view text, const Circuit &circuit);

} // namespace duet
