// What is written reads back as the same circuit, gate for gate: every gate there is, and random circuits of
// them.
#include "engine/circuit/layout.h"
#include "tests/support/qasm_text.h"
#include "tests/support/random_circuit.h"

using namespace duet;

class TestWritten : public QObject {
  Q_OBJECT

  /// The circuit without inputs, its angles those of these inputs.
  static Circuit bound(const Circuit &circuit, const std::vector<double> &x, const std::vector<double> &w) {
    Circuit constants{circuit.qubits, 0, 0, circuit.operations};
    for (Operation &op : constants.operations)
      for (Angle &angle : op.angles)
        angle = angle == Angle{} ? angle : Angle::constant(angle_value(angle, x, w));
    return constants;
  }

  static void comes_back(const Circuit &circuit, const std::vector<double> &x, const std::vector<double> &w) {
    const std::string three = write_qasm3(circuit), two = write_qasm2(circuit, x, w);
    QVERIFY2(read_qasm(three, "written") == circuit, three.c_str());
    QVERIFY2(read_qasm(two, "written") == bound(circuit, x, w), two.c_str());
  }

private Q_SLOTS:
  void everyGateComesBack() {
    for (const GateFacts &record : all_gates()) {
      Operation op;
      op.gate = record.gate;
      for (int q = 0; q < record.qubits; ++q)
        op.qubits[std::size_t(q)] = std::int16_t((q + 2) % record.qubits);
      const Angle angles[] = {Angle::weight(1, -0.5, 1.1), Angle::feature(0, 1.0 / 3), Angle::constant(-0.1)};
      for (int a = 0; a < record.parameters; ++a)
        op.angles[std::size_t(a)] = angles[a];
      comes_back({5, 1, 2, {op, op}, {{"", "theta"}}}, {0.1}, {0.2, 1e-3 / 7});
    }
  }

  void randomCircuitsComeBack() {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> angle(-9, 9);
    for (int trial = 0; trial < 200; ++trial) {
      const int qubits = 1 + trial % 6;
      Circuit circuit = trial % 2 ? dense::random_circuit(random, qubits, 20, 3, 4)
                                  : dense::random_circuit_of_all(random, qubits, 30, 3, 4);
      if (trial % 3 == 0)
        circuit.names.weights = {"alpha", "", "β_2"};
      std::vector<double> x(3), w(4);
      for (auto *list : {&x, &w})
        for (double &value : *list)
          value = angle(random);
      comes_back(circuit, x, w);
    }
  }

  void boundAnglesHave17Digits() {
    const Circuit circuit{1,
                          1,
                          0,
                          {qasm_text::op(Gate::rx, {0}, {Angle::feature(0, 1.0 / 3)}),
                           qasm_text::op(Gate::ry, {0}, {Angle::constant(-1.5707963267948966)})}};
    QCOMPARE(write_qasm2(circuit, {1}),
             qasm_text::head2 + "qreg q[1];\nrx(0.33333333333333331) q[0];\nry(-pi/2) q[0];\n");
    QCOMPARE(write_qasm2(circuit), qasm_text::head2 + "qreg q[1];\nrx(0.0) q[0];\nry(-pi/2) q[0];\n");
  }

  void anAngleThatIsNoNumberIsRefused() {
    const Circuit circuit{1, 1, 0, {qasm_text::op(Gate::rx, {0}, {Angle::feature(0, 100)})}};
    try {
      write_qasm2(circuit, {1e307});
      QFAIL("written");
    } catch (const Error &error) {
      QVERIFY(error.code() == ExitCode::usage);
      QCOMPARE(error.what(), "An angle of x0 is no finite number; set the circuit's inputs to smaller ones.");
    }
  }
};

QTEST_APPLESS_MAIN(TestWritten)
#include "test_written.moc"
