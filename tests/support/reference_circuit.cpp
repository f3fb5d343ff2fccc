#include "tests/support/reference_circuit.h"
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace duet::reference {
namespace {

using Complex = std::complex<double>;
constexpr Complex i1{0, 1};

/// Square matrix, row-major.
struct Matrix {
  std::size_t size;
  std::vector<Complex> at;
};

Matrix product(const Matrix &a, const Matrix &b) {
  Matrix c{a.size, std::vector<Complex>(a.size * a.size)};
  for (std::size_t r = 0; r < a.size; ++r)
    for (std::size_t k = 0; k < a.size; ++k)
      for (std::size_t j = 0; j < a.size; ++j)
        c.at[r * a.size + j] += a.at[r * a.size + k] * b.at[k * a.size + j];
  return c;
}

Matrix kron(const Matrix &a, const Matrix &b) {
  const std::size_t n = a.size * b.size;
  Matrix c{n, std::vector<Complex>(n * n)};
  for (std::size_t r = 0; r < n; ++r)
    for (std::size_t j = 0; j < n; ++j)
      c.at[r * n + j] = a.at[r / b.size * a.size + j / b.size] * b.at[r % b.size * b.size + j % b.size];
  return c;
}

/// inner on the last qubits where the first is 1; `rest` 1 for a gate (identity elsewhere), 0 for a
/// derivative.
Matrix controlled(const Matrix &inner, double rest) {
  const std::size_t n = inner.size * 2;
  Matrix c{n, std::vector<Complex>(n * n)};
  for (std::size_t r = 0; r < inner.size; ++r) {
    c.at[r * n + r] = rest;
    for (std::size_t j = 0; j < inner.size; ++j)
      c.at[(r + inner.size) * n + j + inner.size] = inner.at[r * inner.size + j];
  }
  return c;
}

const Matrix pauli_x{2, {0, 1, 1, 0}}, pauli_y{2, {0, -i1, i1, 0}}, pauli_z{2, {1, 0, 0, -1}};

/// A gate's matrix and its derivative in each angle.
struct GateMatrix {
  Matrix value;
  std::vector<Matrix> derivative;
};

/// exp(-i t G / 2) for G^2 = 1; its derivative is -i/2 G times itself.
GateMatrix rotation(const Matrix &g, double t) {
  Matrix m = g;
  for (std::size_t k = 0; k < m.at.size(); ++k)
    m.at[k] = -i1 * std::sin(t / 2) * g.at[k] + (k % (g.size + 1) == 0 ? std::cos(t / 2) : 0.0);
  Matrix d = product(g, m);
  for (Complex &v : d.at)
    v *= -0.5 * i1;
  return {m, {d}};
}

GateMatrix phase(double t) {
  const Complex e = std::exp(i1 * t);
  return {{2, {1, 0, 0, e}}, {{2, {0, 0, 0, i1 * e}}}};
}

GateMatrix u3(double t, double p, double l) {
  const double c = std::cos(t / 2), s = std::sin(t / 2);
  const Complex ep = std::exp(i1 * p), el = std::exp(i1 * l);
  return {{2, {c, -el * s, ep * s, ep * el * c}},
          {{2, {-s / 2, -el * c / 2.0, ep * c / 2.0, -ep * el * s / 2.0}},
           {2, {0, 0, i1 * ep * s, i1 * ep * el * c}},
           {2, {0, -i1 * el * s, 0, i1 * ep * el * c}}}};
}

GateMatrix under_control(const GateMatrix &inner) {
  GateMatrix out{controlled(inner.value, 1), {}};
  for (const Matrix &d : inner.derivative)
    out.derivative.push_back(controlled(d, 0));
  return out;
}

GateMatrix gate_matrix(Gate gate, const std::array<double, 3> &a) {
  const double h = std::sqrt(0.5);
  const Matrix had{2, {h, h, h, -h}}, swap{4, {1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1}};
  switch (gate) {
  case Gate::id:
    return {{2, {1, 0, 0, 1}}, {}};
  case Gate::h:
    return {had, {}};
  case Gate::x:
    return {pauli_x, {}};
  case Gate::y:
    return {pauli_y, {}};
  case Gate::z:
    return {pauli_z, {}};
  case Gate::s:
    return {{2, {1, 0, 0, i1}}, {}};
  case Gate::sdg:
    return {{2, {1, 0, 0, -i1}}, {}};
  case Gate::t:
    return {{2, {1, 0, 0, Complex(h, h)}}, {}};
  case Gate::tdg:
    return {{2, {1, 0, 0, Complex(h, -h)}}, {}};
  case Gate::sx:
    return {{2, {Complex(.5, .5), Complex(.5, -.5), Complex(.5, -.5), Complex(.5, .5)}}, {}};
  case Gate::sxdg:
    return {{2, {Complex(.5, -.5), Complex(.5, .5), Complex(.5, .5), Complex(.5, -.5)}}, {}};
  case Gate::rx:
    return rotation(pauli_x, a[0]);
  case Gate::ry:
    return rotation(pauli_y, a[0]);
  case Gate::rz:
    return rotation(pauli_z, a[0]);
  case Gate::p:
    return phase(a[0]);
  case Gate::u3:
    return u3(a[0], a[1], a[2]);
  case Gate::cx:
    return under_control({pauli_x, {}});
  case Gate::cy:
    return under_control({pauli_y, {}});
  case Gate::cz:
    return under_control({pauli_z, {}});
  case Gate::ch:
    return under_control({had, {}});
  case Gate::cp:
    return under_control(phase(a[0]));
  case Gate::crx:
    return under_control(rotation(pauli_x, a[0]));
  case Gate::cry:
    return under_control(rotation(pauli_y, a[0]));
  case Gate::crz:
    return under_control(rotation(pauli_z, a[0]));
  case Gate::swap:
    return {swap, {}};
  case Gate::cswap:
    return under_control({swap, {}});
  case Gate::ccx:
    return under_control(under_control({pauli_x, {}}));
  case Gate::rxx:
    return rotation(kron(pauli_x, pauli_x), a[0]);
  case Gate::ryy:
    return rotation(kron(pauli_y, pauli_y), a[0]);
  case Gate::rzz:
    return rotation(kron(pauli_z, pauli_z), a[0]);
  case Gate::barrier:
    break;
  }
  throw std::logic_error("no matrix for this gate");
}

using State = std::vector<Complex>;

/// m on the given qubits; the first of them is the most significant bit of m's index.
State applied(const Matrix &m, const std::array<std::int16_t, 3> &qubits, const State &state, int n) {
  std::size_t count = 0;
  while (count < 3 && (std::size_t{1} << count) < m.size)
    ++count;
  const auto local = [&](std::size_t index) {
    std::size_t bits = 0;
    for (std::size_t k = 0; k < count; ++k)
      bits = bits * 2 + ((index >> (n - 1 - qubits[k])) & 1);
    return bits;
  };
  State out(state.size());
  for (std::size_t row = 0; row < state.size(); ++row)
    for (std::size_t c = 0; c < m.size; ++c) {
      std::size_t from = row;
      for (std::size_t k = 0; k < count; ++k) {
        const std::size_t bit = std::size_t{1} << (n - 1 - qubits[k]);
        from = (c >> (count - 1 - k)) & 1 ? from | bit : from & ~bit;
      }
      out[row] += m.at[local(row) * m.size + c] * state[from];
    }
  return out;
}

double sign_of(std::size_t index, int qubit, int n) { return (index >> (n - 1 - qubit)) & 1 ? -1.0 : 1.0; }

} // namespace

CircuitResult run_circuit(const Circuit &circuit, const std::vector<double> &features,
                          const std::vector<double> &weights, const std::vector<double> &start) {
  const int n = circuit.qubits;
  const std::size_t size = std::size_t{1} << n, nf = features.size(), nw = weights.size();
  State state(size);
  state[0] = 1;
  if (!start.empty())
    state.assign(start.begin(), start.end());
  std::vector<State> tangents(nf + nw); // features first; empty = zero so far
  for (const Operation &op : circuit.operations) {
    if (op.gate == Gate::barrier)
      continue;
    std::array<double, 3> values{};
    for (std::size_t k = 0; k < 3; ++k) {
      const Angle &a = op.angles[k];
      const auto index = static_cast<std::size_t>(a.index);
      values[k] = a.offset + (a.source == Angle::Source::feature  ? a.scale * features.at(index)
                              : a.source == Angle::Source::weight ? a.scale * weights.at(index)
                                                                  : 0.0);
    }
    const GateMatrix g = gate_matrix(op.gate, values);
    for (State &t : tangents)
      if (!t.empty())
        t = applied(g.value, op.qubits, t, n);
    for (std::size_t k = 0; k < g.derivative.size(); ++k) {
      const Angle &a = op.angles[k];
      if (a.source == Angle::Source::constant)
        continue;
      State &t = tangents[static_cast<std::size_t>(a.index) + (a.source == Angle::Source::weight ? nf : 0)];
      t.resize(size);
      const State d = applied(g.derivative[k], op.qubits, state, n);
      for (std::size_t j = 0; j < size; ++j)
        t[j] += a.scale * d[j];
    }
    state = applied(g.value, op.qubits, state, n);
  }
  const auto nq = static_cast<std::size_t>(n);
  CircuitResult out{std::vector<double>(size), std::vector<double>(nq), std::vector<double>(nq * nf),
                    std::vector<double>(nq * nw)};
  for (std::size_t j = 0; j < size; ++j)
    out.probabilities[j] = std::norm(state[j]);
  for (int q = 0; q < n; ++q) {
    const auto row = static_cast<std::size_t>(q);
    for (std::size_t j = 0; j < size; ++j)
      out.expectation_z[row] += sign_of(j, q, n) * out.probabilities[j];
    for (std::size_t p = 0; p < nf + nw; ++p) {
      double sum = 0;
      for (std::size_t j = 0; j < tangents[p].size(); ++j)
        sum += 2 * sign_of(j, q, n) * std::real(std::conj(state[j]) * tangents[p][j]);
      (p < nf ? out.feature_jacobian[row * nf + p] : out.weight_jacobian[row * nw + p - nf]) = sum;
    }
  }
  return out;
}

Circuit template_circuit(const QuantumSettings &s) {
  const int n = s.qubits;
  const bool encode = s.input != QuantumInput::amplitude;
  Circuit c;
  c.qubits = n;
  c.features = encode ? n : 0;
  const auto add = [&](Gate g, int a, int b = -1, Angle angle = {}) {
    c.operations.push_back(
        {g, {static_cast<std::int16_t>(a), static_cast<std::int16_t>(b), -1}, {angle, {}, {}}});
  };
  const auto turn = [&](Gate g, int a, int b = -1) { add(g, a, b, Angle::weight(c.weights++)); };
  const auto column = [&] {
    for (int i = 0; i < n; ++i)
      add(Gate::ry, i, -1, Angle::feature(i));
  };
  if (encode) {
    for (int i = 0; i < n; ++i)
      add(Gate::h, i);
    column();
  }
  for (int layer = 0; layer < s.layers; ++layer) {
    if (layer > 0 && s.reupload)
      column();
    switch (s.ansatz) {
    case Ansatz::star:
      for (int i = 1; i < n; ++i) {
        add(Gate::cx, 0, i);
        turn(Gate::rz, i), turn(Gate::rx, i), turn(Gate::rz, i);
        add(Gate::cx, 0, i);
      }
      break;
    case Ansatz::ring:
      for (int i = 0; i < n; ++i)
        turn(Gate::ry, i);
      for (int i = 0; n > 1 && i < n; ++i)
        add(Gate::cx, i, (i + 1) % n);
      break;
    case Ansatz::linear:
      for (int i = 0; i < n; ++i)
        turn(Gate::ry, i), turn(Gate::rz, i);
      for (int i = 0; i + 1 < n; ++i)
        add(Gate::cx, i, i + 1);
      break;
    case Ansatz::all_to_all:
      for (int i = 0; i < n; ++i)
        for (int j = i + 1; j < n; ++j)
          turn(Gate::crz, i, j);
      for (int i = 0; i < n; ++i)
        turn(Gate::rz, i), turn(Gate::rx, i);
      break;
    case Ansatz::strongly_entangling:
      for (int i = 0; i < n; ++i)
        turn(Gate::rz, i), turn(Gate::ry, i), turn(Gate::rz, i);
      for (int i = 0; n > 1 && i < n; ++i)
        add(Gate::cx, i, (i + 1 + layer % (n - 1)) % n);
      break;
    case Ansatz::custom:
    case Ansatz::none:
      throw std::logic_error("not a template");
    }
  }
  return c;
}

} // namespace duet::reference
