// The state on the way through a circuit, against matrices and against the fast simulator's last state.
#include "engine/circuit/gate_matrix.h"
#include "engine/circuit/templates.h"
#include "engine/simulator/circuit_state.h"
#include "engine/simulator/program.h"
#include <QTest>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

using namespace duet;

namespace {

constexpr double pi = std::numbers::pi;

Circuit of(int qubits, std::vector<Operation> operations) {
  Circuit circuit;
  circuit.qubits = qubits;
  circuit.operations = std::move(operations);
  return circuit;
}

Operation turn(Gate gate, std::int16_t qubit, double angle) {
  Operation op{gate, {qubit}, {}};
  op.angles[0] = Angle::constant(angle);
  return op;
}

std::vector<int> all(const Circuit &circuit) {
  std::vector<int> operations(circuit.operations.size());
  std::iota(operations.begin(), operations.end(), 0);
  return operations;
}

bool near(double a, double b) { return std::abs(a - b) < 1e-12; }

} // namespace

class TestCircuitState : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void arrowsPointWhereTheGatesTurnThem() {
    const auto bloch = [](std::vector<Operation> operations) {
      const Circuit circuit = of(1, std::move(operations));
      return state_after(circuit, all(circuit), {}, {}).bloch.front();
    };
    const Bloch up = bloch({});
    QVERIFY(near(up.x, 0) && near(up.y, 0) && near(up.z, 1) && near(up.length(), 1));
    const Bloch plus = bloch({Operation{Gate::h, {0}, {}}});
    QVERIFY(near(plus.x, 1) && near(plus.y, 0) && near(plus.z, 0));
    const Bloch left = bloch({Operation{Gate::h, {0}, {}}, Operation{Gate::s, {0}, {}}});
    QVERIFY(near(left.x, 0) && near(left.y, 1) && near(left.z, 0));
    const Bloch turned = bloch({turn(Gate::rx, 0, 0.3)}); // about x, from z towards -y
    QVERIFY(near(turned.x, 0) && near(turned.y, -std::sin(0.3)) && near(turned.z, std::cos(0.3)));
    const Bloch tilted = bloch({turn(Gate::ry, 0, 0.3)});
    QVERIFY(near(tilted.x, std::sin(0.3)) && near(tilted.z, std::cos(0.3)));
  }

  void entanglingShortensTheArrows() {
    const Circuit bell = of(2, {Operation{Gate::h, {0}, {}}, Operation{Gate::cx, {0, 1}, {}}});
    const CircuitLayout layout = lay_out(bell);
    QVERIFY(operations_up_to(layout, -1).empty());
    QCOMPARE(operations_up_to(layout, 0), std::vector<int>{0});
    QCOMPARE(operations_up_to(layout, 1), (std::vector<int>{0, 1}));
    const auto before = state_after(bell, operations_up_to(layout, 0), {}, {});
    QVERIFY(near(before.bloch[0].x, 1) && near(before.bloch[1].z, 1));
    QVERIFY(near(before.amplitudes[2].real(), std::sqrt(0.5))); // |10>: q0 is the leftmost bit
    const auto after = state_after(bell, operations_up_to(layout, 1), {}, {});
    QVERIFY(near(after.bloch[0].length(), 0) && near(after.bloch[1].length(), 0));
    QVERIFY(near(after.amplitudes[0].real(), std::sqrt(0.5)) &&
            near(after.amplitudes[3].real(), std::sqrt(0.5)));
  }

  void everyColumnEqualsTheMatrixOfWhatIsBeforeIt() {
    std::mt19937_64 engine(5);
    std::uniform_real_distribution<double> angle(-pi, pi);
    QuantumSettings settings;
    settings.qubits = 4;
    settings.ansatz = Ansatz::strongly_entangling;
    settings.layers = 2;
    const Circuit circuit = build_template(settings);
    std::vector<double> features(4), weights(static_cast<std::size_t>(circuit.weights));
    for (double &value : features)
      value = angle(engine);
    for (double &value : weights)
      value = angle(engine);
    Circuit bound = circuit; // the same with constants
    for (Operation &op : bound.operations)
      for (Angle &a : op.angles)
        a = Angle::constant(angle_value(a, features, weights));
    const CircuitLayout layout = lay_out(circuit);
    for (int column = -1; column < layout.columns(); ++column) {
      const auto operations = operations_up_to(layout, column);
      std::vector<Operation> before;
      for (const int k : operations)
        before.push_back(bound.operations[static_cast<std::size_t>(k)]);
      const Eigen::MatrixXcd matrix = matrix_of(before, 4);
      const auto state = state_after(circuit, operations, features, weights);
      for (std::size_t k = 0; k < 16; ++k)
        QVERIFY(std::abs(state.amplitudes[k] - matrix(Eigen::Index(k), 0)) < 1e-12);
    }
    Program<double> program(circuit);
    program.set_weights(weights);
    Program<double>::Workspace workspace;
    std::vector<double> z(4);
    program.forward(1, features.data(), z.data(), workspace);
    const auto last = state_after(circuit, all(circuit), features, weights);
    for (std::size_t q = 0; q < 4; ++q)
      QVERIFY(near(last.bloch[q].z, z[q]));
  }

  void itStartsFromGivenAmplitudes() {
    const Circuit circuit = of(2, {Operation{Gate::x, {1}, {}}});
    const std::vector<double> start = {0.6, 0, 0, 0.8};
    const auto state = state_after(circuit, all(circuit), {}, {}, start);
    QVERIFY(near(state.amplitudes[1].real(), 0.6) && near(state.amplitudes[2].real(), 0.8));
  }
};

QTEST_APPLESS_MAIN(TestCircuitState)
#include "test_circuit_state.moc"
