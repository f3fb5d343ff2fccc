#include "engine/circuit/gates.h"
#include <cmath>
#include <numbers>

namespace duet {

namespace {

using Complex = std::complex<double>;
constexpr Complex imaginary{0.0, 1.0};

constexpr std::array<std::string_view, 3> no_parameters = {};
constexpr std::array<std::string_view, 3> theta = {"theta"};
constexpr std::array<std::string_view, 3> lambda = {"lambda"};
constexpr std::array<std::string_view, 3> euler = {"theta", "phi", "lambda"};

// gate, OpenQASM 2 name, OpenQASM 3 name, symbol, qubits, controls, target gate, parameters, their names,
// diagonal, real, in stdgates.inc, help
constexpr GateFacts table[] = {
    {Gate::id, "id", "id", "I", 1, 0, Gate::id, 0, no_parameters, true, true, true,
     "Identity: leaves the qubit as it is."},
    {Gate::h, "h", "h", "H", 1, 0, Gate::h, 0, no_parameters, false, true, true,
     "Hadamard: turns a definite 0 or 1 into an equal superposition, and back."},
    {Gate::x, "x", "x", "X", 1, 0, Gate::x, 0, no_parameters, false, true, true,
     "Pauli X: swaps 0 and 1, a half turn about the x axis."},
    {Gate::y, "y", "y", "Y", 1, 0, Gate::y, 0, no_parameters, false, false, true,
     "Pauli Y: a half turn about the y axis."},
    {Gate::z, "z", "z", "Z", 1, 0, Gate::z, 0, no_parameters, true, true, true,
     "Pauli Z: flips the sign of 1, a half turn about the z axis."},
    {Gate::s, "s", "s", "S", 1, 0, Gate::s, 0, no_parameters, true, false, true,
     "S: a quarter turn about the z axis, the square root of Z."},
    {Gate::sdg, "sdg", "sdg", "S†", 1, 0, Gate::sdg, 0, no_parameters, true, false, true,
     "S dagger: a quarter turn back about the z axis, the inverse of S."},
    {Gate::t, "t", "t", "T", 1, 0, Gate::t, 0, no_parameters, true, false, true,
     "T: an eighth of a turn about the z axis, the square root of S."},
    {Gate::tdg, "tdg", "tdg", "T†", 1, 0, Gate::tdg, 0, no_parameters, true, false, true,
     "T dagger: an eighth of a turn back about the z axis, the inverse of T."},
    {Gate::sx, "sx", "sx", "√X", 1, 0, Gate::sx, 0, no_parameters, false, false, true,
     "Square root of X: a quarter turn about the x axis."},
    {Gate::sxdg, "sxdg", "sxdg", "√X†", 1, 0, Gate::sxdg, 0, no_parameters, false, false, false,
     "Inverse square root of X: a quarter turn back about the x axis."},
    {Gate::rx, "rx", "rx", "RX", 1, 0, Gate::rx, 1, theta, false, false, true,
     "RX(theta) = exp(-i theta X/2): turns the qubit by theta about the x axis."},
    {Gate::ry, "ry", "ry", "RY", 1, 0, Gate::ry, 1, theta, false, true, true,
     "RY(theta) = exp(-i theta Y/2): turns the qubit by theta about the y axis."},
    {Gate::rz, "rz", "rz", "RZ", 1, 0, Gate::rz, 1, theta, true, false, true,
     "RZ(theta) = exp(-i theta Z/2): turns the qubit by theta about the z axis."},
    {Gate::p, "u1", "p", "P", 1, 0, Gate::p, 1, lambda, true, false, true,
     "Phase P(lambda) = diag(1, exp(i lambda)): turns the phase of 1 by lambda."},
    {Gate::u3, "u3", "u3", "U3", 1, 0, Gate::u3, 3, euler, false, false, true,
     "U3(theta, phi, lambda): any turn of one qubit, as RZ(phi) RY(theta) RZ(lambda) up to phase."},
    {Gate::cx, "cx", "cx", "X", 2, 1, Gate::x, 0, no_parameters, false, true, true,
     "Controlled X: flips the target where the control is 1, and so entangles the two."},
    {Gate::cy, "cy", "cy", "Y", 2, 1, Gate::y, 0, no_parameters, false, false, true,
     "Controlled Y: applies Y to the target where the control is 1."},
    {Gate::cz, "cz", "cz", "Z", 2, 1, Gate::z, 0, no_parameters, true, true, true,
     "Controlled Z: flips the sign where both qubits are 1; the two are equal partners."},
    {Gate::ch, "ch", "ch", "H", 2, 1, Gate::h, 0, no_parameters, false, true, true,
     "Controlled Hadamard: applies H to the target where the control is 1."},
    {Gate::cp, "cu1", "cp", "P", 2, 1, Gate::p, 1, lambda, true, false, true,
     "Controlled phase: turns the phase by lambda where both qubits are 1."},
    {Gate::crx, "crx", "crx", "RX", 2, 1, Gate::rx, 1, theta, false, false, true,
     "Controlled RX: turns the target by theta about the x axis where the control is 1."},
    {Gate::cry, "cry", "cry", "RY", 2, 1, Gate::ry, 1, theta, false, true, true,
     "Controlled RY: turns the target by theta about the y axis where the control is 1."},
    {Gate::crz, "crz", "crz", "RZ", 2, 1, Gate::rz, 1, theta, true, false, true,
     "Controlled RZ: turns the target by theta about the z axis where the control is 1."},
    {Gate::swap, "swap", "swap", "SWAP", 2, 0, Gate::swap, 0, no_parameters, false, true, true,
     "Swap: exchanges two qubits."},
    {Gate::cswap, "cswap", "cswap", "SWAP", 3, 1, Gate::swap, 0, no_parameters, false, true, true,
     "Controlled swap (Fredkin): exchanges two qubits where the control is 1."},
    {Gate::ccx, "ccx", "ccx", "X", 3, 2, Gate::x, 0, no_parameters, false, true, true,
     "Toffoli: flips the target where both controls are 1."},
    {Gate::rxx, "rxx", "rxx", "RXX", 2, 0, Gate::rxx, 1, theta, false, false, false,
     "RXX(theta) = exp(-i theta XX/2): turns two qubits together about their x axes."},
    {Gate::ryy, "ryy", "ryy", "RYY", 2, 0, Gate::ryy, 1, theta, false, false, false,
     "RYY(theta) = exp(-i theta YY/2): turns two qubits together about their y axes."},
    {Gate::rzz, "rzz", "rzz", "RZZ", 2, 0, Gate::rzz, 1, theta, true, false, false,
     "RZZ(theta) = exp(-i theta ZZ/2): turns the phase by whether two qubits agree."},
    {Gate::barrier, "barrier", "barrier", "", 0, 0, Gate::barrier, 0, no_parameters, true, true, true,
     "Barrier: a dividing line; gates before it are kept before it in the drawing."},
};

constexpr bool in_enumeration_order() {
  for (std::size_t i = 0; i < std::size(table); ++i)
    if (std::size_t(table[i].gate) != i)
      return false;
  return std::size(table) == std::size_t(Gate::barrier) + 1;
}
static_assert(in_enumeration_order(), "one record per gate, in the order of the enumeration");

void set(GateMatrix &m, int row, int column, Complex value) {
  m.entries[std::size_t((row << m.qubits) | column)] = value;
}

GateMatrix one_qubit(Complex a, Complex b, Complex c, Complex d) {
  GateMatrix m;
  m.qubits = 1;
  m.entries[0] = a, m.entries[1] = b, m.entries[2] = c, m.entries[3] = d;
  return m;
}

GateMatrix one_qubit(Gate gate, std::array<double, 3> angles) {
  const double half = angles[0] / 2, c = std::cos(half), s = std::sin(half);
  const double root = std::numbers::sqrt2 / 2;
  const Complex plus{0.5, 0.5}, minus{0.5, -0.5};
  switch (gate) {
  case Gate::h:
    return one_qubit(root, root, root, -root);
  case Gate::x:
    return one_qubit(0, 1, 1, 0);
  case Gate::y:
    return one_qubit(0, -imaginary, imaginary, 0);
  case Gate::z:
    return one_qubit(1, 0, 0, -1);
  case Gate::s:
    return one_qubit(1, 0, 0, imaginary);
  case Gate::sdg:
    return one_qubit(1, 0, 0, -imaginary);
  case Gate::t:
    return one_qubit(1, 0, 0, Complex(root, root));
  case Gate::tdg:
    return one_qubit(1, 0, 0, Complex(root, -root));
  case Gate::sx:
    return one_qubit(plus, minus, minus, plus);
  case Gate::sxdg:
    return one_qubit(minus, plus, plus, minus);
  case Gate::rx:
    return one_qubit(c, -imaginary * s, -imaginary * s, c);
  case Gate::ry:
    return one_qubit(c, -s, s, c);
  case Gate::rz:
    return one_qubit(Complex(c, -s), 0, 0, Complex(c, s));
  case Gate::p:
    return one_qubit(1, 0, 0, std::polar(1.0, angles[0]));
  case Gate::u3:
    return one_qubit(c, -std::polar(1.0, angles[2]) * s, std::polar(1.0, angles[1]) * s,
                     std::polar(1.0, angles[1] + angles[2]) * c);
  default:
    return one_qubit(1, 0, 0, 1);
  }
}

/// exp(-i theta PP/2) = cos(theta/2) - i sin(theta/2) PP; PP has one entry a row: sign_row at row ^ flip.
GateMatrix two_qubit_turn(int flip, std::array<double, 4> sign, double angle) {
  GateMatrix m;
  m.qubits = 2;
  for (int row = 0; row < 4; ++row) {
    set(m, row, row, std::cos(angle / 2));
    set(m, row, row ^ flip, m.at(row, row ^ flip) - imaginary * std::sin(angle / 2) * sign[std::size_t(row)]);
  }
  return m;
}

GateMatrix uncontrolled(Gate gate, std::array<double, 3> angles) {
  if (gate == Gate::rxx)
    return two_qubit_turn(3, {1, 1, 1, 1}, angles[0]);
  if (gate == Gate::ryy)
    return two_qubit_turn(3, {-1, 1, 1, -1}, angles[0]);
  if (gate == Gate::rzz)
    return two_qubit_turn(0, {1, -1, -1, 1}, angles[0]);
  if (gate != Gate::swap)
    return one_qubit(gate, angles);
  GateMatrix m;
  m.qubits = 2;
  set(m, 0, 0, 1), set(m, 1, 2, 1), set(m, 2, 1, 1), set(m, 3, 3, 1);
  return m;
}

} // namespace

std::span<const GateFacts> all_gates() { return table; }

const GateFacts &facts(Gate gate) { return table[std::size_t(gate)]; }

std::optional<Gate> find_gate(std::string_view name) {
  for (const GateFacts &record : table)
    if (record.qasm2 == name || record.qasm3 == name)
      return record.gate;
  return std::nullopt;
}

GateMatrix gate_matrix(Gate gate, std::array<double, 3> angles) {
  const GateFacts &record = facts(gate);
  const GateMatrix inner = uncontrolled(record.target, angles);
  if (record.controls == 0)
    return inner;
  GateMatrix m;
  m.qubits = record.qubits;
  const int size = 1 << m.qubits, first = size - (1 << inner.qubits);
  for (int i = 0; i < first; ++i)
    set(m, i, i, 1);
  for (int row = first; row < size; ++row)
    for (int column = first; column < size; ++column)
      set(m, row, column, inner.at(row - first, column - first));
  return m;
}

} // namespace duet
