// Whole networks of every kind: logits and gradients of the engine against the f64 twin, which is given the
// engine's own random draws (engine/base/streams.h).
#include "engine/experiment/build.h"
#include "engine/experiment/json.h"
#include "tests/support/engine_draws.h"
#include "tests/support/golden_case.h"
#include <QTest>
#include <cmath>
#include <numeric>

namespace {

using duet::golden::difference;
using duet::reference::Parameters;
using duet::reference::Pass;

constexpr int side = 8, count = 40;
constexpr double learning_rate = 8;

duet::golden::Case images_only() {
  duet::golden::Case c;
  c.name = "patterns";
  c.rows = c.cols = side;
  for (int k = 0; k < count * side * side; ++k) {
    const double wave = std::sin(0.9 * k + 0.11 * (k * k % 53));
    c.pixels.push_back(k % 5 < 2 ? 0 : static_cast<int>(std::abs(wave) * 255));
  }
  for (int i = 0; i < count; ++i)
    c.labels.push_back(i * 7 % 10);
  return c;
}

/// Weights that make neurons fire: sine patterns, larger for rate neurons, whose input is a rate in 1/s.
Parameters patterned(const duet::TensorFile &shapes, double phase, bool rate) {
  Parameters out;
  double shift = phase;
  for (const auto &[name, tensor] : shapes.tensors) {
    const bool drives = name.starts_with("spiking.0") || name.starts_with("quantum.encoder.0");
    const bool reads_rate = name == "spiking.readout.weight" || name == "quantum.angles.weight" ||
                            name.starts_with("quantum.projection.0.w");
    const double fan_in = static_cast<double>(tensor.shape.size() == 2 ? tensor.shape[1] : 9);
    double scale = 2 / std::sqrt(fan_in) * (drives ? (rate ? 40 : 2) : 1) / (reads_rate && rate ? 30 : 1);
    if (name == "quantum.circuit.weights")
      scale = 2.5;
    shift += 2.1;
    for (std::size_t k = 0; k < tensor.values.size(); ++k) {
      const double x = static_cast<double>(k);
      out[name].push_back(
          static_cast<float>(scale * std::sin(shift + 1.3 * x + 0.37 * static_cast<double>(k * k % 101))));
    }
  }
  return out;
}

duet::TensorFile packed(const duet::TensorFile &shapes, const Parameters &values) {
  duet::TensorFile out = shapes;
  for (auto &[name, tensor] : out.tensors)
    tensor.values.assign(values.at(name).begin(), values.at(name).end());
  return out;
}

struct Network {
  const char *name;
  const char *json; ///< without the outer braces
};

constexpr Network networks[] = {
    {"parallel lif", R"("spiking":{"hidden":[32]})"},
    {"parallel lif wide", R"("spiking":{"hidden":[48,20]},"quantum":{"qubits":6,"layers":2})"},
    {"spiking lif three layers", R"("model":{"kind":"spiking"},"spiking":{"hidden":[24,17,9]})"},
    {"spiking lif zero",
     R"("model":{"kind":"spiking"},"spiking":{"hidden":[32,16],"neuron":{"reset":"zero","surrogate":"atan"}})"},
    {"spiking lif refractory",
     R"("model":{"kind":"spiking"},"spiking":{"hidden":[32,16],"neuron":{"refractory_ms":2,"v_rest":0.1,"v_reset":-0.3}})"},
    {"spiking if",
     R"("model":{"kind":"spiking"},"spiking":{"hidden":[32],"neuron":{"kind":"if","surrogate":"sigmoid","slope":5}})"},
    {"spiking if zero refractory",
     R"("model":{"kind":"spiking"},"spiking":{"hidden":[32,12],"neuron":{"kind":"if","reset":"zero","refractory_ms":1.5,"surrogate":"triangular"}})"},
    {"spiking straight through",
     R"("model":{"kind":"spiking"},"spiking":{"hidden":[32],"neuron":{"surrogate":"straight_through"}})"},
    {"spiking latency",
     R"("model":{"kind":"spiking"},"spiking":{"encoder":"latency","hidden":[32,16],"steps":7})"},
    {"spiking poisson",
     R"("model":{"kind":"spiking"},"spiking":{"encoder":"poisson","max_rate":0.7,"hidden":[32,16],"steps":6})"},
    {"spiking rate", R"("model":{"kind":"spiking"},"spiking":{"hidden":[32],"neuron":{"kind":"rate"}})"},
    {"spiking rate deep",
     R"("model":{"kind":"spiking"},"spiking":{"hidden":[32,16],"neuron":{"kind":"rate"}})"},
    {"parallel rate projection",
     R"("spiking":{"hidden":[32],"neuron":{"kind":"rate"}},"quantum":{"projection":[16]})"},
    {"parallel rate poisson", R"("spiking":{"encoder":"poisson","hidden":[32],"neuron":{"kind":"rate"}})"},
    {"parallel rate latency", R"("spiking":{"encoder":"latency","hidden":[32],"neuron":{"kind":"rate"}})"},
    {"parallel lif poisson",
     R"("spiking":{"encoder":"poisson","hidden":[32]},"model":{"fusion_ratio":0.25})"},
    {"serial", R"("model":{"kind":"serial"},"spiking":{"hidden":[32]},"quantum":{"projection":[20,11]})"},
    {"serial rate poisson",
     R"("model":{"kind":"serial"},"spiking":{"encoder":"poisson","hidden":[32],"neuron":{"kind":"rate"}},"quantum":{"ansatz":"ring"})"},
    {"linear input",
     R"("spiking":{"hidden":[16]},"quantum":{"input":"linear","ansatz":"linear","layers":3,"reupload":true})"},
    {"linear input twin",
     R"("spiking":{"hidden":[16]},"quantum":{"input":"linear","ansatz":"none","qubits":7})"},
    {"pooled", R"("spiking":{"hidden":[16]},"quantum":{"input":"pooled","ansatz":"all_to_all","qubits":4})"},
    {"pooled twin", R"("spiking":{"hidden":[16]},"quantum":{"input":"pooled","ansatz":"none"})"},
    {"amplitude",
     R"("spiking":{"hidden":[16]},"quantum":{"input":"amplitude","ansatz":"strongly_entangling","qubits":6,"layers":2})"},
    {"amplitude star",
     R"("spiking":{"hidden":[16]},"quantum":{"input":"amplitude","ansatz":"star","qubits":6})"},
    {"strongly entangling",
     R"("spiking":{"hidden":[16]},"quantum":{"ansatz":"strongly_entangling","qubits":5,"layers":5,"reupload":true})"},
    {"eight qubits", R"("spiking":{"hidden":[16]},"quantum":{"ansatz":"star","qubits":8,"layers":2})"},
    {"one qubit", R"("spiking":{"hidden":[16]},"quantum":{"ansatz":"star","qubits":1})"},
    {"ratio 0", R"("spiking":{"hidden":[16]},"model":{"fusion_ratio":0})"},
    {"ratio 1", R"("spiking":{"hidden":[16]},"model":{"fusion_ratio":1})"},
};

duet::Experiment experiment_of(const char *json) {
  const std::string training = R"("training":{"optimizer":"sgd","learning_rate":8,"batch":40,"epochs":1})";
  return duet::parse_experiment("{\"duet\":1,\"seed\":5," + std::string(json) + "," + training + "}",
                                "network");
}

/// Weights whose membranes all stay away from the threshold, in training and in evaluation, and both passes.
struct Chosen {
  Parameters weights;
  Pass trained, evaluated;
};

std::optional<Chosen> choose(const duet::Experiment &e, const duet::golden::Case &c,
                             const duet::TensorFile &shapes) {
  const duet::Architecture shape{e.model, e.spiking, e.quantum, side * side};
  std::vector<std::uint32_t> file_index(c.count());
  std::iota(file_index.begin(), file_index.end(), 0u);
  const duet::reference::Network training(shape, duet::reference::engine_draws(e.seed, true, file_index));
  const duet::reference::Network evaluation(shape, duet::reference::engine_draws(e.seed, false, file_index));
  const bool rate = e.spiking.neuron.kind == duet::NeuronKind::rate;
  for (int trial = 0; trial < 400; ++trial) {
    const Parameters weights = patterned(shapes, 0.013 * trial, rate);
    const Pass evaluated = evaluation.run(weights, c.images(), c.labels, false);
    if (evaluated.margin < 3e-5)
      continue;
    const Pass trained = training.run(weights, c.images(), c.labels, true);
    if (trained.margin >= 3e-5)
      return Chosen{weights, trained, evaluated};
  }
  return {};
}

} // namespace

class TestGradients : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void engine_equals_twin_data() {
    QTest::addColumn<int>("index");
    for (int k = 0; k < static_cast<int>(std::size(networks)); ++k)
      QTest::newRow(networks[k].name) << k;
  }

  void engine_equals_twin() {
    QFETCH(int, index);
    const duet::Experiment e = experiment_of(networks[index].json);
    const duet::golden::Case c = images_only();
    const duet::Workers workers(2);
    duet::Trainer trainer(duet::build(e, side, side), std::make_shared<const duet::Dataset>(c.dataset()),
                          workers);
    const duet::TensorFile shapes = trainer.weights();
    const auto chosen = choose(e, c, shapes);
    QVERIFY2(chosen, "no weights keep the membranes away from the threshold");
    trainer.set_weights(packed(shapes, chosen->weights));

    duet::TestAnswers answers;
    trainer.evaluate_test(e.model.fusion_ratio, {}, &answers);
    for (std::size_t i = 0; i < c.count(); ++i) {
      const auto &twin = chosen->evaluated.images[i];
      const duet::Inspection seen = trainer.inspect(static_cast<std::uint32_t>(i));
      if (!answers.spiking.empty()) {
        QVERIFY(difference({answers.spiking[i].begin(), answers.spiking[i].end()}, twin.logits_spiking, 0.1) <
                1e-5);
        QVERIFY2(seen.logits_spiking == answers.spiking[i], "what is inspected is what was counted");
      }
      if (!answers.quantum.empty()) {
        QVERIFY(difference({answers.quantum[i].begin(), answers.quantum[i].end()}, twin.logits_quantum, 0.1) <
                1e-5);
        QVERIFY2(seen.logits_quantum == answers.quantum[i], "what is inspected is what was counted");
      }
    }

    trainer.step();
    for (const auto &[name, tensor] : trainer.weights().tensors) {
      const auto found = chosen->trained.gradient.find(name);
      QVERIFY2(found != chosen->trained.gradient.end(), name.c_str());
      double error = 0, size = 0;
      for (std::size_t k = 0; k < tensor.values.size(); ++k) {
        const double before = chosen->weights.at(name)[k];
        const double gradient = (before - static_cast<double>(tensor.values[k])) / learning_rate;
        error += std::pow(gradient - found->second[k], 2);
        size += std::pow(found->second[k], 2);
      }
      error = std::sqrt(error), size = std::sqrt(size);
      QVERIFY2(error <= 1e-3 * size + 1e-7,
               qPrintable(QString("%1: gradient off by %2 of %3").arg(name.c_str()).arg(error).arg(size)));
    }
  }
};

QTEST_APPLESS_MAIN(TestGradients)
#include "test_gradients.moc"
