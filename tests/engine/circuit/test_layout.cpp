// Where gates are drawn, and that the SVG is well-formed and shows them all.
#include "engine/circuit/gates.h"
#include "engine/circuit/layout.h"
#include "engine/circuit/svg.h"
#include "engine/model/build_circuit.h"
#include "engine/qasm/qasm.h"
#include <QTest>
#include <QXmlStreamReader>
#include <numbers>

using namespace duet;

class TestLayout : public QObject {
  Q_OBJECT

  static Circuit program(const std::string &lines) {
    return read_qasm(
        "OPENQASM 3.0;\ninput float x0;\ninput float w0;\ninput float w1;\nqubit[4] q;\n" + lines, "test");
  }
  static std::vector<int> columns(const CircuitLayout &layout) {
    std::vector<int> result;
    for (const DrawnGate &gate : layout.gates)
      result.push_back(gate.column);
    return result;
  }
  /// Counts elements; -1 if the text is not well-formed XML.
  static int elements(const std::string &svg, const QString &name) {
    QXmlStreamReader reader(QByteArray::fromStdString(svg));
    int count = 0;
    while (!reader.atEnd())
      if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == name)
        ++count;
    return reader.hasError() ? -1 : count;
  }

private Q_SLOTS:
  void gatesArePackedToTheLeft() {
    // h q0 | h q1 side by side; cx(0,2) spans row 1, so it waits for h q1 and blocks x q1
    const CircuitLayout layout = lay_out(program("h q[0]; h q[1]; cx q[0], q[2]; x q[1]; y q[3]; z q[3];"));
    QCOMPARE(layout.rows, 4);
    QCOMPARE(columns(layout), (std::vector<int>{0, 0, 1, 2, 0, 1}));
    QCOMPARE(layout.columns(), 3);
    QCOMPARE(layout.gates[2].top, 0);
    QCOMPARE(layout.gates[2].bottom, 2);
    QCOMPARE(layout.gates[2].controls, (std::vector<int>{0}));
    QCOMPARE(layout.gates[2].targets, (std::vector<int>{2}));
  }

  void aBarrierHoldsBackWhatFollows() {
    const CircuitLayout layout = lay_out(program("h q[0]; h q[0]; barrier q; x q[3];"));
    QCOMPARE(columns(layout), (std::vector<int>{0, 1, 2, 3}));
    QVERIFY(layout.gates[2].kind == DrawnGate::Kind::barrier);
    QCOMPARE(layout.gates[2].bottom, 3);
  }

  void noTwoGatesShareACellOfAnyTemplate() {
    for (Ansatz ansatz :
         {Ansatz::star, Ansatz::ring, Ansatz::linear, Ansatz::all_to_all, Ansatz::strongly_entangling})
      for (bool fused : {false, true}) {
        QuantumSettings settings;
        settings.ansatz = ansatz, settings.layers = 3, settings.reupload = true;
        const Circuit circuit = build_circuit(settings);
        const CircuitLayout layout = lay_out(circuit, {fused});
        std::vector<std::pair<int, int>> cells;
        std::vector<int> seen;
        for (const DrawnGate &gate : layout.gates) {
          for (int row = gate.top; row <= gate.bottom; ++row)
            cells.emplace_back(gate.column, row);
          seen.insert(seen.end(), gate.operations.begin(), gate.operations.end());
        }
        std::sort(cells.begin(), cells.end());
        QVERIFY(std::adjacent_find(cells.begin(), cells.end()) == cells.end());
        std::sort(seen.begin(), seen.end());
        QCOMPARE(seen.size(), circuit.operations.size());
        for (std::size_t i = 0; i < seen.size(); ++i)
          QCOMPARE(seen[i], int(i));
        for (int c = 0; c < layout.columns(); ++c)
          QVERIFY(layout.column_left[std::size_t(c)] < layout.column_left[std::size_t(c) + 1]);
      }
  }

  void runsOfWeightedTurnsFuse() {
    const Circuit star = build_circuit({});
    const CircuitLayout layout = lay_out(star, {true});
    int fused = 0;
    for (const DrawnGate &gate : layout.gates)
      if (gate.operations.size() > 1) {
        ++fused;
        QCOMPARE(gate.symbol, std::string("z x z"));
        QCOMPARE(gate.operations.size(), std::size_t(3));
      }
    QCOMPARE(fused, 4);
    QVERIFY(layout.width() < lay_out(star).width());
    // a feature, a constant or another gate between them ends the run
    for (const char *lines :
         {"rz(w0) q[0]; rx(x0) q[0];", "rz(w0) q[0]; rx(0.5) q[0];", "rz(w0) q[0]; h q[0]; rx(w1) q[0];",
          "rz(w0) q[0]; cx q[1], q[0]; rx(w1) q[0];", "rz(w0) q[0]; rx(w1) q[1];"})
      for (const DrawnGate &gate : lay_out(program(lines), {true}).gates)
        QCOMPARE(gate.operations.size(), std::size_t(1));
  }

  void kindsOfDrawing() {
    const CircuitLayout layout =
        lay_out(program("cz q[0], q[1]; cp(x0) q[0], q[1]; swap q[0], q[1]; cswap q[2], q[0], q[1]; "
                        "ccx q[0], q[1], q[2]; crz(w0) q[3], q[0]; rxx(w1) q[0], q[2];"));
    using Kind = DrawnGate::Kind;
    const Kind kinds[] = {Kind::dots, Kind::dots, Kind::crosses, Kind::crosses,
                          Kind::plus, Kind::box,  Kind::box};
    for (std::size_t i = 0; i < 7; ++i)
      QVERIFY(layout.gates[i].kind == kinds[i]);
    QCOMPARE(layout.gates[0].controls.size(), std::size_t(2));
    QCOMPARE(layout.gates[1].label, std::string("x0"));
    QCOMPARE(layout.gates[3].controls, (std::vector<int>{2}));
    QCOMPARE(layout.gates[4].controls, (std::vector<int>{0, 1}));
    QCOMPARE(layout.gates[5].symbol, std::string("RZ"));
    QCOMPARE(layout.gates[6].targets, (std::vector<int>{0, 2}));
  }

  /// Inputs are drawn by the names that the program gave them.
  void inputsByTheirNames() {
    Circuit circuit = read_qasm("OPENQASM 3.0;\ninput float θ, x1, w3, phi;\nqubit q;\n"
                                "rx(2*θ) q; ry(x1) q; rz(w3) q; p(phi - 1) q;",
                                "t");
    QCOMPARE(circuit.names.weights, (std::vector<std::string>{"θ", "phi"}));
    const CircuitLayout layout = lay_out(circuit);
    const char *const labels[] = {"2·θ", "x1", "w3", "phi - 1"};
    for (std::size_t i = 0; i < 4; ++i)
      QCOMPARE(layout.gates[i].label, std::string(labels[i]));
    const CircuitLayout fused = lay_out(circuit, {true});
    QCOMPARE(fused.gates[2].label, std::string("w3"));
    QVERIFY(circuit_svg(circuit).find(">2·θ</text>") != std::string::npos);
  }

  void formulasAndNumbers() {
    using std::numbers::pi;
    QCOMPARE(angle_formula(Angle::feature(0), {}), std::string("x0"));
    QCOMPARE(angle_formula(Angle::weight(3, -1), {}), std::string("-w3"));
    QCOMPARE(angle_formula(Angle::weight(3, 2, -pi / 2), {}), std::string("2·w3 - π/2"));
    QCOMPARE(angle_formula(Angle::constant(3 * pi / 4), {}), std::string("3π/4"));
    QCOMPARE(short_number(0.125), std::string("0.12"));
    QCOMPARE(short_number(-2), std::string("-2"));
    QCOMPARE(short_number(0), std::string("0"));
    QCOMPARE(short_number(1.0004), std::string("1"));
    QCOMPARE(short_number(3e-7), std::string("3e-07"));
    QCOMPARE(angle_value(Angle::feature(1, 2, 0.5), {0, 3}, {}), 6.5);
    QVERIFY(!angle_known(Angle::feature(2), {0, 3}, {}));
    QCOMPARE(angle_value(Angle::weight(2, 2, 0.5), {}, {}), 0.5);
  }

  void svgIsWellFormedAndWhole() {
    Circuit circuit;
    circuit.qubits = 5, circuit.features = 1, circuit.weights = 2;
    const std::int16_t qubits[] = {0, 2, 3, 1, 4};
    const Angle angles[] = {Angle::weight(0), Angle::feature(0), Angle::weight(1, -2, 1)};
    for (const GateFacts &record : all_gates()) {
      Operation op;
      op.gate = record.gate;
      std::copy_n(qubits, record.qubits, op.qubits.begin());
      std::copy_n(angles, record.parameters, op.angles.begin());
      circuit.operations.push_back(op);
    }
    SvgOptions options;
    options.expectation_z = {1, 0.5, -0.25, -1, 0};
    const std::string svg = circuit_svg(circuit, options);
    QVERIFY(elements(svg, "line") > 30);
    int boxes = 0;
    for (const DrawnGate &gate : lay_out(circuit).gates)
      boxes += gate.kind == DrawnGate::Kind::box ? int(gate.targets.size()) : 0;
    QCOMPARE(elements(svg, "rect"), boxes + 1); // and the background
    QVERIFY(svg.find("√X†") != std::string::npos);
    QVERIFY(svg.find(">q3<") != std::string::npos);
    QVERIFY(svg.find("-0.25") != std::string::npos);
    options.features = {0.75}, options.weights = {0.5, 0.25};
    QVERIFY(circuit_svg(circuit, options).find(">0.5<") != std::string::npos);
    options.expectation_z = {1e-17, 0, 0, 0};
    QVERIFY(circuit_svg(circuit, options).find("e-17") == std::string::npos);
    QVERIFY(elements(circuit_svg(Circuit{}), "svg") == 1);
  }
};

QTEST_APPLESS_MAIN(TestLayout)
#include "test_layout.moc"
