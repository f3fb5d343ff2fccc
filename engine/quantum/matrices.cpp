#include "engine/quantum/matrices.h"
#include <cmath>
#include <numbers>

namespace duet::dense {
namespace {

using Complex = std::complex<double>;
using Two = std::array<Complex, 4>;
constexpr Complex i1(0, 1);

/// u3 of OpenQASM 2, and its derivatives: order 0 is the matrix, 1..3 the derivative by t, p, l.
Two u3(double t, double p, double l, int order) {
  const double c = std::cos(t / 2), s = std::sin(t / 2);
  const Complex ep = std::polar(1.0, p), el = std::polar(1.0, l);
  switch (order) {
  case 1: return {-s / 2, -el * c / 2.0, ep * c / 2.0, -ep * el * s / 2.0};
  case 2: return {0, 0, i1 * ep * s, i1 * ep * el * c};
  case 3: return {0, -i1 * el * s, 0, i1 * ep * el * c};
  default: return {c, -el * s, ep * s, ep * el * c};
  }
}

/// exp(-i t axis / 2) for axis x, y, z; the derivative is the rotation by t + pi, halved.
Two rotation(char axis, double t, bool derivative) {
  const double half = derivative ? t / 2 + std::numbers::pi / 2 : t / 2, size = derivative ? 0.5 : 1.0;
  const double c = size * std::cos(half), s = size * std::sin(half);
  if (axis == 'x')
    return {c, -i1 * s, -i1 * s, c};
  if (axis == 'y')
    return {c, -s, s, c};
  return {Complex(c, -s), 0, 0, Complex(c, s)};
}

/// The 2x2 matrix a gate applies to its last qubit (its controls being 1); order as in u3.
Two inner(Gate gate, std::span<const double> a, int order) {
  constexpr double h = std::numbers::sqrt2 / 2;
  const bool derivative = order > 0;
  switch (gate) {
  case Gate::h: case Gate::ch: return {h, h, h, -h};
  case Gate::x: case Gate::cx: case Gate::ccx: return {0, 1, 1, 0};
  case Gate::y: case Gate::cy: return {0, -i1, i1, 0};
  case Gate::z: case Gate::cz: return {1, 0, 0, -1};
  case Gate::s: return {1, 0, 0, i1};
  case Gate::sdg: return {1, 0, 0, -i1};
  case Gate::t: return {1, 0, 0, Complex(h, h)};
  case Gate::tdg: return {1, 0, 0, Complex(h, -h)};
  case Gate::sx: return {Complex(0.5, 0.5), Complex(0.5, -0.5), Complex(0.5, -0.5), Complex(0.5, 0.5)};
  case Gate::sxdg: return {Complex(0.5, -0.5), Complex(0.5, 0.5), Complex(0.5, 0.5), Complex(0.5, -0.5)};
  case Gate::rx: case Gate::crx: return rotation('x', a[0], derivative);
  case Gate::ry: case Gate::cry: return rotation('y', a[0], derivative);
  case Gate::rz: case Gate::crz: return rotation('z', a[0], derivative);
  case Gate::p: case Gate::cp: return u3(0, 0, a[0], derivative ? 3 : 0);
  case Gate::u3: return u3(a[0], a[1], a[2], order);
  default: return {1, 0, 0, 1};
  }
}

/// exp(-i t AA / 2) for A = X, Y, Z: A (x) A as value[row] at column row ^ flip.
GateMatrix pair_rotation(Gate gate, double t, bool derivative) {
  const double half = derivative ? t / 2 + std::numbers::pi / 2 : t / 2, size = derivative ? 0.5 : 1.0;
  const int flip = gate == Gate::rzz ? 0 : 3;
  GateMatrix m{4, {}};
  for (int row = 0; row < 4; ++row) {
    const bool equal = row == 0 || row == 3;
    const double sign = gate == Gate::rxx ? 1 : (gate == Gate::ryy) == equal ? -1 : 1;
    m.entry[row * 4 + row] += size * std::cos(half);
    m.entry[row * 4 + (row ^ flip)] += -i1 * (size * sign * std::sin(half));
  }
  return m;
}

GateMatrix build(Gate gate, std::span<const double> angles, int order) {
  if (gate == Gate::rxx || gate == Gate::ryy || gate == Gate::rzz)
    return pair_rotation(gate, angles[0], order > 0);
  GateMatrix m{1 << gate_qubits(gate), {}};
  if (gate == Gate::swap || gate == Gate::cswap) {
    for (int row = 0; row < m.dimension; ++row) {
      const bool on = gate == Gate::swap || row >= 4, differ = (row & 1) != (row >> 1 & 1);
      m.entry[row * m.dimension + (on && differ ? row ^ 3 : row)] = 1;
    }
    return m;
  }
  const Two two = inner(gate, angles, order);
  const int last = m.dimension - 2; // the controls are 1 in the last two rows
  for (int k = 0; k < last && order == 0; ++k)
    m.entry[k * m.dimension + k] = 1;
  for (int row = 0; row < 2; ++row)
    for (int column = 0; column < 2; ++column)
      m.entry[(last + row) * m.dimension + last + column] = two[row * 2 + column];
  return m;
}

} // namespace

int gate_qubits(Gate gate) {
  if (gate == Gate::barrier)
    return 0;
  if (gate == Gate::ccx || gate == Gate::cswap)
    return 3;
  return gate >= Gate::cx ? 2 : 1;
}

int gate_angles(Gate gate) {
  switch (gate) {
  case Gate::u3: return 3;
  case Gate::rx: case Gate::ry: case Gate::rz: case Gate::p: case Gate::cp: case Gate::crx: case Gate::cry:
  case Gate::crz: case Gate::rxx: case Gate::ryy: case Gate::rzz: return 1;
  default: return 0;
  }
}

GateMatrix gate_matrix(Gate gate, std::span<const double> angles) { return build(gate, angles, 0); }

GateMatrix gate_derivative(Gate gate, std::span<const double> angles, int which) {
  return build(gate, angles, which + 1);
}

} // namespace duet::dense
