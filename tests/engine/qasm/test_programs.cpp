// Whole programs: loops, aliases, ranges, physical qubits, included files, inputs of any name, lines and
// names in messages.
#include "tests/support/qasm_text.h"
#include <map>

using namespace duet;
using namespace duet::qasm_text;

class TestQasmPrograms : public QObject {
  Q_OBJECT

  /// Files by their name; a path that leaves them is refused as the real thing would.
  static Includes files(std::map<std::string, std::string> texts) {
    return [texts](const std::string &path, const std::string &) -> IncludedFile {
      const auto found = texts.find(path);
      if (found == texts.end())
        throw Error(ExitCode::usage, path + " is not there");
      return {path, found->second};
    };
  }
  static std::vector<Operation> hadamards(std::initializer_list<int> qubits) {
    std::vector<Operation> gates;
    for (const int q : qubits)
      gates.push_back(op(Gate::h, {q}));
    return gates;
  }
  static void picks(const std::string &operand, std::initializer_list<int> qubits) {
    same(reads(head3 + "qubit[5] q;\nh " + operand + ";\n"), hadamards(qubits));
  }

private Q_SLOTS:
  void ranges() {
    picks("q[1:3]", {1, 2, 3});
    picks("q[1:]", {1, 2, 3, 4});
    picks("q[:2]", {0, 1, 2});
    picks("q[:]", {0, 1, 2, 3, 4});
    picks("q[:2:]", {0, 2, 4}); // [first : step : last]
    picks("q[1:2:]", {1, 3});
    picks("q[::2]", {0, 1, 2});
    picks("q[:2:3]", {0, 2});
    picks("q[:-1:]", {4, 3, 2, 1, 0});
    picks("q[3:-1:1]", {3, 2, 1});
    picks("q[-2:]", {3, 4});
    picks("q[:-2]", {0, 1, 2, 3});
    picks("q[-1]", {4});
    picks("q[{4, -5, 1 + 1}]", {4, 0, 2});
    picks("q[0:100:4]", {0});
    const std::string q = head3 + "qubit[5] q;\n";
    complains(q + "h q[1:7];\n", 4, "q[7] is out of range: 'q' has the indices 0 to 4");
    complains(q + "h q[-6:];\n", 4, "q[-6] is out of range");
    complains(q + "h q[3:1];\n", 4, "empty");
    complains(q + "h q[1:0:3];\n", 4, "step of a range cannot be 0");
    complains(q + "h q[];\n", 4, "expected an index");
    complains(q + "h q[{0, 0, 0, 0, 0, 0}];\n", 4, "given twice");
    complains(head2 + "qreg q[5];\nh q[1:2];\n", 4, "expected ']'");
  }

  void aliases() {
    const std::string q = head3 + "qubit[3] q;\nqubit[2] r;\n";
    same(reads(q + "let a = q[1:] ++ r;\nh a;\nlet last = a[-1];\nx last;\n"),
         {op(Gate::h, {1}), op(Gate::h, {2}), op(Gate::h, {3}), op(Gate::h, {4}), op(Gate::x, {4})});
    same(reads(q + "let a = q[{2, 0}];\ncx a[0], a[1];\n"), {op(Gate::cx, {2, 0})});
    complains(q + "let a = q ++ q[0];\n", 5, "q[0] twice");
    complains(q + "let q = r;\n", 5, "declared twice");
    complains(q + "bit c;\nlet a = c;\n", 6, "holds bits");
    complains(q + "let a = q[0] ++ r;\ncx a[0], q[0];\n", 6, "q[0] twice");
  }

  void loops() {
    const std::string q = head3 + "const int n = 4;\nqubit[n] q;\n";
    same(reads(q + "for int i in [0:n-1] { h q[i]; }\n"), hadamards({0, 1, 2, 3}));
    same(reads(q + "for uint[8] i in [0:2:3] h q[i];\n"), hadamards({0, 2}));
    same(reads(q + "for int i in {3, 0} { h q[i]; }\nfor i in [1:-1:0] { h q[i]; }\n"),
         hadamards({3, 0, 1, 0}));
    same(
        reads(q +
              "for int i in [2:1] { h q[i]; { } }\nfor int i in [1:0] for int j in [0:1] h q[j];\nh q[0];\n"),
        hadamards({0}));
    same(reads(q + "for int i in [0:1] for int j in [i:1] { const int k = i + j; h q[k]; }\n"),
         hadamards({0, 1, 2}));
    same(reads(q + "for float a in {0.5, 1} { rx(a/2) q[0]; }\n"),
         {op(Gate::rx, {0}, {Angle::constant(0.25)}), op(Gate::rx, {0}, {Angle::constant(0.5)})});
    same(reads(q + "for int i in [0:1] { let p = q[i:i+1]; cx p[0], p[1]; }\n"),
         {op(Gate::cx, {0, 1}), op(Gate::cx, {1, 2})});
    // the quantum Fourier transform of the specification
    same(reads(q + "for int i in [0:2] { h q[i]; for int j in [i+1:2] { cp(pi/2**(j-i)) q[j], q[i]; } }\n"),
         reads(head3 +
               "qubit[4] q;\nh q[0];\ncp(pi/2) q[1], q[0];\ncp(pi/4) q[2], q[0];\nh q[1];\ncp(pi/2) q[2], "
               "q[1];\nh q[2];\n")
             .operations);
  }

  void loopsThatCannotBe() {
    const std::string q = head3 + "input float w0;\nqubit[4] q;\n";
    complains(q + "for int i in [0:3] {\n h q[i+1];\n}\n", 6, "q[4] is out of range");
    complains(q + "for int i in [0:3] { h q[i];\n", 6, "does not end with '}'");
    complains(q + "for int i in [1:0] { h q[i];\n", 6, "does not end");
    complains(q + "for int i in [:3] { h q[i]; }\n", 5, "needs both its ends");
    complains(q + "for int i in [3] { h q[i]; }\n", 5, "a range such as [0:3]");
    complains(q + "for int i in q { h q[i]; }\n", 5, "not over 'q'");
    complains(q + "for int i in {0.5} { h q[i]; }\n", 5, "type float");
    complains(q + "for float i in {w0} { rx(i) q[0]; }\n", 5, "over constants");
    complains(q + "for int q in [0:1] { }\n", 5, "declared twice");
    complains(q + "for int i in [0:1] { h q[i]; }\nh q[i];\n", 6, "'i' is not known");
    complains(q + "for int i in [0:1] { qubit r; }\n", 5, "cannot stand inside a loop");
    complains(q + "for int i in [0:1] { gate g a { } }\n", 5, "cannot stand inside a loop");
    complains(q + "for int i in [0:9223372036854775806] { }\n", 5, "too many gates");
    complains(q + "for int i in [0:1000000000] { h q[0]; }\n", 5, "more than 1000000 gates");
    complains(q + "gate g a { for int i in [0:1] { h a; } }\n", 5, "for is not supported inside a gate");
    std::string tower = q;
    for (int i = 0; i < 40; ++i)
      tower += "for int i" + std::to_string(i) + " in [0:0] ";
    complains(tower + "h q[0];\n", 5, "nested");
  }

  void physicalQubits() {
    const Circuit circuit =
        read_qasm(head3 + "h $0;\ncx $0, $3;\nbit c;\nc = measure $3;\nbarrier $0, $1;\n", "t");
    QCOMPARE(circuit.qubits, 4);
    same(circuit, {op(Gate::h, {0}), op(Gate::cx, {0, 3}), op(Gate::barrier, {})});
    complains(head3 + "cx $1, $1;\n", 3, "$1 twice");
    complains(head3 + "h $;\n", 3, "as in $0");
    complains(head3 + "h $1.5;\n", 3, "as in $0");
    complains(head3 + "$0 h;\n", 3, "stands behind a gate");
  }

  void resettingWhatNothingTouched() {
    same(reads(head3 + "qubit[3] q;\nreset q;\nh q[0];\nreset q[1];\nbarrier q;\nreset q[2];\n"),
         {op(Gate::h, {0}), op(Gate::barrier, {})});
    same(reads(head2 + "qreg q[2];\nreset q;\nx q[1];\n"), {op(Gate::x, {1})});
    complains(head3 + "qubit[3] q;\nccx q[0], q[1], q[2];\nreset q[1];\n", 5,
              "reset is not supported on q[1]");
  }

  void inputsOfAnyName() {
    const Circuit program = reads(head3 + "input float[64] theta;\ninput angle w1;\ninput float x1, φ;\n"
                                          "input float w0;\ninput float x01;\nqubit[2] q;\n"
                                          "rx(theta) q[0];\nry(2*φ - 1) q[0];\nrz(w1) q[0];\nrx(x1) "
                                          "q[1];\nry(w0) q[1];\nrz(x01) q[1];\n");
    same(program, {op(Gate::rx, {0}, {Angle::weight(2)}), op(Gate::ry, {0}, {Angle::weight(3, 2, -1)}),
                   op(Gate::rz, {0}, {Angle::weight(1)}), op(Gate::rx, {1}, {Angle::feature(1)}),
                   op(Gate::ry, {1}, {Angle::weight(0)}), op(Gate::rz, {1}, {Angle::weight(4)})});
    QCOMPARE(program.features, 2);
    QCOMPARE(program.weights, 5);
    const auto name = [&](const Angle &input) { return QString::fromStdString(program.names.of(input)); };
    QCOMPARE(name(Angle::weight(0)), QStringLiteral("w0"));
    QCOMPARE(name(Angle::weight(2)), QStringLiteral("theta"));
    QCOMPARE(name(Angle::weight(3)), QStringLiteral("φ"));
    QCOMPARE(name(Angle::weight(4)), QStringLiteral("x01"));
    QCOMPARE(name(Angle::feature(0)), QStringLiteral("x0"));
    QCOMPARE(name(Angle::weight(9)), QStringLiteral("w9"));
    const std::string start = head3 + "input float theta;\ninput float phi;\nqubit q;\n";
    complains(start + "rx(theta + phi) q;\n", 6, "uses both theta and phi");
    complains(start + "rx(theta * phi) q;\n", 6, "multiplies theta by phi");
    complains(start + "rx(sin(phi)) q;\n", 6, "takes a function of phi");
    complains(head3 + "input float theta;\ninput float theta;\n", 4, "declared twice");
    complains(head3 + "input int n;\n", 3, "float or angle");
    QCOMPARE(program.names.own(), (std::vector<std::string>{"w2 = theta", "w3 = φ", "w4 = x01"}));
    complains(head3 + "input float theta;\ninclude \"w.inc\";\n", 4,
              "'w.inc' line 1: the weight 'w0' is already called 'theta': declare 'w0' before it",
              files({{"w.inc", "input float w0;"}}));
  }

  /// Names that mean something in what is written get _; all others stay, and so does what they are.
  void writtenNames() {
    const Circuit circuit = reads(head3 + "input float theta;\ninput float w3;\ninput float θ_2;\nqubit r;\n"
                                          "rx(theta) r;\nry(w3) r;\nrz(θ_2 - 1) r;\n");
    const std::string written = write_qasm3(circuit);
    QVERIFY2(written.find("input float[64] theta;\ninput float[64] θ_2;\ninput float[64] w2;\n"
                          "input float[64] w3;\nqubit[1] q;\n") != std::string::npos &&
                 written.find("rx(theta) q[0];\nry(w3) q[0];\nrz(θ_2 - 1.0) q[0];\n") != std::string::npos,
             written.c_str());
    for (const std::string name : {"q", "rz", "measure", "pi", "sin", "mcx", "float"}) {
      const Circuit read = read_qasm(head3 + "input float " + name + ", " + name +
                                         "_;\nqubit r;\nrx(pi/2 + " + name + ") r;\nry(" + name + "_) r;\n",
                                     "t");
      const std::string again = write_qasm3(read);
      QVERIFY2(again.find("input float[64] " + name + "__;\n") != std::string::npos &&
                   again.find("input float[64] " + name + "_;\n") != std::string::npos,
               again.c_str());
      QVERIFY2(read_qasm(again, "again").operations == read.operations, again.c_str());
    }
  }

  void filesBesideTheCircuit() {
    const std::string own = "gate own(t) a { rx(2*t) a; }\nconst float half = 0.5;\n";
    same(reads(head3 + "include \"own.inc\";\nqubit q;\nown(half) q;\n", files({{"own.inc", own}})),
         {op(Gate::rx, {0}, {Angle::constant(1)})});
    same(reads(head3 + "include \"a.inc\"; qubit q; own(1) q;\n",
               files({{"a.inc", "OPENQASM 3.0;\ninclude \"own.inc\";"}, {"own.inc", own}})),
         {op(Gate::rx, {0}, {Angle::constant(2)})});
    complains(head3 + "\ninclude \"own.inc\";\n", 4, "\"stdgates.inc\" are known here");
    complains(head3 + "include \"gone.inc\";\n", 3, "gone.inc is not there", files({}));
    complains(head3 + "include \"own.inc\";\n", 3, "'own.inc' line 2: the gate 'nope' is not known",
              files({{"own.inc", "gate g a { h a; }\ngate f a { nope a; }\n"}}));
    complains(head3 + "include \"a.inc\";\n", 3, "includes itself",
              files({{"a.inc", "include \"b.inc\";"}, {"b.inc", "include \"a.inc\";"}}));
    complains(head3 + "include \"a.inc\";\n", 3, "another version", files({{"a.inc", "OPENQASM 2.0;"}}));
    complains(head3 + "include \"a.inc\";\n", 3, "does not end", files({{"a.inc", "gate g a { h a;"}}));
    complains(head3 + "qubit q;\nfor int i in [0:1] { include \"a.inc\"; }\n", 4, "inside a loop", files({}));
    std::map<std::string, std::string> doubling; // 2^30 bytes from 30 files
    for (int i = 0; i < 30; ++i)
      doubling["f" + std::to_string(i)] = "include \"f" + std::to_string(i + 1) + "\";include \"f" +
                                          std::to_string(i + 1) + "\";" + std::string(20000, ' ');
    doubling["f30"] = "";
    complains(head3 + "include \"f0\";\n", 3, "bytes, which is the most", files(doubling));
  }

  /// A line ends with a line feed, a carriage return, or both; a // comment too.
  void allLineEndsCountAlike() {
    for (const std::string end : {"\n", "\r", "\r\n"}) {
      const std::string text = "OPENQASM 3.0; // comment" + end + "qubit[2] q;" + end + "// h q[0];" + end +
                               "x q[0]; /* a" + end + "b */ y q[1];" + end + "@note x" + end + "z q[0];" +
                               end;
      same(reads(text), {op(Gate::x, {0}), op(Gate::y, {1}), op(Gate::z, {0})});
      complains(text + end + "nope q[0];" + end, 9, "'nope'");
      complains(text + "include \"" + end + "\";", 8, "does not end on its line");
    }
  }

  /// Names are shown as they are; what would spoil the line is escaped.
  void namesInMessages() {
    const std::string q = head3 + "qubit q;\n";
    complains(q + "größe q;\n", 4, "the gate 'größe' is not known");
    complains(q + "rx(日本) q;\n", 4, "the name '日本' is not known");
    complains(q + "h 🦆;\n", 4, "'🦆' is not declared");
    complains(q + "a\xff q;\n", 4, "the character '\\xff' has no meaning");
    complains(q + "a\xc2\x85 q;\n", 4, "the character '\\xc2\\x85' has no meaning");
    complains(q + "include \"a\xff\xc2\x85\";\n", 4, "'a\\xff\\xc2\\x85'");
    complains(q + "rx(2日) q;\n", 4, "'2日' is neither");
    complains(q + "include \"a\tb\";\n", 4, "'a\\x09b'");
    complains(q + "\x01;\n", 4, "'\\x01' has no meaning");
    std::string crowd, shown;
    for (int i = 0; i < 50; ++i)
      crowd += "é", shown += i < 40 ? "é" : "";
    complains(q + crowd + " q;\n", 4, "'" + shown + "...'");
  }

  /// A register may be called like a gate.
  void registersHideGates() {
    same(reads(head3 + "qubit[2] r;\nbit[2] cs;\nh r[0];\ncs = measure r;\n"), {op(Gate::h, {0})});
    same(reads(head2 + "qreg ecr[2];\ncreg p[2];\nx ecr[1];\nmeasure ecr -> p;\n"), {op(Gate::x, {1})});
    complains(head3 + "gate measure a { h a; }\n", 3, "a word of the language");
  }

  /// What a short text can cost before it is refused.
  void refusalsComeSoon() {
    const std::string q = head3 + "qubit[2] q;\n";
    complains(q + "pow(1000000) @ pow(1000000) @ x q[0];\n", 4, "1000000 gates");
    complains(q + "gate g a { }\npow(1000000) @ pow(1000000) @ g q[0];\n", 5, "too many gates");
    complains(q + "h q[{" + std::string(100000, '9') + "}];\n", 4, "cannot be held in 64 bits");
    std::string names = "gate g a0";
    for (int i = 1; i < 100; ++i)
      names += ", a" + std::to_string(i);
    complains(q + names + " { }\n", 4, "64 parameters");
    std::string modifiers;
    for (int i = 0; i < 100; ++i)
      modifiers += "inv @ ";
    complains(q + modifiers + "h q[0];\n", 4, "64 modifiers");
    std::string operands = "h q[0]";
    for (int i = 0; i < 100; ++i)
      operands += ", q[0]";
    complains(q + operands + ";\n", 4, "more than 64 qubits");
  }
};

QTEST_APPLESS_MAIN(TestQasmPrograms)
#include "test_programs.moc"
