#include "tests/support/dense_simulator.h"
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace duet::dense {
namespace {

using Complex = std::complex<double>;
constexpr Complex i1(0, 1);
constexpr double pi = std::numbers::pi;

/// Row-major 2^q x 2^q; the gate's first qubit is the most significant bit of row and column.
struct Matrix {
  int size = 2;
  std::vector<Complex> entry;
};

/// cos(t/2) - i sin(t/2) A, for A squared = 1.
Matrix rotation(double t, Matrix a) {
  for (Complex &entry : a.entry)
    entry *= -i1 * std::sin(t / 2);
  for (int k = 0; k < a.size; ++k)
    a.entry[k * a.size + k] += std::cos(t / 2);
  return a;
}

Matrix x() { return {2, {0, 1, 1, 0}}; }
Matrix y() { return {2, {0, -i1, i1, 0}}; }
Matrix z() { return {2, {1, 0, 0, -1}}; }
Matrix p(double t) { return {2, {1, 0, 0, std::polar(1.0, t)}}; }

Matrix kronecker(const Matrix &a, const Matrix &b) {
  Matrix m{a.size * b.size, std::vector<Complex>(a.entry.size() * b.entry.size())};
  for (int r = 0; r < m.size; ++r)
    for (int c = 0; c < m.size; ++c)
      m.entry[r * m.size + c] =
          a.entry[r / b.size * a.size + c / b.size] * b.entry[r % b.size * b.size + c % b.size];
  return m;
}

/// The matrix where one more qubit, in front, is 1; the identity where it is 0.
Matrix controlled(const Matrix &a) {
  Matrix m{2 * a.size, std::vector<Complex>(4 * a.entry.size())};
  for (int k = 0; k < a.size; ++k)
    m.entry[k * m.size + k] = 1;
  for (int r = 0; r < a.size; ++r)
    for (int c = 0; c < a.size; ++c)
      m.entry[(a.size + r) * m.size + a.size + c] = a.entry[r * a.size + c];
  return m;
}

/// OpenQASM 2's u3(t, p, l).
Matrix u3(double t, double phi, double lambda) {
  const double c = std::cos(t / 2), s = std::sin(t / 2);
  return {2, {c, -std::polar(s, lambda), std::polar(s, phi), std::polar(c, phi + lambda)}};
}

Matrix swap() { return {4, {1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1}}; }

Matrix matrix(Gate gate, const std::array<double, 3> &t) {
  const double h = 1 / std::sqrt(2.0);
  switch (gate) {
  case Gate::id:
    return {2, {1, 0, 0, 1}};
  case Gate::h:
    return {2, {h, h, h, -h}};
  case Gate::x:
    return x();
  case Gate::y:
    return y();
  case Gate::z:
    return z();
  case Gate::s:
    return p(pi / 2);
  case Gate::sdg:
    return p(-pi / 2);
  case Gate::t:
    return p(pi / 4);
  case Gate::tdg:
    return p(-pi / 4);
  case Gate::sx:
    return {2, {(1.0 + i1) / 2.0, (1.0 - i1) / 2.0, (1.0 - i1) / 2.0, (1.0 + i1) / 2.0}};
  case Gate::sxdg:
    return {2, {(1.0 - i1) / 2.0, (1.0 + i1) / 2.0, (1.0 + i1) / 2.0, (1.0 - i1) / 2.0}};
  case Gate::rx:
    return rotation(t[0], x());
  case Gate::ry:
    return rotation(t[0], y());
  case Gate::rz:
    return rotation(t[0], z());
  case Gate::p:
    return p(t[0]);
  case Gate::u3:
    return u3(t[0], t[1], t[2]);
  case Gate::cx:
    return controlled(x());
  case Gate::cy:
    return controlled(y());
  case Gate::cz:
    return controlled(z());
  case Gate::ch:
    return controlled({2, {h, h, h, -h}});
  case Gate::cp:
    return controlled(p(t[0]));
  case Gate::crx:
    return controlled(rotation(t[0], x()));
  case Gate::cry:
    return controlled(rotation(t[0], y()));
  case Gate::crz:
    return controlled(rotation(t[0], z()));
  case Gate::swap:
    return swap();
  case Gate::cswap:
    return controlled(swap());
  case Gate::ccx:
    return controlled(controlled(x()));
  case Gate::rxx:
    return rotation(t[0], kronecker(x(), x()));
  case Gate::ryy:
    return rotation(t[0], kronecker(y(), y()));
  case Gate::rzz:
    return rotation(t[0], kronecker(z(), z()));
  case Gate::barrier:
    break;
  }
  throw std::logic_error("a gate without a matrix");
}

/// One angle of one operation moved by an amount.
struct Shift {
  std::size_t operation = 0;
  int angle = 0;
  double by = 0;
};

double resolve(const Angle &a, std::span<const double> features, std::span<const double> weights) {
  switch (a.source) {
  case Angle::Source::feature:
    return a.scale * features[a.index] + a.offset;
  case Angle::Source::weight:
    return a.scale * weights[a.index] + a.offset;
  default:
    return a.offset;
  }
}

void apply(const Matrix &m, const Operation &op, int qubits, Amplitudes &state) {
  const int arity = qubits_of(op.gate);
  const auto bit = [&](int k) { return std::size_t{1} << (qubits - 1 - op.qubits[k]); };
  const auto place = [&](std::size_t index, int row) { // the gate's qubits set to the bits of row
    for (int k = 0; k < arity; ++k)
      index = row >> (arity - 1 - k) & 1 ? index | bit(k) : index & ~bit(k);
    return index;
  };
  const Amplitudes old = state;
  for (std::size_t index = 0; index < state.size(); ++index) {
    int row = 0;
    for (int k = 0; k < arity; ++k)
      row = row << 1 | ((index & bit(k)) != 0);
    state[index] = 0;
    for (int column = 0; column < m.size; ++column)
      state[index] += m.entry[row * m.size + column] * old[place(index, column)];
  }
}

Amplitudes run_shifted(const Circuit &circuit, std::span<const double> features,
                       std::span<const double> weights, std::span<const double> start, const Shift &shift) {
  Amplitudes state(std::size_t{1} << circuit.qubits);
  if (start.empty())
    state[0] = 1;
  else
    std::copy(start.begin(), start.end(), state.begin());
  for (std::size_t k = 0; k < circuit.operations.size(); ++k) {
    const Operation &op = circuit.operations[k];
    if (op.gate == Gate::barrier)
      continue;
    std::array<double, 3> angles{};
    for (int a = 0; a < angles_of(op.gate); ++a)
      angles[a] = resolve(op.angles[a], features, weights) +
                  (k == shift.operation && a == shift.angle ? shift.by : 0);
    apply(matrix(op.gate, angles), op, circuit.qubits, state);
  }
  return state;
}

double value_of(const Amplitudes &state, std::span<const double> cotangent) {
  const auto z_values = expectations(state);
  double sum = 0;
  for (std::size_t q = 0; q < z_values.size(); ++q)
    sum += cotangent[q] * z_values[q];
  return sum;
}

} // namespace

int angles_of(Gate gate) {
  switch (gate) {
  case Gate::u3:
    return 3;
  case Gate::rx:
  case Gate::ry:
  case Gate::rz:
  case Gate::p:
  case Gate::cp:
  case Gate::crx:
  case Gate::cry:
  case Gate::crz:
  case Gate::rxx:
  case Gate::ryy:
  case Gate::rzz:
    return 1;
  default:
    return 0;
  }
}

int qubits_of(Gate gate) {
  switch (gate) {
  case Gate::barrier:
    return 0;
  case Gate::ccx:
  case Gate::cswap:
    return 3;
  case Gate::cx:
  case Gate::cy:
  case Gate::cz:
  case Gate::ch:
  case Gate::cp:
  case Gate::crx:
  case Gate::cry:
  case Gate::crz:
  case Gate::swap:
  case Gate::rxx:
  case Gate::ryy:
  case Gate::rzz:
    return 2;
  default:
    return 1;
  }
}

Amplitudes run(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
               std::span<const double> start) {
  return run_shifted(circuit, features, weights, start, {circuit.operations.size(), 0, 0});
}

std::vector<double> expectations(const Amplitudes &state) {
  int qubits = 0;
  while (std::size_t{1} << qubits < state.size())
    ++qubits;
  std::vector<double> result(qubits, 0.0);
  for (std::size_t index = 0; index < state.size(); ++index)
    for (int q = 0; q < qubits; ++q)
      result[q] += (index >> (qubits - 1 - q) & 1 ? -1 : 1) * std::norm(state[index]);
  return result;
}

double value(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
             std::span<const double> cotangent, std::span<const double> start) {
  return value_of(run(circuit, features, weights, start), cotangent);
}

Gradient gradient(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
                  std::span<const double> cotangent, std::span<const double> start) {
  Gradient result{std::vector<double>(circuit.features, 0.0), std::vector<double>(circuit.weights, 0.0)};
  for (std::size_t k = 0; k < circuit.operations.size(); ++k) {
    const Operation &op = circuit.operations[k];
    for (int a = 0; a < angles_of(op.gate); ++a) {
      const Angle &angle = op.angles[a];
      if (angle.source == Angle::Source::constant)
        continue;
      const auto difference = [&](double by) {
        return value_of(run_shifted(circuit, features, weights, start, {k, a, by}), cotangent) -
               value_of(run_shifted(circuit, features, weights, start, {k, a, -by}), cotangent);
      };
      const double r = std::sqrt(2.0);
      const bool four = op.gate == Gate::crx || op.gate == Gate::cry || op.gate == Gate::crz;
      const double slope =
          four ? (r + 1) / (4 * r) * difference(pi / 2) - (r - 1) / (4 * r) * difference(3 * pi / 2)
               : difference(pi / 2) / 2;
      (angle.source == Angle::Source::feature ? result.features : result.weights)[angle.index] +=
          angle.scale * slope;
    }
  }
  return result;
}

} // namespace duet::dense
