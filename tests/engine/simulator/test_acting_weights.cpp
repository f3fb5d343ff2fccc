// How many weights of a circuit change anything at all.
#include "engine/circuit/templates.h"
#include "engine/simulator/acting_weights.h"
#include <QtTest/QtTest>

using namespace duet;

class TestActingWeights : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void eight_of_twelve_star_weights_act() {
    QuantumSettings star;
    QCOMPARE(acting_weights(build_template(star), false), std::optional<int>(8));
    star.ansatz = Ansatz::ring;
    QCOMPARE(acting_weights(build_template(star), false), std::optional<int>(5));
    star.qubits = 20;
    QVERIFY(!acting_weights(build_template(star), false)); // too large to try
  }
};

QTEST_APPLESS_MAIN(TestActingWeights)
#include "test_acting_weights.moc"
