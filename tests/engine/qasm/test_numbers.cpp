// Numbers in expressions: literals, functions, and the difference between whole and real ones.
#include "tests/support/qasm_text.h"
#include <cmath>
#include <numbers>

using namespace duet;
using namespace duet::qasm_text;
using std::numbers::pi;

class TestQasmNumbers : public QObject {
  Q_OBJECT

  static Angle angle(const std::string &expression) {
    return reads(
               head3 +
               "input float x0;\nconst int n = 7;\nconst float f = 7;\nconst uint[8] m = 2;\nqubit q;\nrx(" +
               expression + ") q;\n")
        .operations[0]
        .angles[0];
  }
  static double number(const std::string &expression) { return angle(expression).offset; }
  static void refused(const std::string &expression, const std::string &words) {
    complains(head3 + "const int n = 7;\nqubit q;\nrx(" + expression + ") q;\n", 5, words);
  }

private Q_SLOTS:
  void wholeNumbersAreNotDividedInOpenQasm3() {
    refused("1/2", "1/2 leaves a remainder");
    refused("1/2", "write 1.0/2");
    refused("pi*(1/2)", "write 1.0/2");
    refused("n/2", "write 7.0/2");
    refused("-7/2", "write -7.0/2");
    refused("1/0", "divides by zero");
    refused("7 % 0", "divides by zero");
    QCOMPARE(number("6/2"), 3.0);
    QCOMPARE(number("n/7"), 1.0);
    QCOMPARE(number("1.0/2"), 0.5);
    QCOMPARE(number("1/2.0"), 0.5);
    QCOMPARE(number("pi/2"), pi / 2);
    QCOMPARE(number("pi/4*3/2"), pi / 4 * 3 / 2);
    QCOMPARE(number("f/2"), 3.5);
    QCOMPARE(number("float(n)/2"), 3.5);
    QCOMPARE(number("float[64](n)/m"), 3.5);
    QCOMPARE(number("int(f)/7"), 1.0);
    QCOMPARE(number("int(-2.9)"), -2.0);
    QVERIFY(angle("x0/2") == Angle::feature(0, 0.5));
    QVERIFY(angle("3*x0/2") == Angle::feature(0, 1.5));
  }

  void openQasm2DividesRealNumbers() {
    QCOMPARE(reads(head2 + "qreg q[1];\nrx(1/2) q[0];\n").operations[0].angles[0].offset, 0.5);
    QCOMPARE(reads(head2 + "qreg q[1];\nrx(2^-1) q[0];\n").operations[0].angles[0].offset, 0.5);
    QCOMPARE(reads(head2 + "qreg q[1];\nrx(9223372036854775807+1) q[0];\n").operations[0].angles[0].offset,
             0x1p63);
    complains(head2 + "qreg q[1];\nrx(0x10) q[0];\n", 4, "number of OpenQASM 3");
  }

  /// Where the standard file itself writes pow(1/2) @, and on the command line.
  void powersAreReal() {
    QVERIFY(reads(head3 + "qubit q;\npow(1/2) @ x q;\n").operations[0].gate == Gate::sx);
  }

  void wholeNumbersStayInTheirRange() {
    refused("9223372036854775807 + 1", "does not fit 64 bits");
    refused("-9223372036854775807 - 2", "does not fit 64 bits");
    refused("9223372036854775807 * 2", "does not fit 64 bits");
    refused("2**63", "does not fit 64 bits");
    refused("2**9223372036854775807", "does not fit 64 bits");
    refused("1 << 63", "0 to 62 bits");
    refused("3 << 62", "does not fit 64 bits");
    refused("9223372036854775808", "cannot be held in 64 bits");
    refused("int(1e300)", "does not fit 64 bits");
    refused("(-9223372036854775807 - 1) / -1", "does not fit 64 bits");
    refused("-(-9223372036854775807 - 1)", "does not fit 64 bits");
    QCOMPARE(number("(-9223372036854775807 - 1) % -1"), 0.0);
    QCOMPARE(number("1.0 * 9223372036854775807 + 1"), 0x1p63);
  }

  void powersRemaindersAndShifts() {
    QCOMPARE(number("2**10"), 1024.0);
    QCOMPARE(number("pi/2**3"), pi / 8);
    QCOMPARE(number("2**3**2"), 512.0);
    QCOMPARE(number("(-1)**9223372036854775807"), -1.0);
    QCOMPARE(number("0**0"), 1.0);
    QCOMPARE(number("2.0**-1"), 0.5);
    refused("2**-1", "write 2.0**-1");
    QCOMPARE(number("7 % 4"), 3.0);
    QCOMPARE(number("-7 % 4"), -3.0);
    QCOMPARE(number("7.5 % 2"), 1.5);
    QCOMPARE(number("1 << 4"), 16.0);
    QCOMPARE(number("1 + 1 << 2 + 1"), 16.0);
    QCOMPARE(number("-16 >> 2"), -4.0);
    refused("1.5 << 2", "only whole numbers");
    refused("1 << -1", "0 to 62 bits");
    complains(head3 + "input float x0;\nqubit q;\nrx(x0 % 2) q;\n", 5, "remainder of x0");
  }

  void functions() {
    QCOMPARE(number("arcsin(0.5)"), std::asin(0.5));
    QCOMPARE(number("arccos(0.5)"), std::acos(0.5));
    QCOMPARE(number("arctan(1)"), std::atan(1.0));
    QCOMPARE(number("log(2)"), std::log(2.0));
    QCOMPARE(number("ln(2)"), std::log(2.0));
    QCOMPARE(number("exp(1)"), std::exp(1.0));
    QCOMPARE(number("pow(2, 3)"), 8.0);
    QCOMPARE(number("pow(2.0, -1)"), 0.5);
    QCOMPARE(number("mod(7, 4)"), 3.0);
    QCOMPARE(number("mod(7.5, 2)"), 1.5);
    QCOMPARE(number("floor(-1.5)"), -2.0);
    QCOMPARE(number("ceiling(-1.5)"), -1.0);
    QCOMPARE(number("sin(pi/6) + cos(0) + tan(0) + sqrt(4)"), std::sin(pi / 6) + 3);
    refused("arcsin(2)", "no finite value");
    refused("log(0)", "no finite value");
    refused("sqrt(-1)", "no finite value");
    refused("pow(2)", "expected ','");
    refused("nope(2)", "floor and ceiling");
  }

  void literals() {
    QCOMPARE(number("0xFF"), 255.0);
    QCOMPARE(number("0Xab_cd"), 43981.0);
    QCOMPARE(number("0b1010"), 10.0);
    QCOMPARE(number("0B1_0"), 2.0);
    QCOMPARE(number("0o17"), 15.0);
    QCOMPARE(number("1_000_000"), 1e6);
    QCOMPARE(number("1_0.5e1_0"), 10.5e10);
    QCOMPARE(number("0x7fff_ffff_ffff_ffff % 10"), 7.0);
    QCOMPARE(reads(head3 + "qubit[0x3] q;\nh q[0b10];\n").qubits, 3);
    refused("0xFG", "neither a number nor a name");
    refused("0b12", "neither a number nor a name");
    refused("0x", "neither a number nor a name");
    refused("0xFFFFFFFFFFFFFFFF", "cannot be held in 64 bits");
  }

  void constantsHaveTheirType() {
    complains(head3 + "const int n = 0.5;\n", 3, "must be a whole number");
    complains(head3 + "qubit[2] q;\nconst int n = 3;\nh q[n/2];\n", 5, "write 3.0/2");
    QCOMPARE(reads(head3 + "const float h = 1;\nqubit q;\nrx(h/2) q;\n").operations[0].angles[0].offset, 0.5);
    QCOMPARE(reads(head3 + "const uint n = 4;\nqubit[n/2] q;\nh q;\n").qubits, 2);
    QCOMPARE(reads(head3 + "qubit[2.0] q;\nh q;\n").qubits, 2);
  }
};

QTEST_APPLESS_MAIN(TestQasmNumbers)
#include "test_numbers.moc"
