// The templates' gate lists, written out by hand from engine/MODEL.md 1.2, and their weight counts.
#include "engine/base/error.h"
#include "engine/circuit/gates.h"
#include "engine/model/build_circuit.h"
#include "engine/qasm/qasm.h"
#include <QTest>

using namespace duet;

class TestTemplates : public QObject {
  Q_OBJECT

  /// "H0 H1 RY0(x0) CX0,1 RZ1(w0)": compact enough to write by hand.
  static std::string listing(const Circuit &circuit) {
    std::string text;
    for (const Operation &op : circuit.operations) {
      const GateFacts &record = facts(op.gate);
      text += text.empty() ? "" : " ";
      for (char c : record.qasm3)
        text += char(std::toupper(c));
      for (int q = 0; q < record.qubits; ++q)
        text += (q ? "," : "") + std::to_string(op.qubits[std::size_t(q)]);
      for (int a = 0; a < record.parameters; ++a) {
        const Angle &angle = op.angles[std::size_t(a)];
        if (angle.scale != 1 || angle.offset != 0)
          return "angle that is no plain input";
        text += std::string("(") + (angle.source == Angle::Source::feature ? "x" : "w") +
                std::to_string(angle.index) + ")";
      }
    }
    return text;
  }
  static QuantumSettings settings(Ansatz ansatz, int qubits, int layers = 1, bool reupload = false) {
    QuantumSettings s;
    s.ansatz = ansatz, s.qubits = qubits, s.layers = layers, s.reupload = reupload;
    return s;
  }
  static void compare(const QuantumSettings &s, const std::string &expected) {
    QCOMPARE(QString::fromStdString(listing(build_circuit(s))), QString::fromStdString(expected));
  }
  static std::string sentence(const QuantumSettings &s) {
    try {
      build_circuit(s);
    } catch (const Error &error) {
      return error.code() == ExitCode::usage ? error.what() : "wrong exit code";
    }
    return "";
  }

private Q_SLOTS:
  void gateLists() {
    const std::string e1 = "H0 RY0(x0)", e2 = "H0 H1 RY0(x0) RY1(x1)",
                      e3 = "H0 H1 H2 RY0(x0) RY1(x1) RY2(x2)";
    compare(settings(Ansatz::star, 1), e1);
    compare(settings(Ansatz::star, 2), e2 + " CX0,1 RZ1(w0) RX1(w1) RZ1(w2) CX0,1");
    compare(settings(Ansatz::star, 3),
            e3 + " CX0,1 RZ1(w0) RX1(w1) RZ1(w2) CX0,1 CX0,2 RZ2(w3) RX2(w4) RZ2(w5) CX0,2");
    compare(settings(Ansatz::ring, 1), e1 + " RY0(w0)");
    compare(settings(Ansatz::ring, 2), e2 + " RY0(w0) RY1(w1) CX0,1 CX1,0");
    compare(settings(Ansatz::ring, 3), e3 + " RY0(w0) RY1(w1) RY2(w2) CX0,1 CX1,2 CX2,0");
    compare(settings(Ansatz::linear, 1), e1 + " RY0(w0) RZ0(w1)");
    compare(settings(Ansatz::linear, 3), e3 + " RY0(w0) RZ0(w1) RY1(w2) RZ1(w3) RY2(w4) RZ2(w5) CX0,1 CX1,2");
    compare(settings(Ansatz::all_to_all, 1), e1 + " RZ0(w0) RX0(w1)");
    compare(settings(Ansatz::all_to_all, 3), e3 + " CRZ0,1(w0) CRZ0,2(w1) CRZ1,2(w2) RZ0(w3) RX0(w4) RZ1(w5) "
                                                  "RX1(w6) RZ2(w7) RX2(w8)");
    compare(settings(Ansatz::strongly_entangling, 1), e1 + " RZ0(w0) RY0(w1) RZ0(w2)");
    compare(settings(Ansatz::strongly_entangling, 2),
            e2 + " RZ0(w0) RY0(w1) RZ0(w2) RZ1(w3) RY1(w4) RZ1(w5) CX0,1 CX1,0");
  }

  void stronglyEntanglingWalksThroughItsRanges() {
    const Circuit circuit = build_circuit(settings(Ansatz::strongly_entangling, 3, 3));
    std::string pairs;
    for (const Operation &op : circuit.operations)
      if (op.gate == Gate::cx)
        pairs += std::to_string(op.qubits[0]) + std::to_string(op.qubits[1]) + " ";
    QCOMPARE(pairs, std::string("01 12 20 02 10 21 01 12 20 "));
  }

  void layersAndReuploading() {
    const std::string e2 = "H0 H1 RY0(x0) RY1(x1)";
    compare(settings(Ansatz::ring, 2, 2), e2 + " RY0(w0) RY1(w1) CX0,1 CX1,0 RY0(w2) RY1(w3) CX0,1 CX1,0");
    compare(settings(Ansatz::ring, 2, 2, true),
            e2 + " RY0(w0) RY1(w1) CX0,1 CX1,0 RY0(x0) RY1(x1) RY0(w2) RY1(w3) CX0,1 CX1,0");
  }

  void amplitudeInputHasNoEncodingColumn() {
    QuantumSettings s = settings(Ansatz::ring, 2);
    s.input = QuantumInput::amplitude;
    compare(s, "RY0(w0) RY1(w1) CX0,1 CX1,0");
    QCOMPARE(build_circuit(s).features, 0);
    s.reupload = true;
    QVERIFY(sentence(s).find("reupload") != std::string::npos);
    s.reupload = false, s.ansatz = Ansatz::none;
    QVERIFY(sentence(s).find("none") != std::string::npos);
  }

  void weightCounts() {
    const Ansatz templates[] = {Ansatz::star, Ansatz::ring, Ansatz::linear, Ansatz::all_to_all,
                                Ansatz::strongly_entangling};
    const int counts[5][4] = {{0, 3, 6, 12}, {1, 2, 3, 5}, {2, 4, 6, 10}, {2, 5, 9, 20}, {3, 6, 9, 15}};
    const int sizes[4] = {1, 2, 3, 5};
    for (int t = 0; t < 5; ++t)
      for (int k = 0; k < 4; ++k)
        for (int layers : {1, 3}) {
          const Circuit circuit = build_circuit(settings(templates[t], sizes[k], layers));
          QCOMPARE(circuit.weights, layers * counts[t][k]);
          QCOMPARE(circuit.features, sizes[k]);
          int next = 0; // every weight once, in order
          for (const Operation &op : circuit.operations)
            for (int a = 0; a < facts(op.gate).parameters; ++a)
              if (op.angles[std::size_t(a)].source == Angle::Source::weight)
                QCOMPARE(op.angles[std::size_t(a)].index, next++);
          QCOMPARE(next, circuit.weights);
        }
  }

  void theClassicalTwinHasNoCircuit() {
    const Circuit circuit = build_circuit(settings(Ansatz::none, 5));
    QVERIFY(circuit.operations.empty());
    QCOMPARE(circuit.weights, 0);
    QCOMPARE(circuit.qubits, 5);
  }

  void customReadsTheProgram() {
    QuantumSettings s = settings(Ansatz::custom, 3);
    s.circuit = write_qasm3(build_circuit(settings(Ansatz::all_to_all, 3, 2, true)));
    QVERIFY(build_circuit(s) == build_circuit(settings(Ansatz::all_to_all, 3, 2, true)));
    s.qubits = 4;
    QCOMPARE(sentence(s),
             std::string("quantum.qubits is 4, but the program in quantum.circuit has 3 qubits: set "
                         "quantum.qubits to 3"));
    s.qubits = 3, s.input = QuantumInput::amplitude;
    QVERIFY(sentence(s).find("amplitude") != std::string::npos);
    s.input = QuantumInput::linear, s.circuit = "";
    QVERIFY(sentence(s).find("empty") != std::string::npos);
    s.circuit = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] x3;\nqubit[3] q;\nrx(x3) q[0];\n";
    QVERIFY(sentence(s).find("x3") != std::string::npos);
    s.circuit = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] x1;\nqubit[3] q;\nrx(x1) q[0];\n";
    QCOMPARE(build_circuit(s).features, 3); // the branch computes n angles, used or not
  }

  void settingsOutOfRangeAreSentences() {
    QVERIFY(sentence(settings(Ansatz::star, 0)).find("quantum.qubits") != std::string::npos);
    QVERIFY(sentence(settings(Ansatz::star, 21)).find("quantum.qubits") != std::string::npos);
    QVERIFY(sentence(settings(Ansatz::star, 3, -1)).find("quantum.layers") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestTemplates)
#include "test_templates.moc"
