// What programs mean: the gates that definitions unfold into, multiplied out by the slow simulator, against
// the matrices the standard files promise.
#include "engine/circuit/gates.h"
#include "engine/qasm/qasm.h"
#include "tests/support/dense_simulator.h"
#include <QTest>
#include <cmath>
#include <functional>
#include <numbers>

using namespace duet;
using std::numbers::pi;
using Complex = std::complex<double>;
using Matrix = std::vector<std::vector<Complex>>; // [row][column], q[0] the most significant bit

class TestQasmMeaning : public QObject {
  Q_OBJECT

  static Matrix matrix(const std::string &lines, int qubits, int version = 2) {
    const std::string head = version == 2 ? "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n"
                                          : "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n";
    const Circuit circuit = read_qasm(head + "qreg q[" + std::to_string(qubits) + "];\n" + lines, "t");
    const std::size_t size = std::size_t(1) << qubits;
    Matrix result(size, std::vector<Complex>(size));
    for (std::size_t column = 0; column < size; ++column) {
      std::vector<double> start(size);
      start[column] = 1;
      const auto state = dense::run(circuit, {}, {}, start);
      for (std::size_t row = 0; row < size; ++row)
        result[row][column] = state[row];
    }
    return result;
  }
  static Matrix identity(std::size_t size) {
    Matrix m(size, std::vector<Complex>(size));
    for (std::size_t i = 0; i < size; ++i)
      m[i][i] = 1;
    return m;
  }
  /// The matrix on the last qubits where all `controls` before them are 1.
  static Matrix controlled(int controls, const Matrix &inner) {
    const std::size_t size = inner.size() << controls, first = size - inner.size();
    Matrix m = identity(size);
    for (std::size_t r = 0; r < inner.size(); ++r)
      for (std::size_t c = 0; c < inner.size(); ++c)
        m[first + r][first + c] = inner[r][c];
    return m;
  }
  static Matrix of(Gate gate, std::array<double, 3> angles = {}, Complex phase = 1) {
    const GateMatrix g = gate_matrix(gate, angles);
    Matrix m(std::size_t(1) << g.qubits, std::vector<Complex>(std::size_t(1) << g.qubits));
    for (std::size_t r = 0; r < m.size(); ++r)
      for (std::size_t c = 0; c < m.size(); ++c)
        m[r][c] = phase * g.at(int(r), int(c));
    return m;
  }
  /// 0 if they are the same up to one phase.
  static double difference(const Matrix &a, const Matrix &b) {
    Complex overlap = 0;
    for (std::size_t r = 0; r < a.size(); ++r)
      for (std::size_t c = 0; c < a.size(); ++c)
        overlap += std::conj(a[r][c]) * b[r][c];
    return std::abs(std::abs(overlap) - double(a.size()));
  }
  static void same(const std::string &lines, const Matrix &expected, int version = 2) {
    const int qubits = int(std::lround(std::log2(double(expected.size()))));
    const double off = difference(matrix(lines, qubits, version), expected);
    QVERIFY2(off < 1e-9, (lines + ": off by " + std::to_string(off)).c_str());
  }

private Q_SLOTS:
  void theStandardFilesDerivedGates() {
    same("u2(0.3, 0.7) q[0];", of(Gate::u3, {pi / 2, 0.3, 0.7}));
    same("u0(1) q[0];", identity(2));
    same("csx q[0],q[1];", controlled(1, of(Gate::sx)));
    same("cu3(0.3, 0.7, -1.1) q[0],q[1];", controlled(1, of(Gate::u3, {0.3, 0.7, -1.1})));
    same("cu(0.3, 0.7, -1.1, 0.4) q[0],q[1];",
         controlled(1, of(Gate::u3, {0.3, 0.7, -1.1}, std::polar(1.0, 0.4))));
    same("c3x q[0],q[1],q[2],q[3];", controlled(3, of(Gate::x)));
    same("c4x q[0],q[1],q[2],q[3],q[4];", controlled(4, of(Gate::x)));
    same("c3sqrtx q[0],q[1],q[2],q[3];", controlled(3, of(Gate::sx)));
    const double c = std::cos(0.45), s = std::sin(0.45); // exp(-i 0.9 ZX / 2)
    same("rzx(0.9) q[0],q[1];", {{c, Complex(0, -s), 0, 0},
                                 {Complex(0, -s), c, 0, 0},
                                 {0, 0, c, Complex(0, s)},
                                 {0, 0, Complex(0, s), c}});
  }

  void relativePhaseToffolisPermuteLikeToffolis() {
    for (const auto &[lines, controls] :
         {std::pair("rccx q[0],q[1],q[2];", 2), std::pair("rc3x q[0],q[1],q[2],q[3];", 3)}) {
      const Matrix ours = matrix(lines, controls + 1), toffoli = controlled(controls, of(Gate::x));
      for (std::size_t r = 0; r < ours.size(); ++r)
        for (std::size_t k = 0; k < ours.size(); ++k)
          QVERIFY(std::abs(std::abs(ours[r][k]) - std::abs(toffoli[r][k])) < 1e-12);
    }
  }

  void modifiersDoWhatTheySay() {
    same("ctrl @ u3(0.3, 0.9, 0.7) q[0], q[1];", controlled(1, of(Gate::u3, {0.3, 0.9, 0.7})), 3);
    same("ctrl @ inv @ u3(0.3, 0.9, 0.7) q[0], q[1];", controlled(1, of(Gate::u3, {-0.3, -0.7, -0.9})), 3);
    for (const Gate gate :
         {Gate::x, Gate::y, Gate::z, Gate::h, Gate::s, Gate::sdg, Gate::t, Gate::tdg, Gate::sx, Gate::swap})
      same("ctrl @ " + std::string(facts(gate).qasm3) +
               (gate == Gate::swap ? " q[0], q[1], q[2];" : " q[0], q[1];"),
           controlled(1, of(gate)), 3);
    for (const Gate gate : {Gate::p, Gate::rx, Gate::ry, Gate::rz})
      same("ctrl @ " + std::string(facts(gate).qasm3) + "(0.8) q[0], q[1];", controlled(1, of(gate, {0.8})),
           3);
    same("ctrl @ cx q[0], q[1], q[2];", controlled(2, of(Gate::x)), 3);
    same("ctrl @ inv @ sx q[0], q[1];", controlled(1, of(Gate::sxdg)), 3);
  }

  void definitionsUnderControlsAndInverses() {
    const std::string g = "gate g(t) a, b { rz(t) a; h b; cx a, b; gphase(t); p(2*t) b; }\n";
    const Matrix plain = matrix(g + "g(0.4) q[0], q[1];", 2, 3);
    // gphase is seen under a control only: there it counts
    Matrix phased = plain;
    for (auto &row : phased)
      for (auto &entry : row)
        entry *= std::polar(1.0, 0.4);
    same(g + "ctrl @ g(0.4) q[0], q[1], q[2];", controlled(1, phased), 3);
    same(g + "g(0.4) q[0], q[1];\ninv @ g(0.4) q[0], q[1];", identity(4), 3);
    same(g + "pow(-2) @ g(0.4) q[0], q[1];\ng(0.4) q[0], q[1];\ng(0.4) q[0], q[1];", identity(4), 3);
    same("negctrl @ x q[0], q[1];", {{0, 1, 0, 0}, {1, 0, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}, 3);
  }

  /// q[0] is the most significant bit; registers stand in order of declaration.
  void bitOrder() {
    const Circuit circuit =
        read_qasm("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg b[1];\nqreg a[2];\nx a[0];\n", "t");
    const auto state = dense::run(circuit, {}, {});
    QCOMPARE(std::abs(state[2]), 1.0); // 010
  }
};

QTEST_APPLESS_MAIN(TestQasmMeaning)
#include "test_meaning.moc"
