// Entangling capability and expressibility against numpy's, and where they are known.
#include "engine/analysis/circuit_facts.h"
#include "engine/analysis/sample_limit.h"
#include "engine/circuit/templates.h"
#include "engine/io/files.h"
#include "engine/qasm/qasm.h"
#include "tests/support/qasm_text.h"
#include "tests/support/source_dir.h"
#include <sstream>

using namespace duet;

class TestCircuitSamples : public QObject {
  Q_OBJECT

  static Circuit program(const std::string &lines) { return read_qasm(qasm_text::head3 + lines, "lines"); }
  static double capability(const std::string &lines) { return entangling_capability(program(lines))->value; }

private Q_SLOTS:
  void templatesGiveNumpysNumbers() {
    const std::map<std::string, Ansatz> named = {{"star", Ansatz::star},
                                                 {"ring", Ansatz::ring},
                                                 {"linear", Ansatz::linear},
                                                 {"all_to_all", Ansatz::all_to_all},
                                                 {"strongly_entangling", Ansatz::strongly_entangling}};
    std::istringstream lines(read_file(source_dir() + "/tests/golden/circuit_facts.txt"));
    int compared = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with('#'))
        continue;
      std::istringstream words(line);
      words.imbue(std::locale::classic());
      QuantumSettings settings;
      std::string name;
      double value = 0, error = 0, divergence = 0;
      words >> name >> settings.qubits >> settings.layers >> value >> error >> divergence;
      QVERIFY(!words.fail());
      settings.ansatz = named.at(name);
      const Circuit circuit = build_template(settings);
      const auto entangling = entangling_capability(circuit);
      const auto expressible = expressibility(circuit);
      QVERIFY2(std::abs(entangling->value - value) < 1e-12, line.c_str());
      QVERIFY2(std::abs(entangling->standard_error - error) < 1e-12, line.c_str());
      QVERIFY2(std::abs(expressible->value - divergence) < 1e-9, line.c_str());
      QCOMPARE(entangling->samples, 2000);
      QCOMPARE(expressible->samples, 5000);
      QCOMPARE(expressible->bins, 75);
      ++compared;
    }
    QCOMPARE(compared, 5);
  }

  void knownStates() {
    QVERIFY(capability("qubit[3] q;\nh q;\n") < 1e-12);
    QVERIFY(std::abs(capability("qubit[3] q;\nh q[0];\ncx q[0], q[1];\ncx q[1], q[2];\n") - 1) <
            1e-12);                                                                            // GHZ
    QVERIFY(std::abs(capability("qubit[3] q;\nh q[0];\ncx q[0], q[1];\n") - 2.0 / 3) < 1e-12); // a Bell pair
    QCOMPARE(entangling_capability(program("qubit[3] q;\nh q[0];\ncx q[0], q[1];\n"))->standard_error < 1e-8,
             true);
  }

  /// All of a circuit without inputs stands in the last bin, whose share of Haar random pairs is 75^-(N-1).
  void aCircuitThatReachesOneStateIsTheLeastExpressible() {
    for (int n = 1; n <= 4; ++n) {
      const double value =
          expressibility(program("qubit[" + std::to_string(n) + "] q;\nh q;\nbarrier q;\n"))->value;
      QVERIFY(std::abs(value - ((1 << n) - 1) * std::log(75)) < 1e-9);
    }
  }

  void moreFreedomIsMoreExpressible() {
    const std::string inputs = "input float w0;\ninput float w1;\ninput float w2;\nqubit[1] q;\n";
    const double none = expressibility(program(inputs))->value,
                 circle = expressibility(program(inputs + "h q[0];\nrz(w0) q[0];\n"))->value,
                 sphere =
                     expressibility(program(inputs + "rx(w0) q[0];\nrz(w1) q[0];\nrx(w2) q[0];\n"))->value;
    QVERIFY(sphere < circle && circle < none);
    QVERIFY(std::abs(circle - 0.22) < 0.05); // Sim et al., Fig. 1: about 0.2 for a circle
    QVERIFY(sphere < 0.05);
  }

  void whatIsTooLargeIsNotSampled() {
    const Circuit large = program("qubit[20] q;\nh q;\n");
    QVERIFY(too_large_to_sample(large) && !entangling_capability(large) && !expressibility(large));
    const CircuitFacts facts = circuit_facts(large);
    QVERIFY(!facts.entangling && !facts.expressibility);
    QCOMPARE(facts.depth, 1);
  }
};

QTEST_APPLESS_MAIN(TestCircuitSamples)
#include "test_circuit_samples_golden.moc"
