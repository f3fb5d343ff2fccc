#include "engine/circuit/gates.h"
#include "engine/qasm/qasm.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

namespace duet {

namespace {

/// Shortest text that reads back as the same number, always with a point or an exponent.
std::string number(double value) {
  std::array<char, 40> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), result.ptr);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

/// "3*pi/4" where that, worked out from the left, is exactly this number; otherwise the number.
std::string radians(double value) {
  constexpr double pi = std::numbers::pi;
  if (value == 0)
    return "0.0";
  const std::string sign = value < 0 ? "-" : "";
  for (int divisor : {1, 2, 3, 4, 6, 8, 16, 32})
    for (int multiple : {1, 2, 3, 5, 7}) {
      if (multiple * pi / divisor != std::abs(value))
        continue;
      return sign + (multiple == 1 ? "pi" : std::to_string(multiple) + "*pi") +
             (divisor == 1 ? "" : "/" + std::to_string(divisor));
    }
  return number(value);
}

std::string expression(const Angle &angle) {
  if (angle.source == Angle::Source::constant)
    return radians(angle.offset);
  const std::string name = (angle.source == Angle::Source::feature ? "x" : "w") + std::to_string(angle.index);
  std::string text = angle.scale == 1    ? name
                     : angle.scale == -1 ? "-" + name
                                         : number(angle.scale) + "*" + name;
  if (angle.offset != 0)
    text += (angle.offset < 0 ? " - " : " + ") + radians(std::abs(angle.offset));
  return text;
}

/// Definitions of gates that the standard files do not have.
struct Supplement {
  Gate gate;
  bool missing_in_2;
  std::string_view text;
};
constexpr Supplement supplements[] = {
    {Gate::sxdg, false, "gate sxdg a { s a; h a; s a; }\n"},
    {Gate::rxx, false, "gate rxx(theta) a, b { h a; h b; cx a, b; rz(theta) b; cx a, b; h a; h b; }\n"},
    {Gate::ryy, true,
     "gate ryy(theta) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(theta) b; cx a, b; rx(-pi/2) a; rx(-pi/2) "
     "b; }\n"},
    {Gate::rzz, false, "gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }\n"}};

std::string definitions(const Circuit &circuit, int version) {
  std::string text;
  for (const Supplement &supplement : supplements) {
    const bool used = std::any_of(circuit.operations.begin(), circuit.operations.end(),
                                  [&](const Operation &op) { return op.gate == supplement.gate; });
    if (used && (version == 3 || supplement.missing_in_2))
      text += supplement.text;
  }
  return text;
}

template <class AngleText>
std::string gate_lines(const Circuit &circuit, std::string_view GateFacts::*name,
                       const AngleText &angle_text) {
  std::string text;
  for (const Operation &op : circuit.operations) {
    const GateFacts &record = facts(op.gate);
    if (op.gate == Gate::barrier) {
      text += "barrier q;\n";
      continue;
    }
    text += record.*name;
    for (int a = 0; a < record.parameters; ++a)
      text += (a == 0 ? "(" : ", ") + angle_text(op.angles[std::size_t(a)]);
    text += record.parameters > 0 ? ") " : " ";
    for (int q = 0; q < record.qubits; ++q)
      text += (q == 0 ? "q[" : ", q[") + std::to_string(op.qubits[std::size_t(q)]) + "]";
    text += ";\n";
  }
  return text;
}

} // namespace

std::string write_qasm3(const Circuit &circuit) {
  std::string text = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n" + definitions(circuit, 3);
  for (int i = 0; i < circuit.features; ++i)
    text += "input float[64] x" + std::to_string(i) + ";\n";
  for (int i = 0; i < circuit.weights; ++i)
    text += "input float[64] w" + std::to_string(i) + ";\n";
  text += "qubit[" + std::to_string(circuit.qubits) + "] q;\n";
  return text + gate_lines(circuit, &GateFacts::qasm3, expression);
}

std::string write_qasm2(const Circuit &circuit, const std::vector<double> &features,
                        const std::vector<double> &weights) {
  const auto value = [&](const Angle &angle) {
    double input = 0;
    const std::size_t i = std::size_t(angle.index);
    if (angle.source == Angle::Source::feature && i < features.size())
      input = features[i];
    if (angle.source == Angle::Source::weight && i < weights.size())
      input = weights[i];
    return radians(angle.scale * input + angle.offset);
  };
  return "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" + definitions(circuit, 2) + "qreg q[" +
         std::to_string(circuit.qubits) + "];\n" + gate_lines(circuit, &GateFacts::qasm2, value);
}

} // namespace duet
