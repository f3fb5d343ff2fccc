// Edits of a circuit: what they give, what they keep, what they refuse.
#include "engine/circuit/edits.h"
#include "engine/circuit/layout.h"
#include "engine/circuit/templates.h"
#include "engine/qasm/qasm.h"
#include "tests/support/dense_simulator.h"
#include "tests/support/random_circuit.h"
#include <QTest>
#include <random>

using namespace duet;

namespace {

Circuit star(int qubits = 3) {
  QuantumSettings settings;
  settings.qubits = qubits;
  return build_template(settings);
}

Circuit program(const std::string &lines) {
  Circuit circuit =
      read_qasm("OPENQASM 3.0;\ninput float x0;\ninput float w0;\ninput float theta;\ninput float w2;\n"
                "qubit[4] q;\n" +
                    lines,
                "test");
  circuit.features = 4;
  return circuit;
}

/// "rz(w2) 1" of every operation: gate, angles and wires.
QString said(const Operation &operation, const InputNames &names) {
  const GateFacts &record = facts(operation.gate);
  QString text = QString::fromUtf8(record.qasm3.data(), qsizetype(record.qasm3.size()));
  for (int k = 0; k < record.parameters; ++k)
    text += u' ' + QString::fromStdString(angle_formula(operation.angles[std::size_t(k)], names));
  for (int q = 0; q < record.qubits; ++q)
    text += u' ' + QString::number(operation.qubits[std::size_t(q)]);
  return text;
}

QString said(const Circuit &circuit) {
  QStringList lines;
  for (const Operation &operation : circuit.operations)
    lines << said(operation, circuit.names);
  return lines.join(QStringLiteral("; "));
}

std::vector<double> expectations(const Circuit &circuit) {
  std::vector<double> features, weights;
  for (int i = 0; i < circuit.features; ++i)
    features.push_back(0.3 + 0.4 * i);
  for (int i = 0; i < circuit.weights; ++i)
    weights.push_back(0.2 + 0.3 * i);
  return dense::expectations(dense::run(circuit, features, weights));
}

bool near(const std::vector<double> &a, const std::vector<double> &b) {
  return std::ranges::equal(a, b, [](double x, double y) { return std::abs(x - y) < 1e-12; });
}

} // namespace

class TestEdits : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void aNewRotationTakesTheNextWeight() {
    const Circuit before = star();
    const CircuitEdit edit = place_new(before, Gate::rx, 1, 2);
    QVERIFY(edit.done());
    QCOMPARE(edit.circuit.weights, before.weights + 1);
    QCOMPARE(edit.operations.size(), std::size_t(1));
    const Operation &placed = edit.circuit.operations[std::size_t(edit.operations.front())];
    QCOMPARE(said(placed, {}), QStringLiteral("rx w%1 1").arg(before.weights));
    QCOMPARE(remove(edit.circuit, edit.operations).circuit.operations, before.operations);
  }

  void anEncodingGateTakesTheFeatureOfItsWire() {
    const CircuitEdit edit = place_encoding(star(), Gate::rz, 2, 1);
    QCOMPARE(said(edit.circuit.operations[std::size_t(edit.operations.front())], {}),
             QStringLiteral("rz x2 2"));
    QCOMPARE(edit.circuit.weights, star().weights);
    Circuit amplitudes = star();
    amplitudes.features = 0;
    QCOMPARE(place_encoding(amplitudes, Gate::rx, 0, 0).refusal,
             "This circuit has no features x: its input is the amplitudes");
  }

  void aGateLandsInFrontOfItsColumn() {
    // columns: h0 h1 | cx | x1 y2 is packed to column 0
    const Circuit circuit = program("h q[0]; h q[1]; cx q[0], q[1]; x q[1]; y q[2];");
    const auto at = [&](int wire, int column) {
      return said(place_new(circuit, Gate::z, wire, column).circuit);
    };
    QCOMPARE(at(1, 0), QStringLiteral("h 0; z 1; h 1; cx 0 1; x 1; y 2"));
    QCOMPARE(at(1, 1), QStringLiteral("h 0; h 1; z 1; cx 0 1; x 1; y 2"));
    QCOMPARE(at(1, 2), QStringLiteral("h 0; h 1; cx 0 1; z 1; x 1; y 2"));
    QCOMPARE(at(1, 3), QStringLiteral("h 0; h 1; cx 0 1; x 1; y 2; z 1"));
    QCOMPARE(at(2, 0), QStringLiteral("h 0; h 1; cx 0 1; x 1; z 2; y 2"));
  }

  /// q0's first gate is written after q1's third: between them only a reordering finds a place.
  void gatesThatAreIndependentMakeRoom() {
    const Circuit circuit = program("x q[1]; y q[1]; z q[1]; h q[0]; s q[0];");
    const CircuitEdit edit = place_new(circuit, Gate::cx, 0, 1);
    QCOMPARE(said(edit.circuit), QStringLiteral("x 1; h 0; cx 0 1; y 1; z 1; s 0"));
  }

  void whereverAGateIsPutTheOthersMeanTheSame() {
    std::mt19937 random(11);
    for (int round = 0; round < 60; ++round) {
      const Circuit circuit = dense::random_circuit(random, 4, 14, 4, 3);
      const CircuitLayout layout = lay_out(circuit);
      const int column = int(random() % std::uint32_t(layout.columns() + 1)), wire = int(random() % 4u);
      const CircuitEdit edit = place_new(circuit, round % 2 ? Gate::crz : Gate::id, wire, column);
      QVERIFY(edit.done());
      QVERIFY(near(expectations(remove(edit.circuit, edit.operations).circuit), expectations(circuit)));
      // and it is drawn where it was put, or further left where the place there is free
      const DrawnGate drawn = lay_out(edit.circuit).gates[std::size_t(edit.operations.front())];
      QVERIFY(drawn.column <= column);
      for (std::size_t i = 0; i < circuit.operations.size(); ++i) {
        const DrawnGate &old = layout.gates[i];
        if (old.bottom < drawn.top || old.top > drawn.bottom)
          continue;
        const auto &now = edit.circuit.operations;
        const auto place = std::find(now.begin(), now.end(), circuit.operations[i]) - now.begin();
        const auto twins = std::count(now.begin(), now.end(), circuit.operations[i]);
        if (twins == 1)
          QCOMPARE(place < edit.operations.front(), old.column < column);
      }
    }
  }

  void deletingKeepsTheNumbersOfTheWeightsThatStay() {
    const Circuit circuit = program("rx(w0) q[0]; ry(theta) q[0]; rz(w2) q[1];");
    const CircuitEdit edit = remove(circuit, {0, 1, 1});
    QCOMPARE(said(edit.circuit), QStringLiteral("rz w2 1"));
    QCOMPARE(edit.circuit.weights, 3);
    QCOMPARE(edit.circuit.names, circuit.names);
    // and so does the text: what no gate uses is declared
    Circuit read = read_qasm(write_qasm3(edit.circuit), "test");
    QCOMPARE(read, edit.circuit);
    const CircuitEdit next = place_new(read, Gate::ry, 0, 0);
    QCOMPARE(said(next.circuit), QStringLiteral("rz w2 1; ry w3 0"));
    QCOMPARE(read_qasm(write_qasm3(next.circuit), "test"), next.circuit);
  }

  void movingKeepsWeightsAndOrder() {
    const Circuit circuit = program("h q[0]; rx(w0) q[0]; cx q[0], q[1]; ry(theta) q[1];");
    const CircuitEdit back = move(circuit, {3}, 0, 0);
    QCOMPARE(said(back.circuit), QStringLiteral("h 0; rx w0 0; ry theta 1; cx 0 1"));
    QCOMPARE(back.operations, std::vector<int>{2});
    const CircuitEdit both = move(circuit, {2, 1}, 4, 1);
    QCOMPARE(said(both.circuit), QStringLiteral("h 0; ry theta 1; rx w0 1; cx 1 2"));
    QCOMPARE(both.operations, (std::vector<int>{2, 3}));
    QCOMPARE(both.circuit.weights, circuit.weights);
    const CircuitEdit over = move(circuit, {2}, 0, 3);
    QCOMPARE(over.refusal, "CX would leave the circuit: q0 to q3 are there");
    QCOMPARE(over.circuit, circuit);
  }

  void copiesTakeWeightsOfTheirOwnAndStayTied() {
    const Circuit circuit = program("rx(w0) q[0]; ry(2*w0 + 1) q[0]; rz(theta) q[0]; ry(x0) q[0];");
    const CircuitEdit edit = place_copies(circuit, circuit.operations, 4, 2);
    QCOMPARE(edit.operations, (std::vector<int>{4, 5, 6, 7}));
    QCOMPARE(said(edit.circuit).section(QStringLiteral("; "), 4),
             QStringLiteral("rx w3 2; ry 2·w3 + 1 2; rz w4 2; ry x0 2"));
    QCOMPARE(edit.circuit.weights, 5);
  }

  void aControlGoesToAnotherWire() {
    const Circuit circuit = program("ccx q[0], q[1], q[2];");
    QCOMPARE(said(rewire(circuit, 0, 0, 3).circuit), QStringLiteral("ccx 3 1 2"));
    QCOMPARE(said(rewire(circuit, 0, 0, 2).circuit), QStringLiteral("ccx 2 1 0")); // they change places
    QCOMPARE(rewire(circuit, 0, 2, 4).refusal, "CCX would leave the circuit: q0 to q3 are there");
  }

  void aControlGoesToAnotherWireAndColumnAtOnce() {
    const Circuit circuit = program("h q[0]; cx q[0], q[1]; rx(w0) q[1]; z q[3];");
    const CircuitEdit edit = rewire(circuit, 1, 0, 3, 3);
    QCOMPARE(said(edit.circuit), QStringLiteral("h 0; rx w0 1; z 3; cx 3 1"));
    QCOMPARE(edit.operations, std::vector<int>{3});
  }

  void aGateThatNeedsMoreQubitsIsRefused() {
    Circuit small;
    QCOMPARE(place_new(small, Gate::cx, 0, 0).refusal, "CX needs 2 qubits, and this circuit has 1");
    QCOMPARE(said(place_new(star(), Gate::cx, 2, 99).circuit).section(QStringLiteral("; "), -1),
             QStringLiteral("cx 1 2")); // the last wire: upwards
  }

  void anglesAreSetTiedAndUntied() {
    const Circuit circuit = program("rx(w0) q[0]; ry(2*theta + 1) q[0]; rz(pi/2) q[0]; rx(x0) q[0];");
    const auto angle = [](const CircuitEdit &edit, int i) {
      return edit.circuit.operations[std::size_t(i)].angles[0];
    };
    QCOMPARE(angle(turn(circuit, 0, 0, Angle::feature(3, 2, 1)), 0), Angle::feature(3, 2, 1));
    QCOMPARE(turn(circuit, 0, 0, Angle::feature(4)).refusal,
             "x4 is no feature of this circuit: x0 to x3 are there");
    QCOMPARE(turn(circuit, 0, 0, Angle::weight(3)).circuit.weights, 4);
    QCOMPARE(turn(circuit, 0, 0, Angle::weight(4)).refusal,
             "w4 is no weight of this circuit: the next new one is w3");
    QCOMPARE(angle(tie(circuit, 1, 0, 0), 1), Angle::weight(0, 2, 1));
    QCOMPARE(uses(tie(circuit, 1, 0, 0).circuit, 0), 2);
    QCOMPARE(angle(tie(circuit, 2, 0, 0), 2), Angle::weight(0));
    QCOMPARE(angle(give_own_weight(circuit, 1, 0), 1), Angle::weight(3, 2, 1));
    QCOMPARE(angle(give_own_weight(circuit, 2, 0), 2), Angle::weight(3, 1, std::acos(0.0)));
    QCOMPARE(angle(give_own_weight(circuit, 3, 0), 3), Angle::weight(3));
  }

  void everyGateIsOfOneFamily() {
    const auto family = [](const char *name) { return family_of(facts(*find_gate(name))); };
    QVERIFY(family("x") == GateFamily::fixed && family("u3") == GateFamily::rotation);
    QVERIFY(family("ccx") == GateFamily::controlled && family("crz") == GateFamily::controlled);
    QVERIFY(family("rzz") == GateFamily::joint && family("swap") == GateFamily::joint &&
            family("barrier") == GateFamily::joint);
  }
};

QTEST_APPLESS_MAIN(TestEdits)
#include "test_edits.moc"
