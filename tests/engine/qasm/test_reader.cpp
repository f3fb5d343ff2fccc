// OpenQASM in and out: programs that must read, programs that must not, with their exact line.
#include "engine/model/build_circuit.h"
#include "tests/support/qasm_text.h"
#include <clocale>
#include <cmath>
#include <numbers>

using namespace duet;
using namespace duet::qasm_text;
using std::numbers::pi;

class TestQasm : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void openQasm2() {
    same(reads(head2 + "qreg a[2]; qreg b[1]; creg c[3];\nh a[0];\ncx a[0],b[0];\nu1(pi/4) "
                       "a[1];\nu3(0.1,-0.2,3e-1) b[0];\n"
                       "measure a[0] -> c[0];\n"),
         {op(Gate::h, {0}), op(Gate::cx, {0, 2}), op(Gate::p, {1}, {Angle::constant(pi / 4)}),
          op(Gate::u3, {2}, {Angle::constant(0.1), Angle::constant(-0.2), Angle::constant(0.3)})});
  }

  void openQasm3() {
    const Circuit circuit =
        reads(head3 + "input float[64] x0;\ninput float x1;\ninput angle[32] w0;\nconst float a = pi/2;\n"
                      "const int n = 3;\nqubit[n] q;\nbit[n] c;\nrx(2*x0 - a) q[0];\nry(-x1/4) q[n-1];\n"
                      "rz(w0) q[1];\nc = measure q;\n");
    QCOMPARE(circuit.features, 2);
    QCOMPARE(circuit.weights, 1);
    same(circuit, {op(Gate::rx, {0}, {Angle::feature(0, 2, -pi / 2)}),
                   op(Gate::ry, {2}, {Angle::feature(1, -0.25)}), op(Gate::rz, {1}, {Angle::weight(0)})});
  }

  void everyGateIsReadByItsNameInBothVersions() {
    for (const GateFacts &record : all_gates()) {
      if (record.gate == Gate::barrier)
        continue;
      for (int version : {2, 3}) {
        std::string text = version == 2 ? head2 + "qreg q[5];\n" : head3 + "qubit[5] q;\n";
        text += version == 2 ? record.qasm2 : record.qasm3;
        const char *angles[] = {"", "(0.5)", "(0.5, 0.25)", "(0.5, 0.25, -1.5)"};
        text += angles[record.parameters];
        const char *qubits[] = {"",
                                " q[2];",
                                " q[2], q[0];",
                                " q[2], q[0], q[1];",
                                " q[2], q[0], q[1], q[4];",
                                " q[2], q[0], q[1], q[4], q[3];"};
        text += qubits[record.qubits];
        const Circuit circuit = reads(text);
        QCOMPARE(circuit.operations.size(), std::size_t(1));
        QVERIFY(circuit.operations[0].gate == record.gate);
        QCOMPARE(int(circuit.operations[0].qubits[0]), 2);
      }
    }
  }

  void broadcasting() {
    same(reads(head2 +
               "qreg a[2]; qreg b[2]; qreg c[1];\nh a; cx a,b; cx c[0],b; ccx a,b,c[0]; swap a[1],c;\n"),
         {op(Gate::h, {0}), op(Gate::h, {1}), op(Gate::cx, {0, 2}), op(Gate::cx, {1, 3}),
          op(Gate::cx, {4, 2}), op(Gate::cx, {4, 3}), op(Gate::ccx, {0, 2, 4}), op(Gate::ccx, {1, 3, 4}),
          op(Gate::swap, {1, 4})});
    same(reads(head3 + "qubit[4] q;\nx q[0:2];\ny q[-1];\nz q[{0, 3}];\nh q[3:-2:0];\n"),
         {op(Gate::x, {0}), op(Gate::x, {1}), op(Gate::x, {2}), op(Gate::y, {3}), op(Gate::z, {0}),
          op(Gate::z, {3}), op(Gate::h, {3}), op(Gate::h, {1})});
  }

  void definitionsAreInlined() {
    same(reads(head2 +
               "gate pair(a,b) p,q { rx(a/2) p; ry(a+b) q; barrier p,q; cx q,p; }\n"
               "gate twice(t) r,s { pair(t,-t) r,s; pair(2*t,1) s,r; }\nqreg q[2];\ntwice(0.5) q[1],q[0];\n"),
         {op(Gate::rx, {1}, {Angle::constant(0.25)}), op(Gate::ry, {0}, {Angle::constant(0)}),
          op(Gate::cx, {0, 1}), op(Gate::rx, {0}, {Angle::constant(0.5)}),
          op(Gate::ry, {1}, {Angle::constant(2)}), op(Gate::cx, {1, 0})});
    same(reads(head3 + "input float x0;\nconst float half = 0.5;\ngate g(t) a { rx(half*t + 1) a; }\nqubit "
                       "q;\ng(3*x0 - 2) q;\n"),
         {op(Gate::rx, {0}, {Angle::feature(0, 1.5, 0)})});
  }

  void definitionsThatAreAKnownGateBecomeIt() {
    const std::string rzz = "gate rzz(t) a,b { cx a,b; u1(t) b; cx a,b; }\n"; // qelib1's, another phase
    same(reads(head2 + rzz + "qreg q[2];\nrzz(0.3) q[0],q[1];\n"),
         {op(Gate::rzz, {0, 1}, {Angle::constant(0.3)})});
    const std::string other = "gate rzz(t) a,b { cx a,b; rz(2*t) b; cx a,b; }\n"; // not the gate of that name
    same(reads(head2 + other + "qreg q[2];\nrzz(0.3) q[0],q[1];\n"),
         {op(Gate::cx, {0, 1}), op(Gate::rz, {1}, {Angle::constant(0.6)}), op(Gate::cx, {0, 1})});
  }

  void theStandardFilesDerivedGates() {
    QCOMPARE(reads(head2 + "qreg q[5];\ncu3(1,2,3) q[0],q[1];\nc4x q[0],q[1],q[2],q[3],q[4];\nu2(0,pi) "
                           "q[0];\nrzx(0.3) q[0],q[1];\n"
                           "rccx q[0],q[1],q[2];\nc3sqrtx q[0],q[1],q[2],q[3];\ncu(1,2,3,4) q[0],q[1];\ncsx "
                           "q[1],q[0];\nu0(1) q[0];\n")
                 .qubits,
             5);
  }

  void modifiers() {
    same(reads(head3 +
               "qubit[3] q;\ninv @ s q[0];\ninv @ rx(0.5) q[1];\nctrl @ x q[0], q[1];\nctrl(2) @ x q[0], "
               "q[1], q[2];\n"
               "negctrl @ z q[0], q[1];\npow(2) @ t q[0];\npow(-1) @ sx q[2];\ninv @ u3(1, 2, 3) q[0];\n"
               "gate g a, b { h a; s b; }\ninv @ g q[0], q[1];\nctrl @ gphase(pi) q[1];\n"),
         {op(Gate::sdg, {0}), op(Gate::rx, {1}, {Angle::constant(-0.5)}), op(Gate::cx, {0, 1}),
          op(Gate::ccx, {0, 1, 2}), op(Gate::x, {0}), op(Gate::cz, {0, 1}), op(Gate::x, {0}),
          op(Gate::t, {0}), op(Gate::t, {0}), op(Gate::sxdg, {2}),
          op(Gate::u3, {0}, {Angle::constant(-1), Angle::constant(-3), Angle::constant(-2)}),
          op(Gate::sdg, {1}), op(Gate::h, {0}), op(Gate::p, {1}, {Angle::constant(pi)})});
  }

  /// Under a control the phase of a definition counts, so the definition is used, not the gate it resembles.
  void controlledDefinitionsKeepTheirPhase() {
    same(reads(head3 + "qubit[2] q;\ngate p(t) a { rz(t) a; }\np(0.5) q[0];\nctrl @ p(0.5) q[0], q[1];\n"),
         {op(Gate::p, {0}, {Angle::constant(0.5)}), op(Gate::crz, {0, 1}, {Angle::constant(0.5)})});
  }

  void expressions() {
    const auto angle = [](const std::string &expression) {
      return reads(head2 + "qreg q[1];\nrx(" + expression + ") q[0];\n").operations[0].angles[0].offset;
    };
    QCOMPARE(angle("1+2*3"), 7.0);
    QCOMPARE(angle("(1+2)*3"), 9.0);
    QCOMPARE(angle("1-2-3"), -4.0);
    QCOMPARE(angle("8/4/2"), 1.0);
    QCOMPARE(angle("-2^2"), -4.0);
    QCOMPARE(angle("2^3^2"), 512.0);
    QCOMPARE(angle("2^-1"), 0.5);
    QCOMPARE(angle("--1"), 1.0);
    QCOMPARE(angle("3*pi/4"), 3 * pi / 4);
    QCOMPARE(angle("sin(pi/6)+cos(0)+tan(0)+exp(0)+ln(1)+sqrt(4)"), std::sin(pi / 6) + 4);
    QCOMPARE(angle(".5e1"), 5.0);
    QCOMPARE(angle("1."), 1.0);
  }

  void affineAnglesOfOneInput() {
    const auto angle = [](const std::string &expression) {
      return reads(head3 + "input float x0;\ninput float w3;\nqubit q;\nrx(" + expression + ") q;\n")
          .operations[0]
          .angles[0];
    };
    QVERIFY(angle("x0") == Angle::feature(0));
    QVERIFY(angle("-(x0 + 1)/2") == Angle::feature(0, -0.5, -0.5));
    QVERIFY(angle("2*(w3 - 1)*3 + w3") == Angle::weight(3, 7, -6));
    QVERIFY(angle("x0 - x0 + 0.25") == Angle::constant(0.25));
    const std::string start = head3 + "input float x0;\ninput float w0;\nqubit q;\nrx(";
    complains(start + "x0*w0) q;", 6, "x0 by w0");
    complains(start + "x0*x0) q;", 6, "x0 by x0");
    complains(start + "x0 + w0) q;", 6, "both x0 and w0");
    complains(start + "1/x0) q;", 6, "divides by x0");
    complains(start + "sin(x0)) q;", 6, "function of x0");
    complains(start + "x0**2) q;", 6, "power of x0");
  }

  void faultsNameTheirLine() {
    const std::string q2 = head2 + "qreg q[2];\ncreg c[2];\n", q3 = head3 + "qubit[2] q;\nbit[2] c;\n";
    complains(q2 + "foo q[0];\n", 5, "'foo' is not known");
    complains(q2 + "h q[2];\n", 5, "out of range");
    complains(q2 + "h q[-1];\n", 5, "out of range");
    complains(q2 + "h r[0];\n", 5, "'r' is not declared");
    complains(q2 + "h c[0];\n", 5, "holds bits");
    complains(q2 + "cx q[0],q[0];\n", 5, "q[0] twice");
    complains(q2 + "cx q[0];\n", 5, "acts on 2 qubits, not 1");
    complains(q2 + "rx q[0];\n", 5, "takes 1 parameter, not 0");
    complains(q2 + "h(1) q[0];\n", 5, "takes 0 parameters, not 1");
    complains(q2 + "rx(1,2) q[0];\n", 5, "takes 1 parameter, not 2");
    complains(q2 + "rx(x0) q[0];\n", 5, "OpenQASM 2 has no inputs");
    complains(q2 + "rx(1/0) q[0];\n", 5, "divides by zero");
    complains(q2 + "rx(ln(0)) q[0];\n", 5, "no finite value");
    complains(q2 + "rx(1e999) q[0];\n", 5, "1e999");
    complains(q2 + "rx(foo(1)) q[0];\n", 5, "'foo'");
    complains(q2 + "rx() q[0];\n", 5, "takes 1 parameter, not 0");
    complains(q2 + "rx(1 q[0];\n", 5, "expected ')'");
    complains(q2 + "h q[0]\nh q[1];\n", 5, "expected ';'");
    complains(q2 + "measure q[0] -> c[0];\n\nh q[0];\n", 7, "line 5 has measured");
    complains(q2 + "measure q -> c;\nbarrier q;\nid q[1];\n", 7, "has measured");
    complains(q2 + "h q[0];\nreset q[1];\nreset q;\n", 7, "reset is not supported on q[0]");
    complains(q2 + "if(c==1) x q[0];\n", 5, "if is not supported");
    complains(q2 + "measure q -> c[0];\n", 5, "measure has 2");
    complains(q2 + "opaque magic q;\nmagic q[0];\n", 6, "opaque");
    complains(q2 + "gate g a { g a; }\n", 5, "own definition");
    complains(q2 + "gate g a { h b; }\n", 5, "not one of the qubits");
    complains(q2 + "gate g a {\n h a;\n nope a;\n}\n", 7, "'nope' is not known");
    complains(q2 + "gate g a { h a;\n", 5, "does not end");
    complains(q2 + "gate g a { h a; }\ngate g a { x a; }\n", 6, "defined twice");
    complains(q2 + "gate g(t) a {\n rx(1/t) a;\n}\ng(0) q[0];\n", 8, "in gate 'g' (line 6)");
    complains(q2 + "qreg q[1];\n", 5, "declared twice");
    complains(q2 + "qreg r[0];\n", 5, "at least 1");
    complains(q2 + "qreg r[19];\n", 5, "21 qubits: at most 20");
    complains(q2 + "qreg r[4000000000];\n", 5, "at most 20");
    complains(q2 + "qreg r[1e300];\n", 5, "whole number");
    complains(q2 + "qreg r[1.5];\n", 5, "whole number");
    complains(q2 + "creg r[99999999999];\n", 5, "at most 1000000");
    complains(head2 + "include \"other.inc\";\n", 3, "other.inc");
    complains("OPENQASM 4.0;\n", 1, "versions 2.0, 3.0 and 3.1");
    complains(head2 + "creg c[1];\n", 4, "no qubits");
    complains("", 1, "no qubits");
    complains(q2 + "/* never ends\n", 5, "does not end");
    complains(q2 + "h q[0]; `\n", 5, "no meaning");
    complains(q2 + "2h q[0];\n", 5, "neither a number nor a name");
    complains(q2 + "qreg a[2]; qreg b[3]; cx a,b;\n", 5, "different sizes");

    complains(q3 + "input int n;\n", 5, "float or angle");
    complains(q3 + "input float x0;\ninput float x0;\n", 6, "declared twice");
    complains(q3 + "rx(theta) q[0];\n", 5, "'theta' is not known");
    complains(q3 + "rx(2^3) q[0];\n", 5, "written **");
    complains(q3 + "const float a;\n", 5, "expected '='");
    complains(q3 + "float a;\n", 5, "has no value");
    complains(q3 + "input float x0;\nconst float a = 2*x0;\n", 6, "depends on an input");
    complains(q3 + "c = measure q;\nx q[0];\n", 6, "line 5 has measured");
    complains(q3 + "c[0] = measure q;\n", 5, "measure has 2");
    complains(q3 + "if (c[0]) { x q[0]; }\n", 5, "if is not supported");
    complains(q3 + "x q[1];\nreset q;\n", 6, "reset is not supported on q[1]");
    complains(q3 + "while (true) { h q[0]; }\n", 5, "while is not supported");
    complains(q3 + "h $0;\n", 5, "stands beside declared qubits");
    complains(head3 + "h $0;\nqubit q;\n", 4, "beside physical qubits");
    complains(head3 + "h $20;\n", 3, "$0 to $19");
    complains(q3 + "ctrl(3) @ x q[0], q[1];\n", 5, "acts on 4 qubits, not 2");
    complains(q3 + "h q[2:3];\n", 5, "out of range");
    complains(q3 + "h q[1:0];\n", 5, "empty");
    complains(q3 + "q = 3;\n", 5, "not a gate");
  }

  void depthAndSizeAreBounded() {
    const std::string q = head2 + "qreg q[1];\n";
    complains(q + "rx(" + std::string(100000, '(') + "1" + std::string(100000, ')') + ") q[0];\n", 4,
              "nested");
    complains(q + "rx(" + std::string(100000, '-') + "1) q[0];\n", 4, "nested");
    std::string bomb = head2 + "gate g0 a { h a; h a; }\n"; // 2^40 gates
    for (int i = 1; i < 40; ++i)
      bomb += "gate g" + std::to_string(i) + " a { g" + std::to_string(i - 1) + " a; g" +
              std::to_string(i - 1) + " a; }\n";
    complains(bomb + "qreg q[1];\ng39 q[0];\n", 44, "1000000 gates");
    std::string hollow = head2 + "gate g0 a { }\n"; // 2^40 calls of nothing
    for (int i = 1; i < 40; ++i)
      hollow += "gate g" + std::to_string(i) + " a { g" + std::to_string(i - 1) + " a; g" +
                std::to_string(i - 1) + " a; }\n";
    complains(hollow + "qreg q[1];\ng39 q[0];\n", 44, "too many gates");
    std::string tower = head2 + "gate g0 a { h a; }\n";
    for (int i = 1; i < 1000; ++i)
      tower += "gate g" + std::to_string(i) + " a { g" + std::to_string(i - 1) + " a; }\n";
    complains(tower, 67, "64 deep");
    std::string barriers = q;
    for (int i = 0; i < 1000001; ++i)
      barriers += "barrier q;";
    complains(barriers, 4, "1000000 gates");
    std::string sum = "1";
    for (int i = 0; i < 100000; ++i)
      sum += "+1";
    QCOMPARE(reads(q + "rx(" + sum + ") q[0];\n").operations[0].angles[0].offset, 100001.0);
    QVERIFY(sentence(std::string(largest_qasm + 1, ' ')).find("bytes") != std::string::npos);
  }

  void templatesRoundTrip() {
    for (Ansatz ansatz :
         {Ansatz::star, Ansatz::ring, Ansatz::linear, Ansatz::all_to_all, Ansatz::strongly_entangling})
      for (int n : {1, 2, 3, 5}) {
        QuantumSettings settings;
        settings.ansatz = ansatz, settings.qubits = n, settings.layers = 2, settings.reupload = true;
        const Circuit circuit = build_circuit(settings);
        QVERIFY(read_qasm(write_qasm3(circuit), "t") == circuit);
      }
  }

  void allGatesAndAwkwardNumbersRoundTrip() {
    Circuit circuit;
    circuit.qubits = 5, circuit.features = 4, circuit.weights = 2;
    const Angle angles[] = {Angle::constant(0),
                            Angle::constant(-3 * pi / 4),
                            Angle::constant(1.0 / 3),
                            Angle::constant(1e-300),
                            Angle::constant(-5e-324),
                            Angle::constant(1e22),
                            Angle::feature(3),
                            Angle::feature(0, -1),
                            Angle::feature(1, 0.1, -0.2),
                            Angle::weight(0, -2.5e-7, pi / 2),
                            Angle::weight(1, 1, -7),
                            Angle::weight(1, 1.7976931348623157e308, 2)};
    std::size_t next = 0;
    for (int round = 0; round < 4; ++round)
      for (const GateFacts &record : all_gates()) {
        Operation operation;
        operation.gate = record.gate;
        for (int q = 0; q < record.qubits; ++q)
          operation.qubits[std::size_t(q)] = std::int16_t((q + round) % 5);
        for (int a = 0; a < record.parameters; ++a)
          operation.angles[std::size_t(a)] = angles[next++ % std::size(angles)];
        circuit.operations.push_back(operation);
      }
    QVERIFY(read_qasm(write_qasm3(circuit), "t") == circuit);
  }

  void writtenText() {
    Circuit circuit;
    circuit.qubits = 2, circuit.features = 1, circuit.weights = 1;
    circuit.operations = {op(Gate::h, {0}), op(Gate::ry, {1}, {Angle::feature(0, 0.5, -pi / 2)}),
                          op(Gate::barrier, {}), op(Gate::rzz, {0, 1}, {Angle::weight(0)}),
                          op(Gate::p, {1}, {Angle::constant(3 * pi / 4)})};
    QCOMPARE(write_qasm3(circuit),
             std::string(
                 "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n"
                 "gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }\n"
                 "input float[64] x0;\ninput float[64] w0;\nqubit[2] q;\nh q[0];\nry(0.5*x0 - pi/2) q[1];\n"
                 "barrier q;\nrzz(w0) q[0], q[1];\np(3*pi/4) q[1];\n"));
    QCOMPARE(
        write_qasm2(circuit, {pi}, {0.25}),
        std::string("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[2];\nh q[0];\nry(0.0) q[1];\nbarrier q;\n"
                    "rzz(0.25) q[0], q[1];\nu1(3*pi/4) q[1];\n"));
  }

  void openQasm2RoundTripsConstants() {
    Circuit circuit;
    circuit.qubits = 5;
    for (const GateFacts &record : all_gates()) {
      Operation operation;
      operation.gate = record.gate;
      for (int q = 0; q < record.qubits; ++q)
        operation.qubits[std::size_t(q)] = std::int16_t(q);
      for (int a = 0; a < record.parameters; ++a)
        operation.angles[std::size_t(a)] = Angle::constant(0.3 + a);
      circuit.operations.push_back(operation);
    }
    QVERIFY(read_qasm(write_qasm2(circuit), "t") == circuit);
  }

  /// The decimal point is a point wherever the program runs.
  void theLocaleDoesNotMatter() {
    const char *before = std::setlocale(LC_ALL, "de_DE.UTF-8"); // nothing changes where it is not installed
    Circuit circuit;
    circuit.operations = {op(Gate::rx, {0}, {Angle::constant(0.5)})};
    const bool same_circuit = read_qasm(write_qasm3(circuit), "t") == circuit;
    std::setlocale(LC_ALL, "C");
    QVERIFY2(same_circuit, before ? before : "C");
  }
};

QTEST_APPLESS_MAIN(TestQasm)
#include "test_reader.moc"
