// Every gate's record: its matrix against the golden numbers, its names, its inverse, its definition.
#include "engine/circuit/definitions.h"
#include "engine/circuit/gate_matrix.h"
#include "engine/qasm/qasm.h"
#include "tests/support/golden_gates.h"
#include "tests/support/qasm_text.h"
#include <QTest>
#include <set>

using namespace duet;
using Eigen::MatrixXcd;

class TestGates : public QObject {
  Q_OBJECT

  static double distance(const MatrixXcd &a, const MatrixXcd &b) {
    return a.rows() == b.rows() ? (a - b).cwiseAbs().maxCoeff() : 1e9;
  }
  /// The gate on its own qubits, with the angles 0.7, -1.1, 2.3.
  static Operation applied(const GateFacts &record) {
    Operation op;
    op.gate = record.gate;
    for (int q = 0; q < record.qubits; ++q)
      op.qubits[std::size_t(q)] = std::int16_t(q);
    const double angles[] = {0.7, -1.1, 2.3};
    for (int a = 0; a < record.parameters; ++a)
      op.angles[std::size_t(a)] = Angle::constant(angles[a]);
    return op;
  }
  static std::string text_of(std::string_view view) { return std::string(view); }
  /// "gate own(theta) a, b { text }"
  static std::string definition(const GateFacts &record, std::string_view text) {
    std::string words = "gate own";
    for (int a = 0; a < record.parameters; ++a)
      words += (a ? ", " : "(") + text_of(record.parameter_names[std::size_t(a)]);
    words += record.parameters ? ") " : " ";
    for (int q = 0; q < record.qubits; ++q)
      words += (q ? ", " : "") + std::string(1, char('a' + q));
    return words + " { " + text_of(text) + " }\n";
  }

private Q_SLOTS:
  void everyGateIsFoundByAllItsNames() {
    std::set<std::string> names;
    for (const GateFacts &record : all_gates()) {
      std::set<std::string> own = {text_of(record.qasm2), text_of(record.qasm3)};
      std::istringstream further{text_of(record.also)};
      for (std::string name; further >> name;)
        own.insert(name);
      for (const std::string &name : own) {
        QVERIFY2(find_gate(name) == record.gate, name.c_str());
        QVERIFY2(names.insert(name).second, name.c_str());
      }
      QVERIFY(facts(record.gate).gate == record.gate);
      QVERIFY(!record.help.empty() && record.help.back() == '.');
      for (int i = 0; i < int(most_gate_angles); ++i)
        QCOMPARE(record.parameter_names[std::size_t(i)].empty(), i >= record.parameters);
    }
    QVERIFY(!find_gate("toffoli"));
    QVERIFY(!find_gate(""));
    QVERIFY(!find_gate("CX cnot"));
  }

  void everyMatrixIsTheGoldenOne() {
    std::set<std::string> seen = {"barrier"};
    for (const GoldenGate &golden : golden_gates()) {
      const auto gate = find_gate(golden.name);
      QVERIFY2(gate, golden.name.c_str());
      seen.insert(golden.name);
      std::array<double, most_gate_angles> angles{};
      std::copy(golden.angles.begin(), golden.angles.end(), angles.begin());
      QCOMPARE(int(golden.angles.size()), facts(*gate).parameters);
      QVERIFY2(distance(gate_matrix(*gate, angles), golden.matrix) < 1e-15, golden.name.c_str());
      const MatrixXcd square = golden.matrix.adjoint() * golden.matrix;
      QVERIFY(distance(square, MatrixXcd::Identity(square.rows(), square.cols())) < 1e-14);
    }
    for (const GateFacts &record : all_gates())
      QVERIFY2(seen.contains(text_of(record.qasm3)), record.qasm3.data());
  }

  void theInverseUndoesTheGate() {
    for (const GateFacts &record : all_gates()) {
      const Operation op = applied(record);
      std::vector<Operation> both = {op};
      for (const Operation &undoing : inverse_of(op))
        both.push_back(undoing);
      const MatrixXcd product = matrix_of(both, record.qubits);
      QVERIFY2(distance(product, MatrixXcd::Identity(product.rows(), product.cols())) < 1e-15,
               record.qasm3.data());
    }
  }

  /// Controls, target and meaning are three ways to say the same.
  void aControlledGateIsItsTargetWhereTheControlsAreOne() {
    for (const GateFacts &record : all_gates()) {
      if (record.controls == 0) {
        QVERIFY(record.target == record.gate);
        continue;
      }
      QVERIFY(controlled_gate(record.target, record.controls) == record.gate);
      QCOMPARE(facts(record.target).qubits + record.controls, record.qubits);
      QCOMPARE(facts(record.target).parameters, record.parameters);
      const GateDefinition &meaning = meaning_of(record.gate);
      if (!meaning.operations.empty()) {
        QVERIFY(meaning.phases.empty());
        QVERIFY2(distance(matrix_of(meaning.operations, record.qubits), gate_matrix(record.gate)) < 1e-15,
                 record.qasm3.data());
      }
    }
  }

  /// Read as OpenQASM, under a control, where its phase is seen too.
  void whatIsWrittenMeansTheGate() {
    int written = 0;
    for (const GateFacts &record : all_gates())
      for (const std::string_view text : {record.means, record.written}) {
        if (text.empty())
          continue;
        ++written;
        std::string program = "OPENQASM 3.0;\nqubit[" + std::to_string(record.qubits + 1) + "] q;\n" +
                              definition(record, text) + "ctrl @ own";
        const Operation op = applied(record);
        for (int a = 0; a < record.parameters; ++a)
          program += (a ? ", " : "(") + qasm_text::number(op.angles[std::size_t(a)].offset);
        program += record.parameters ? ")" : "";
        for (int q = 0; q <= record.qubits; ++q)
          program += (q ? ", q[" : " q[") + std::to_string(q) + "]";
        const Circuit circuit = read_qasm(program + ";\n", text_of(record.qasm3));
        const MatrixXcd inner =
            gate_matrix(record.gate, {op.angles[0].offset, op.angles[1].offset, op.angles[2].offset});
        MatrixXcd expected = MatrixXcd::Identity(2 * inner.rows(), 2 * inner.cols());
        expected.bottomRightCorner(inner.rows(), inner.cols()) = inner;
        QVERIFY2(distance(matrix_of(circuit.operations, circuit.qubits), expected) < 1e-14, program.c_str());
      }
    QVERIFY(written > 15);
  }

  void everyGateCanBeWrittenAndDrawn() {
    for (const GateFacts &record : all_gates()) {
      if (record.gate == Gate::barrier)
        continue;
      QVERIFY2(record.standard == GateFile::both || !written_definition(record.gate).operations.empty(),
               record.qasm3.data());
      QVERIFY2(!record.symbol.empty(), record.qasm3.data());
      QVERIFY(record.core != GateCore::turn || int(record.pauli.size()) == record.qubits);
    }
  }

  void matricesActOnTheQubitsTheyAreGiven() {
    const std::int16_t on[] = {2, 0}; // control 2, target 0 of three
    MatrixXcd columns = MatrixXcd::Zero(8, 2);
    columns(0b001, 0) = 1, columns(0b110, 1) = 1;
    apply_matrix(gate_matrix(Gate::cx), on, columns);
    QCOMPARE(columns(0b101, 0), std::complex<double>(1));
    QCOMPARE(columns(0b110, 1), std::complex<double>(1));
  }
};

QTEST_APPLESS_MAIN(TestGates)
#include "test_gates.moc"
