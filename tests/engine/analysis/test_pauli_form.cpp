// Gates as turns about Pauli strings: their product is the gate, and frames and groups follow the matrices.
#include "engine/analysis/basis_states.h"
#include "engine/analysis/observables.h"
#include "engine/circuit/gate_matrix.h"
#include "engine/qasm/qasm.h"
#include "tests/support/qasm_text.h"
#include <Eigen/Core>
#include <numbers>
#include <unsupported/Eigen/KroneckerProduct>

using namespace duet;
using Eigen::MatrixXcd;
using std::numbers::pi;

class TestPauliForm : public QObject {
  Q_OBJECT

  static MatrixXcd matrix(PauliString string, int qubits) {
    MatrixXcd whole = MatrixXcd::Ones(1, 1);
    for (int q = 0; q < qubits; ++q) {
      const bool x = string & pauli_x(q), z = string & pauli_z(q);
      Eigen::Matrix2cd one = Eigen::Matrix2cd::Identity();
      if (x && z)
        one << 0, std::complex<double>(0, -1), std::complex<double>(0, 1), 0;
      else if (x)
        one << 0, 1, 1, 0;
      else if (z)
        one << 1, 0, 0, -1;
      whole = Eigen::kroneckerProduct(whole, one).eval();
    }
    return whole;
  }

  static MatrixXcd matrix(const PauliStep &step, int qubits) {
    const MatrixXcd one = MatrixXcd::Identity(1 << qubits, 1 << qubits);
    if (!step.reflects())
      return std::cos(step.angle.offset / 2) * one -
             std::complex<double>(0, std::sin(step.angle.offset / 2)) * matrix(step.string(), qubits);
    MatrixXcd product = one;
    for (const PauliString string : step.strings())
      product = (product * (one - matrix(string, qubits)) / 2).eval();
    return one - 2 * product;
  }

  static Operation operation(const GateFacts &record) {
    Operation op;
    op.gate = record.gate;
    for (int q = 0; q < record.qubits; ++q)
      op.qubits[std::size_t(q)] = std::int16_t(record.qubits - 1 - q);
    for (int a = 0; a < record.parameters; ++a)
      op.angles[std::size_t(a)] = Angle::constant(0.7 + 0.9 * a);
    return op;
  }

private Q_SLOTS:
  void theStepsOfEveryGateMultiplyToIt() {
    for (const GateFacts &record : all_gates()) {
      if (record.gate == Gate::barrier) {
        QVERIFY(pauli_steps({Gate::barrier, {}, {}}).empty());
        continue;
      }
      const Operation op = operation(record);
      MatrixXcd product = MatrixXcd::Identity(1 << record.qubits, 1 << record.qubits);
      for (const PauliStep &step : pauli_steps(op))
        product = (matrix(step, record.qubits) * product).eval();
      const double off = qasm_text::distance_up_to_phase(product, matrix_of(std::vector{op}, record.qubits));
      QVERIFY2(off < 1e-12, record.qasm3.data());
    }
  }

  void aControlThatIsAlwaysOnIsLeftOut() {
    Operation op;
    op.gate = Gate::ccx;
    op.qubits = {0, 1, 2};
    const std::vector<PauliStep> steps = pauli_steps(op, 0b01), plain = pauli_steps({Gate::cx, {1, 2}, {}});
    QCOMPARE(steps.size(), plain.size());
    for (std::size_t k = 0; k < steps.size(); ++k)
      QCOMPARE(steps[k].string(), plain[k].string());
  }

  void quarterTurnsAreThoseThatAreExact() {
    QCOMPARE(quarter_turns(Angle::constant(0)), std::optional(0));
    QCOMPARE(quarter_turns(Angle::constant(-pi / 2)), std::optional(3));
    QCOMPARE(quarter_turns(Angle::constant(5 * pi)), std::optional(2));
    QCOMPARE(quarter_turns(Angle::weight(0, 0, pi)), std::optional(2));
    QVERIFY(!quarter_turns(Angle::constant(pi / 2 + 1e-14)));
    QVERIFY(!quarter_turns(Angle::constant(pi / 4)));
    QVERIFY(!quarter_turns(Angle::constant(1e17)));
    QVERIFY(!quarter_turns(Angle::weight(0)));
  }

  void groupsHoldTheProductsOfTheirStrings() {
    PauliGroup group;
    const PauliString a = pauli_x(0) ^ pauli_z(3), b = pauli_z(0) ^ pauli_x(1), c = pauli_z(2);
    QVERIFY(group.add(a) && group.add(b) && group.add(c));
    QVERIFY(!group.add(a ^ c));
    QVERIFY(group.contains(a ^ b ^ c) && !group.contains(pauli_z(3)));
    QVERIFY(!group.commutes(pauli_z(0)) && group.commutes(pauli_z(2)));
    group.keep_commuting(pauli_z(0) ^ pauli_z(1)); // a and b do not, a b does
    QCOMPARE(group.generators().size(), std::size_t(2));
    QVERIFY(group.contains(a ^ b) && group.contains(c) && !group.contains(a));
  }

  void controlsAreCertainWhileQubitsAreZeroOrOne() {
    const Circuit circuit = read_qasm(
        qasm_text::head2 + "qreg q[4]; x q[0]; cx q[0],q[1]; ccx q[1],q[2],q[3]; rz(0.3) q[1]; "
                           "swap q[1],q[2]; ccx q[0],q[2],q[3]; h q[0]; cx q[3],q[1]; cx q[0],q[3]; "
                           "cx q[3],q[2];",
        "bits");
    const std::vector<CertainControls> found = certain_controls(circuit);
    const auto is = [&](std::size_t k, bool never, int always_on) {
      QCOMPARE(found[k].never, never);
      QCOMPARE(int(found[k].always_on), always_on);
    };
    QCOMPARE(found.size(), std::size_t(10));
    is(1, false, 1), is(2, true, 1), is(5, false, 3), is(7, false, 1), is(8, false, 0), is(9, false, 0);
  }
};

QTEST_APPLESS_MAIN(TestPauliForm)
#include "test_pauli_form.moc"
