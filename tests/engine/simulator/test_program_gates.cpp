// Every gate, and 200 random circuits, against the dense simulator: values and gradients, f32 and f64, on
// every instruction set this machine runs.
#include "engine/circuit/definitions.h"
#include "tests/support/random_circuit.h"
#include <QTest>
#include <cmath>

using namespace duet;

class TestProgramGates : public QObject {
  Q_OBJECT

  static void expect(const dense::Errors &errors, double allowed, const QByteArray &what) {
    const QByteArray found = what + ": values differ by " + QByteArray::number(errors.expectation) +
                             ", gradients by " + QByteArray::number(errors.gradient);
    QVERIFY2(errors.expectation <= allowed && errors.gradient <= allowed, found.constData());
  }

private Q_SLOTS:
  void every_gate_data() {
    QTest::addColumn<QString>("isa");
    for (const auto &isa : runnable_isas())
      QTest::newRow(isa.c_str()) << QString::fromStdString(isa);
  }
  void every_gate() {
    QFETCH(QString, isa);
    const Kernels &kernels = kernels_for(isa.toStdString());
    std::mt19937 random(1);
    for (const Gate gate : dense::gates())
      for (int trial = 0; trial < 4; ++trial) {
        const int qubits = std::max(4, facts(gate).qubits);
        const int operations = meaning_of(gate).operations.size() > 8 ? 6 : 12; // rounding adds up
        const Circuit circuit = dense::random_circuit(random, qubits, operations, 3, 4, &gate);
        const QByteArray what = "gate " + QByteArray(facts(gate).qasm3.data()) + " on " + isa.toUtf8();
        expect(dense::compare<float>(circuit, false, 2, random, kernels), 1e-6, what + " f32");
        expect(dense::compare<double>(circuit, false, 2, random, kernels), 1e-13, what + " f64");
      }
  }

  void random_circuits_data() { every_gate_data(); }
  void random_circuits() {
    QFETCH(QString, isa);
    const Kernels &kernels = kernels_for(isa.toStdString());
    std::mt19937 random(2);
    dense::Errors f32, f64;
    for (int k = 0; k < 200; ++k) {
      const int qubits = 1 + static_cast<int>(random() % 6), operations = 1 + static_cast<int>(random() % 40);
      const bool amplitudes = k % 5 == 0;
      const Circuit circuit = dense::random_circuit(random, qubits, operations, amplitudes ? 0 : 3, 4);
      f32.add(dense::compare<float>(circuit, amplitudes, 1, random, kernels));
      f64.add(dense::compare<double>(circuit, amplitudes, 1, random, kernels));
    }
    expect(f32, 1e-6, isa.toUtf8() + " f32");
    expect(f64, 1e-13, isa.toUtf8() + " f64");
  }

  /// The dense simulator's parameter shifts against plain differences.
  void dense_gradient() {
    std::mt19937 random(3);
    for (int k = 0; k < 20; ++k) {
      const Circuit circuit = dense::random_circuit(random, 3, 15, 2, 2);
      const std::vector<double> g = {0.3, -0.5, 0.2};
      std::vector<double> x = {0.4, -1.1}, w = {0.7, 2.0};
      const auto slopes = dense::gradient(circuit, x, w, g);
      const auto difference = [&](double &angle) {
        constexpr double step = 1e-5;
        const double old = angle;
        angle = old + step;
        const double up = dense::value(circuit, x, w, g);
        angle = old - step;
        const double down = dense::value(circuit, x, w, g);
        angle = old;
        return (up - down) / (2 * step);
      };
      for (int p = 0; p < 2; ++p) {
        QVERIFY(std::abs(difference(x[p]) - slopes.features[p]) < 1e-8);
        QVERIFY(std::abs(difference(w[p]) - slopes.weights[p]) < 1e-8);
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestProgramGates)
#include "test_program_gates.moc"
