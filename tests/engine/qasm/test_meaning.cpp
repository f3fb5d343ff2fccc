// What programs mean: the gates that definitions and modifiers unfold into, multiplied out, against the
// matrices that the specifications and the standard files promise.
#include "tests/support/dense_simulator.h"
#include "tests/support/qasm_text.h"
#include <Eigen/Eigenvalues>
#include <cmath>
#include <numbers>
#include <unsupported/Eigen/KroneckerProduct>

using namespace duet;
using namespace duet::qasm_text;
using std::numbers::pi;
using Complex = std::complex<double>;
using Eigen::MatrixXcd;

class TestQasmMeaning : public QObject {
  Q_OBJECT

  static int qubits_of(const MatrixXcd &matrix) { return int(std::lround(std::log2(double(matrix.rows())))); }
  static MatrixXcd identity(int qubits) { return MatrixXcd::Identity(1 << qubits, 1 << qubits); }
  /// Up to one phase.
  static void same_matrix(const std::string &lines, const MatrixXcd &expected, int version = 3) {
    const double off = distance_up_to_phase(matrix(lines, qubits_of(expected), version), expected);
    QVERIFY2(off < 1e-12, (lines + ": off by " + number(off)).c_str());
  }
  /// Phase included: as what a control in front of it shows. `call`: the gate's call without its operands.
  static void means(const std::string &definitions, const std::string &call, const MatrixXcd &expected) {
    const int qubits = qubits_of(expected) + 1;
    std::string lines = definitions + "ctrl @ " + call;
    for (int q = 0; q < qubits; ++q)
      lines += (q ? ", q[" : " q[") + std::to_string(q) + "]";
    const double off = distance(matrix(lines + ";\n", qubits), controlled(1, expected));
    QVERIFY2(off < 1e-12, (lines + ": off by " + number(off)).c_str());
  }
  static std::string operands(int from, int count) {
    std::string text;
    for (int q = from; q < from + count; ++q)
      text += (q > from ? ", q[" : " q[") + std::to_string(q) + "]";
    return text;
  }
  static std::array<double, 3> some_angles() { return {0.3, 0.9, -0.7}; }
  static std::string angles(const GateFacts &record) {
    std::string text;
    for (int a = 0; a < record.parameters; ++a)
      text += (a ? ", " : "(") + number(some_angles()[std::size_t(a)]);
    return text + (record.parameters ? ")" : "");
  }

private Q_SLOTS:
  void theStandardFilesDerivedGates() {
    same_matrix("u2(0.3, 0.7) q[0];", gate_matrix(Gate::u3, {pi / 2, 0.3, 0.7}), 2);
    same_matrix("u0(1) q[0];", identity(1), 2);
    same_matrix("cu3(0.3, 0.7, -1.1) q[0],q[1];", controlled(1, gate_matrix(Gate::u3, {0.3, 0.7, -1.1})), 2);
    same_matrix("cu(0.3, 0.7, -1.1, 0.4) q[0],q[1];",
                controlled(1, std::polar(1.0, 0.4) * gate_matrix(Gate::u3, {0.3, 0.7, -1.1})), 2);
    same_matrix("c4x q[0],q[1],q[2],q[3],q[4];", controlled(4, gate_matrix(Gate::x)), 2);
    same_matrix("c3sqrtx q[0],q[1],q[2],q[3];", controlled(3, gate_matrix(Gate::sx)), 2);
  }

  /// Every gate under one to four controls, of which two are negative.
  void everyGateTakesControls() {
    for (const GateFacts &record : all_gates()) {
      if (record.gate == Gate::barrier)
        continue;
      const MatrixXcd inner = gate_matrix(record.gate, some_angles());
      const std::string name = std::string(record.qasm3) + angles(record);
      means("", name, inner);
      for (const int controls : {2, 4}) {
        const int qubits = record.qubits + controls;
        if (qubits > 6)
          continue;
        const std::string lines =
            "ctrl(" + std::to_string(controls) + ") @ " + name + operands(0, qubits) + ";\n";
        const double off = distance(matrix(lines, qubits), controlled(controls, inner));
        QVERIFY2(off < 1e-12, lines.c_str());
        const double spare =
            distance(matrix(lines, qubits + 1),
                     Eigen::kroneckerProduct(controlled(controls, inner), identity(1)).eval());
        QVERIFY2(spare < 1e-12, ("with a spare qubit: " + lines).c_str());
      }
      MatrixXcd negative = identity(record.qubits + 2); // acts where the controls are 0 and 1
      const Eigen::Index size = inner.rows();
      negative.block(size, size, size, size) = inner;
      const std::string lines = "negctrl @ ctrl @ " + name + operands(0, record.qubits + 2) + ";\n";
      QVERIFY2(distance(matrix(lines, record.qubits + 2), negative) < 1e-12, lines.c_str());
    }
  }

  void theMostControlsThereAre() {
    const std::string q = head3 + "qubit[20] q;\n";
    const std::string small = head3 + "qubit[9] q;\n";
    const auto all = dense::run(read_qasm(small + "x q;\nctrl(8) @ x" + operands(0, 9) + ";\n", "t"), {}, {});
    QVERIFY(std::abs(std::abs(all[(1u << 9) - 2]) - 1) < 1e-9);
    const auto one_less =
        dense::run(read_qasm(small + "x q;\nx q[4];\nctrl(7) @ x" + operands(0, 8) + ";\n", "t"), {}, {});
    QVERIFY(std::abs(std::abs(one_less[((1u << 9) - 1) ^ (1u << 4)]) - 1) < 1e-9);
    QVERIFY(read_qasm(q + "ctrl(19) @ x" + operands(0, 20) + ";\n", "t").operations.size() < 5000);
    QVERIFY(read_qasm(q + "mcx" + operands(0, 19) + ";\n", "t").operations.size() < 100);
    complains(q + "ctrl(20) @ x q[0];\n", 4, "1 to 19 controls");
    complains(q + "mcx q[0];\n", 4, "acts on 2 to 20 qubits, not 1");
  }

  void gatesOfAnyNumberOfControls() {
    for (int controls = 1; controls <= 6; ++controls) {
      same_matrix("mcx" + operands(0, controls + 1) + ";", controlled(controls, gate_matrix(Gate::x)));
      same_matrix("mcphase(0.4)" + operands(0, controls + 1) + ";",
                  controlled(controls, gate_matrix(Gate::p, {0.4})));
    }
    same(
        read_qasm(head2 + "qreg q[5];\nmcx q[0],q[1];\nmcx q[0],q[1],q[2];\nmcx q[1],q[2],q[3],q[4];\n", "t"),
        {op(Gate::cx, {0, 1}), op(Gate::ccx, {0, 1, 2}), op(*find_gate("c3x"), {1, 2, 3, 4})});
    same_matrix("gate g a, b, c, d { mcx a, b, c, d; }\ng q[0], q[1], q[2], q[3];",
                controlled(3, gate_matrix(Gate::x)));
  }

  /// Inverse and whole powers of every gate.
  void everyGateCanBeUndoneAndRepeated() {
    for (const GateFacts &record : all_gates()) {
      if (record.gate == Gate::barrier)
        continue;
      const MatrixXcd once = gate_matrix(record.gate, some_angles());
      const std::string name = std::string(record.qasm3) + angles(record);
      means("", "inv @ " + name, once.adjoint());
      means("", "pow(3) @ " + name, once * once * once);
      means("", "pow(-2) @ " + name, (once * once).adjoint());
      means("", "inv @ pow(2) @ inv @ " + name, once * once);
      means("", "pow(0) @ " + name, identity(record.qubits));
    }
  }

  /// Real powers: as often as they fit into the gate they give it back, and they are the principal ones.
  void everyGateHasRealPowers() {
    for (const GateFacts &record : all_gates()) {
      if (record.gate == Gate::barrier)
        continue;
      const MatrixXcd once = gate_matrix(record.gate, some_angles());
      const std::string name = std::string(record.qasm3) + angles(record);
      means("", "pow(3) @ pow(1/3) @ " + name, once);
      means("", "inv @ pow(0.5) @ pow(2) @ pow(1/2) @ " + name, matrix_power(once, 0.5).adjoint());
      means("", "pow(-0.7) @ " + name, matrix_power(once, -0.7));
    }
  }

  void realPowersOfKnownGates() {
    const auto only = [](const std::string &call) {
      const Circuit circuit = read_qasm(head3 + "qubit[3] q;\n" + call, "t");
      return circuit.operations.size() == 1 ? circuit.operations[0] : Operation{};
    };
    QVERIFY(only("pow(1/2) @ x q[0];") == op(Gate::sx, {0}));
    QVERIFY(only("pow(0.5) @ z q[0];") == op(Gate::s, {0}));
    QVERIFY(only("inv @ pow(0.25) @ z q[1];") == op(Gate::tdg, {1}));
    QVERIFY(only("pow(1/2) @ ctrl @ x q[2], q[0];") == op(*find_gate("csx"), {2, 0}));
    QVERIFY(only("ctrl @ pow(1/2) @ s q[2], q[0];").gate == Gate::cp);
    // the square of Z is 1, and so is its root; the root of Z is S
    same_matrix("pow(1/2) @ pow(2) @ z q[0];", identity(1));
    same_matrix("pow(2) @ pow(1/2) @ z q[0];", gate_matrix(Gate::z));
    const Complex p(0.5, 0.5), m(0.5, -0.5);
    means("", "pow(1/2) @ swap", MatrixXcd{{1, 0, 0, 0}, {0, p, m, 0}, {0, m, p, 0}, {0, 0, 0, 1}});
    means("gate half(t) a { pow(t/2) @ x a; }\n", "half(1)", gate_matrix(Gate::sx));
    means("gate g a, b { h a; cx a, b; gphase(0.3); }\n", "pow(0.4) @ g",
          matrix_power(std::polar(1.0, 0.3) * matrix("h q[0];\ncx q[0], q[1];", 2), 0.4));
  }

  void powersThatCannotBe() {
    const std::string q = head3 + "input float w0;\nqubit[7] q;\n";
    complains(q + "pow(0.5) @ rx(w0) q[0];\n", 5, "constant angles");
    complains(q + "pow(w0) @ x q[0];\n", 5, "must be a number");
    complains(q + "pow @ x q[0];\n", 5, "pow needs a number");
    complains(q + "gate g a,b,c,d,e,f { h a; cx a,b; cx b,c; cx c,d; cx d,e; cx e,f; }\npow(0.5) @ g "
                  "q[0],q[1],q[2],q[3],q[4],q[5];\n",
              6, "at most 5");
    complains(q + "pow(3000000) @ x q[0];\n", 5, "from -1000000 to 1000000");
    complains(q + "pow(1e300) @ x q[0];\n", 5, "from -1000000 to 1000000");
  }

  /// The specification's text: U(0, phi, lambda) is not Qiskit's U3, and a control shows it.
  void theSpecificationsOwnDefinitions() {
    const double t = 0.7, phi = -0.4, lambda = 1.9;
    const Complex i(0, 1), et = std::polar(1.0, t);
    const MatrixXcd u =
        MatrixXcd{{1.0 + et, -i * std::polar(1.0, lambda) * (1.0 - et)},
                  {i * std::polar(1.0, phi) * (1.0 - et), std::polar(1.0, phi + lambda) * (1.0 + et)}} /
        2;
    means("", "U(0.7, -0.4, 1.9)", u);
    means("gate X q { U(π, 0, π) q; gphase(-π/2); }\n", "X", gate_matrix(Gate::x));
    means("gate X q { U(π, 0, π) q; gphase -π/2; }\n", "X", gate_matrix(Gate::x));
    means("gate X q { U(π, 0, π) q; gphase(-π/2); }\ngate own a, b { ctrl @ X a, b; }\n", "own",
          gate_matrix(Gate::cx));
    means("gate h q { U(π/2, 0, π) q; gphase(-π/4); }\n", "h", gate_matrix(Gate::h));
    means("gate y a { U(π, π/2, π/2) a; gphase(-π/2); }\n", "y", gate_matrix(Gate::y));
    means("gate sx a { pow(1/2) @ x a; }\n", "sx", gate_matrix(Gate::sx));
    means("gate sdg a { inv @ pow(0.5) @ z a; }\n", "sdg", gate_matrix(Gate::sdg));
    means("gate p(λ) a { ctrl @ gphase(λ) a; }\n", "p(0.8)", gate_matrix(Gate::p, {0.8}));
    means("gate rx(θ) a { U(θ, -π/2, π/2) a; gphase(-θ/2); }\n", "rx(0.8)", gate_matrix(Gate::rx, {0.8}));
    means("gate rz(λ) a { gphase(-λ/2); U(0, 0, λ) a; }\n", "rz(0.8)", gate_matrix(Gate::rz, {0.8}));
    means("gate cswap a, b, c { ctrl @ swap a, b, c; }\n", "cswap", gate_matrix(Gate::cswap));
    means("gate own(θ, φ, λ, γ) a, b { p(γ-θ/2) a; ctrl @ U(θ, φ, λ) a, b; }\n", "own(0.7, -0.4, 1.9, 0.2)",
          controlled(1, std::polar(1.0, 0.2) * gate_matrix(Gate::u3, {0.7, -0.4, 1.9})));
    means("", "cu(0.7, -0.4, 1.9, 0.2)",
          controlled(1, std::polar(1.0, 0.2) * gate_matrix(Gate::u3, {0.7, -0.4, 1.9})));
    // without a control nothing changes: one gate, as ever
    same(read_qasm(head3 + "qubit q;\nU(0.7, -0.4, 1.9) q;\n", "t"),
         {op(Gate::u3, {0}, {Angle::constant(0.7), Angle::constant(-0.4), Angle::constant(1.9)})});
    means("", "u3(0.7, -0.4, 1.9)", gate_matrix(Gate::u3, {0.7, -0.4, 1.9}));
  }

  /// Under controls a definition's phase counts, and gates that undo each other need none.
  void definitionsUnderControlsAndInverses() {
    const std::string g = "gate g(t) a, b { rz(t) a; h b; cx a, b; gphase(t); p(2*t) b; }\n";
    const MatrixXcd plain = matrix(g + "g(0.4) q[0], q[1];", 2);
    means(g, "g(0.4)", std::polar(1.0, 0.4) * plain);
    same_matrix(g + "g(0.4) q[0], q[1];\ninv @ g(0.4) q[0], q[1];", identity(2));
    same_matrix(g + "pow(-2) @ g(0.4) q[0], q[1];\ng(0.4) q[0], q[1];\ng(0.4) q[0], q[1];", identity(2));
    same(read_qasm(head3 +
                       "qubit[3] q;\ngate zz(t) a, b { cx a, b; rz(t) b; cx a, b; }\nctrl @ zz(0.3) q[0], "
                       "q[1], q[2];\n",
                   "t"),
         {op(Gate::cx, {1, 2}), op(Gate::crz, {0, 2}, {Angle::constant(0.3)}), op(Gate::cx, {1, 2})});
  }

  /// q[0] is the most significant bit; registers stand in order of declaration.
  void bitOrder() {
    const Circuit circuit = read_qasm(head2 + "qreg b[1];\nqreg a[2];\nx a[0];\n", "t");
    const auto state = dense::run(circuit, {}, {});
    QCOMPARE(std::abs(state[2]), 1.0); // 010
  }

private:
  /// By eigenvalues, with Eigen's general solver.
  static MatrixXcd matrix_power(const MatrixXcd &unitary, double exponent) {
    const Eigen::ComplexEigenSolver<MatrixXcd> solver(unitary);
    Eigen::VectorXcd powers = solver.eigenvalues();
    for (Complex &value : powers) {
      const double angle = std::abs(value + 1.0) < 1e-9 ? pi : std::arg(value);
      value = std::polar(1.0, angle * exponent);
    }
    return solver.eigenvectors() * powers.asDiagonal() * solver.eigenvectors().inverse();
  }
};

QTEST_APPLESS_MAIN(TestQasmMeaning)
#include "test_meaning.moc"
