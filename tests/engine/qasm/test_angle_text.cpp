// One angle as text, read by a field and written back.
#include "engine/qasm/angle_text.h"
#include <QTest>
#include <numbers>

using namespace duet;
using std::numbers::pi;

class TestAngleText : public QObject {
  Q_OBJECT
  static Circuit circuit() {
    Circuit circuit{2, 2, 4, {}};
    circuit.names.weights = {"", "theta"};
    return circuit;
  }

private Q_SLOTS:
  void anglesAreReadAndWrittenBack() {
    const std::pair<const char *, Angle> angles[] = {{"pi/2", Angle::constant(pi / 2)},
                                                     {"1/2", Angle::constant(0.5)},
                                                     {"2*x0 + 1", Angle::feature(0, 2, 1)},
                                                     {"w3", Angle::weight(3)},
                                                     {"-w0 + pi", Angle::weight(0, -1, pi)},
                                                     {"2*(theta - 1)/4", Angle::weight(1, 0.5, -0.5)},
                                                     {"w4", Angle::weight(4)}};
    for (const auto &[text, angle] : angles) {
      const ReadAngle read = read_angle(text, circuit());
      QCOMPARE(read.problem, "");
      QCOMPARE(read.angle, angle);
      QCOMPARE(read_angle(angle_text(angle, circuit().names), circuit()).angle, angle);
    }
    QCOMPARE(angle_text(Angle::weight(1, 2, -pi / 2), circuit().names), "2.0*theta - pi/2");
  }

  void whatCannotBeReadIsNamedWhereItStands() {
    const std::tuple<const char *, const char *, int> faults[] = {
        {"", "the angle is empty: write a number, pi/2, x0 or 2*w0 + pi", 0},
        {"2*w1",
         "the name 'w1' is not known: features x0 to x1, weights w0 to w4 (the last is new) and pi are", 2},
        {"pi/2 x0", "after the angle stands 'x0', which does not belong to it", 5}};
    for (const auto &[text, sentence, from] : faults) {
      const ReadAngle read = read_angle(text, circuit());
      QCOMPARE(read.problem, sentence);
      QCOMPARE(int(read.from), from);
    }
    for (const char *text : {"x0*w0", "sin(x0)", "x0 + x1", "1/0", "(", "2*", "$", "w99999999999"})
      QVERIFY2(!read_angle(text, circuit()).problem.empty(), text);
  }
};

QTEST_APPLESS_MAIN(TestAngleText)
#include "test_angle_text.moc"
