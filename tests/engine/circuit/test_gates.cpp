// The gate table against the definitions of the contract.
#include "engine/circuit/gates.h"
#include <QTest>
#include <cmath>
#include <numbers>
#include <set>

using namespace duet;
using Complex = std::complex<double>;

class TestGates : public QObject {
  Q_OBJECT

  static GateMatrix product(const GateMatrix &a, const GateMatrix &b) {
    GateMatrix m;
    m.qubits = a.qubits;
    const int size = 1 << a.qubits;
    for (int i = 0; i < size; ++i)
      for (int j = 0; j < size; ++j)
        for (int k = 0; k < size; ++k)
          m.entries[std::size_t((i << a.qubits) | j)] += a.at(i, k) * b.at(k, j);
    return m;
  }
  static double distance(const GateMatrix &a, const GateMatrix &b) {
    double largest = a.qubits == b.qubits ? 0 : 1e9;
    const int size = 1 << a.qubits;
    for (int i = 0; i < size; ++i)
      for (int j = 0; j < size; ++j)
        largest = std::max(largest, std::abs(a.at(i, j) - b.at(i, j)));
    return largest;
  }

private Q_SLOTS:
  void everyGateIsFoundByBothItsNames() {
    std::set<std::string_view> names;
    for (const GateFacts &record : all_gates()) {
      QVERIFY(find_gate(record.qasm2) == record.gate);
      QVERIFY(find_gate(record.qasm3) == record.gate);
      QVERIFY(names.insert(record.qasm3).second);
      QVERIFY(!record.help.empty() && record.help.back() == '.');
      for (int i = 0; i < 3; ++i)
        QCOMPARE(record.parameter_names[std::size_t(i)].empty(), i >= record.parameters);
    }
    QVERIFY(!find_gate("toffoli"));
    QVERIFY(!find_gate(""));
  }

  void matricesAreUnitaryAndAsDiagonalAndRealAsTheTableSays() {
    for (const GateFacts &record : all_gates()) {
      if (record.gate == Gate::barrier)
        continue;
      const GateMatrix m = gate_matrix(record.gate, {0.7, -1.1, 2.3});
      QCOMPARE(m.qubits, record.qubits);
      const int size = 1 << m.qubits;
      bool diagonal = true, real = true;
      for (int i = 0; i < size; ++i)
        for (int j = 0; j < size; ++j) {
          Complex dot = 0;
          for (int k = 0; k < size; ++k)
            dot += std::conj(m.at(k, i)) * m.at(k, j);
          QVERIFY(std::abs(dot - Complex(i == j ? 1 : 0)) < 1e-14);
          diagonal = diagonal && (i == j || std::abs(m.at(i, j)) == 0);
          real = real && m.at(i, j).imag() == 0;
        }
      QCOMPARE(diagonal, record.diagonal);
      QCOMPARE(real, record.real);
    }
  }

  void inversesUndo() {
    const std::pair<Gate, Gate> pairs[] = {{Gate::s, Gate::sdg},       {Gate::t, Gate::tdg},
                                           {Gate::sx, Gate::sxdg},     {Gate::h, Gate::h},
                                           {Gate::cswap, Gate::cswap}, {Gate::ccx, Gate::ccx}};
    for (auto [gate, inverse] : pairs) {
      GateMatrix identity;
      identity.qubits = facts(gate).qubits;
      for (int i = 0; i < 1 << identity.qubits; ++i)
        identity.entries[std::size_t((i << identity.qubits) | i)] = 1;
      QVERIFY(distance(product(gate_matrix(gate), gate_matrix(inverse)), identity) < 1e-15);
    }
  }

  /// exp(-i t P/2) for P = X, Y, Z, XX, YY, ZZ: the power series, against the table's closed form.
  void turnsAreExponentialsOfTheirGenerators() {
    const Complex i{0, 1};
    auto kron = [](const GateMatrix &a, const GateMatrix &b) {
      GateMatrix m;
      m.qubits = 2;
      for (int r = 0; r < 4; ++r)
        for (int c = 0; c < 4; ++c)
          m.entries[std::size_t(r * 4 + c)] = a.at(r >> 1, c >> 1) * b.at(r & 1, c & 1);
      return m;
    };
    const GateMatrix x = gate_matrix(Gate::x), y = gate_matrix(Gate::y), z = gate_matrix(Gate::z);
    const std::pair<Gate, GateMatrix> turns[] = {{Gate::rx, x},           {Gate::ry, y},
                                                 {Gate::rz, z},           {Gate::rxx, kron(x, x)},
                                                 {Gate::ryy, kron(y, y)}, {Gate::rzz, kron(z, z)}};
    for (const auto &[gate, generator] : turns) {
      const double t = 0.83;
      GateMatrix term, sum;
      term.qubits = sum.qubits = generator.qubits;
      for (int k = 0; k < 1 << term.qubits; ++k)
        term.entries[std::size_t((k << term.qubits) | k)] = 1;
      for (int order = 1; order < 30; ++order) {
        for (std::size_t k = 0; k < 64; ++k)
          sum.entries[k] += term.entries[k];
        term = product(term, generator);
        for (auto &entry : term.entries)
          entry *= -i * t / 2.0 / double(order);
      }
      QVERIFY2(distance(sum, gate_matrix(gate, {t})) < 1e-14, facts(gate).qasm3.data());
    }
  }

  void controlledGatesActWhereTheControlIsOne() {
    for (const GateFacts &record : all_gates()) {
      if (record.controls == 0)
        continue;
      const std::array<double, 3> angles = {0.4, 0, 0};
      const GateMatrix whole = gate_matrix(record.gate, angles), inner = gate_matrix(record.target, angles);
      const int size = 1 << whole.qubits, first = size - (1 << inner.qubits);
      for (int r = 0; r < size; ++r)
        for (int c = 0; c < size; ++c) {
          const Complex expected =
              r >= first && c >= first ? inner.at(r - first, c - first) : Complex(r == c ? 1 : 0);
          QCOMPARE(whole.at(r, c), expected);
        }
    }
  }

  void u3IsOpenQasm2s() { // RZ(phi) RY(theta) RZ(lambda) times exp(i (phi + lambda) / 2)
    const double theta = 0.9, phi = 0.3, lambda = -1.7;
    GateMatrix m = product(product(gate_matrix(Gate::rz, {phi}), gate_matrix(Gate::ry, {theta})),
                           gate_matrix(Gate::rz, {lambda}));
    for (auto &entry : m.entries)
      entry *= std::polar(1.0, (phi + lambda) / 2);
    QVERIFY(distance(m, gate_matrix(Gate::u3, {theta, phi, lambda})) < 1e-15);
    QVERIFY(std::abs(gate_matrix(Gate::p, {std::numbers::pi / 2}).at(1, 1) - Complex(0, 1)) < 1e-15);
  }
};

QTEST_APPLESS_MAIN(TestGates)
#include "test_gates.moc"
