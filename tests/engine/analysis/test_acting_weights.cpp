// Which weights of a circuit change anything: proofs against gradients, and the counts of both together.
#include "engine/analysis/acting_weights.h"
#include "engine/circuit/templates.h"
#include "engine/qasm/qasm.h"
#include "tests/support/random_circuit.h"
#include <QTest>

using namespace duet;

class TestActingWeights : public QObject {
  Q_OBJECT

  /// [weight]: the largest |d<Z_i>/dw| at random places, by the dense simulator.
  static std::vector<double> slopes(const Circuit &circuit, std::mt19937 &random, bool any_start) {
    std::uniform_real_distribution<double> angle(-3, 3);
    std::vector<double> largest(std::size_t(circuit.weights), 0.0);
    for (int place = 0; place < 3; ++place) {
      std::vector<double> x(std::size_t(circuit.features)), w(largest.size()), start;
      for (auto *list : {&x, &w})
        for (double &value : *list)
          value = angle(random);
      double norm = 0;
      for (std::size_t k = 0; any_start && k < std::size_t{1} << circuit.qubits; ++k)
        norm += start.emplace_back(angle(random)) * start.back();
      for (double &value : start)
        value /= std::sqrt(norm);
      const dense::Jacobian all = dense::jacobian(circuit, x, w, start);
      for (std::size_t k = 0; k < largest.size(); ++k)
        for (const double slope : all.weights[k])
          largest[k] = std::max(largest[k], std::abs(slope));
    }
    return largest;
  }

  static std::vector<int> weights_of(const std::vector<DeadWeight> &dead) {
    std::vector<int> list;
    for (const DeadWeight &one : dead)
      list.push_back(one.weight);
    return list;
  }

  static std::vector<DeadWeight> dead(const std::string &lines, int weights, int qubits = 3) {
    std::string text = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float x0;\n";
    for (int w = 0; w < weights; ++w)
      text += "input float w" + std::to_string(w) + ";\n";
    return dead_weights(read_qasm(text + "qubit[" + std::to_string(qubits) + "] q;\n" + lines, "lines"));
  }

private Q_SLOTS:
  void noWeightThatActsIsEverProvedDead() {
    std::mt19937 random(11);
    int proved = 0, idle = 0, acting = 0;
    for (int trial = 0; trial < 600; ++trial) {
      const bool any_start = trial % 4 == 3;
      const int qubits = 1 + trial % 5, features = any_start ? 0 : 2; // amplitudes leave no room for features
      const Circuit circuit = trial % 2
                                  ? dense::random_circuit(random, qubits, 4 + trial % 29, features, 6)
                                  : dense::random_circuit_of_all(random, qubits, 3 + trial % 23, features, 6);
      const std::vector<double> slope = slopes(circuit, random, any_start);
      const WeightFacts all = weight_facts(circuit, any_start);
      for (const DeadWeight &one : all.dead)
        QVERIFY2(slope[std::size_t(one.weight)] < 1e-12,
                 (write_qasm3(circuit) + "w" + std::to_string(one.weight) + " " + one.reason).c_str());
      for (const int one : all.idle)
        QVERIFY2(slope[std::size_t(one)] < 1e-12, write_qasm3(circuit).c_str());
      QCOMPARE(all.acting, circuit.weights - int(all.dead.size()) - int(all.idle.size()));
      QCOMPARE(all.acting,
               int(std::count_if(slope.begin(), slope.end(), [](double s) { return s > 1e-12; })));
      proved += int(all.dead.size()), idle += int(all.idle.size()), acting += all.acting;
    }
    qInfo("%d proved, %d only measured, %d act", proved, idle, acting);
    QVERIFY(acting > 500 && proved > 500);
    QVERIFY2(idle * 20 < proved, "nearly all that does not act can be proved");
  }

  void theLastTurnsOfTheStarAreDead() {
    QuantumSettings star;
    const WeightFacts all = weight_facts(build_template(star));
    QCOMPARE(weights_of(all.dead), (std::vector<int>{2, 5, 8, 11}));
    QCOMPARE(all.acting, 8);
    QVERIFY(all.idle.empty() && all.measured);
    for (const DeadWeight &one : all.dead)
      QCOMPARE(one.reason, std::string("commutes with every later gate it meets and with the measurement"));
    star.layers = 2; // the second layer's RX on a qubit hides nothing of the first
    QCOMPARE(weights_of(weight_facts(build_template(star)).dead), (std::vector<int>{14, 17, 20, 23}));
    star.qubits = 20;
    const WeightFacts large = weight_facts(build_template(star));
    QVERIFY(!large.measured);
    QCOMPARE(large.acting, 2 * 57 - 19);
  }

  void whatIsProvedOfEveryTemplateIsAllThatDoesNotAct() {
    for (const Ansatz ansatz :
         {Ansatz::star, Ansatz::ring, Ansatz::linear, Ansatz::all_to_all, Ansatz::strongly_entangling})
      for (int qubits = 1; qubits <= 6; ++qubits)
        for (int layers = 1; layers <= 3; ++layers) {
          QuantumSettings settings;
          settings.ansatz = ansatz, settings.qubits = qubits, settings.layers = layers;
          settings.reupload = layers == 3;
          QVERIFY(weight_facts(build_template(settings)).idle.empty());
        }
  }

  void everyProofSaysWhatItRestsOn() {
    using Dead = std::vector<DeadWeight>;
    const std::string commutes = "commutes with every later gate it meets and with the measurement";
    const std::string phase = "acts on a state that it only multiplies by a phase";
    QCOMPARE(dead("", 1), (Dead{{0, "no gate uses it"}}));
    QCOMPARE(dead("h q[0]; rx(0*w0 + 1) q[1];", 1), (Dead{{0, "is multiplied by 0"}}));
    QCOMPARE(dead("h q[0]; crx(w0) q[1], q[2];", 1),
             (Dead{{0, "stands in a gate with a control that is always 0"}}));
    QCOMPARE(dead("rz(w0) q[0]; h q[0];", 1), (Dead{{0, phase}}));
    QCOMPARE(dead("h q[0]; rx(w0) q[0]; rz(x0) q[0]; h q[0];", 1), (Dead{{0, phase}}));
    QCOMPARE(dead("h q[0]; rz(w0) q[0];", 1), (Dead{{0, commutes}}));
    QCOMPARE(dead("x q[0]; cx q[0], q[1]; ccx q[0], q[1], q[2]; rz(w0) q[2]; h q[2];", 1),
             (Dead{{0, phase}}));
    QCOMPARE(dead("h q[0]; h q[1]; h q[2]; rz(w0) q[2]; ccx q[0], q[1], q[2];", 1), (Dead{{0, commutes}}));
    QCOMPARE(dead("ry(x0) q[0]; h q[1]; u3(w0, w1, 0) q[0]; cp(w2) q[0], q[1];", 3),
             (Dead{{1, commutes}, {2, commutes}}));
    QCOMPARE(dead("rz(w0) q[0]; h q[0]; rz(w0) q[0];", 1), (Dead{{0, commutes + " and " + phase}}));
    QCOMPARE(dead("ry(w0) q[0]; rz(w0) q[0]; rz(x0) q[1]; rx(w1) q[1];", 2), Dead{});
  }
};

QTEST_APPLESS_MAIN(TestActingWeights)
#include "test_acting_weights.moc"
