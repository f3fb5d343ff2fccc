// Networks of full size on real digits, from the engine's own initial weights: logits and gradients against
// the f64 twin. Images on which some membrane comes close to its threshold are left out: there f32 may spike
// otherwise.
#include "engine/experiment/build.h"
#include "engine/experiment/json.h"
#include "tests/support/engine_draws.h"
#include "tests/support/golden_case.h"
#include <QTest>
#include <cmath>

namespace {

using duet::golden::difference;
using duet::reference::Parameters;
using duet::reference::Pass;

constexpr std::size_t wanted = 20;
constexpr double learning_rate = 4, margin = 1e-4;

struct Setting {
  const char *name;
  const char *json;
};
constexpr Setting settings[] = {
    {"ppf", ""},
    {"poisson", R"("spiking":{"encoder":"poisson"},)"},
    {"latency", R"("spiking":{"encoder":"latency"},)"},
    {"two layers, zero reset", R"("spiking":{"hidden":[128,64],"neuron":{"reset":"zero"}},)"},
    {"paper", R"("spiking":{"neuron":{"kind":"rate"}},"quantum":{"projection":[128]},)"},
    {"if, ring, 8 qubits",
     R"("spiking":{"neuron":{"kind":"if"}},"quantum":{"qubits":8,"ansatz":"ring","layers":2},)"},
};

duet::Experiment experiment_of(const char *json) {
  return duet::parse_experiment(
      "{\"duet\":1,\"seed\":3," + std::string(json) +
          R"("training":{"optimizer":"sgd","learning_rate":4,"batch":20,"epochs":1}})",
      "test");
}

std::vector<double> pixels_of(const duet::ImageSet &set, std::size_t image) {
  std::vector<double> out;
  for (const std::uint8_t byte : set.image(image))
    out.push_back(byte / 255.0);
  return out;
}

/// The first images that both draws keep away from the threshold.
duet::ImageSet calm_images(const duet::Experiment &e, const duet::ImageSet &all, const Parameters &weights) {
  const duet::Architecture shape{e.model, e.spiking, e.quantum, 784};
  duet::ImageSet out;
  out.rows = all.rows, out.cols = all.cols;
  for (std::size_t i = 0; i < all.size() && out.size() < wanted; ++i) {
    double closest = 1;
    for (const bool training : {true, false}) {
      const duet::reference::Network twin(
          shape, duet::reference::engine_draws(e.seed, training, {all.file_index[i]}));
      closest = std::min(closest, twin.run(weights, {pixels_of(all, i)}, {0}, false).margin);
    }
    if (closest < margin)
      continue;
    const auto image = all.image(i);
    out.pixels.insert(out.pixels.end(), image.begin(), image.end());
    out.targets.push_back(all.targets[i]);
    out.file_index.push_back(all.file_index[i]);
  }
  return out;
}

} // namespace

class TestRealImages : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void engine_equals_twin_data() {
    QTest::addColumn<int>("index");
    for (int k = 0; k < static_cast<int>(std::size(settings)); ++k)
      QTest::newRow(settings[k].name) << k;
  }

  void engine_equals_twin() {
    QFETCH(int, index);
    const duet::Experiment e = experiment_of(settings[index].json);
    const duet::Dataset mini = duet::load_dataset({}, 1);
    const duet::Workers workers(2);
    const duet::TrainerPlan plan = duet::build(e, 28, 28);

    Parameters weights;
    const duet::TensorFile start =
        duet::Trainer(plan, std::make_shared<const duet::Dataset>(mini), workers).weights();
    for (const auto &[name, tensor] : start.tensors)
      weights[name].assign(tensor.values.begin(), tensor.values.end());
    auto data = std::make_shared<duet::Dataset>();
    data->train = data->test = calm_images(e, mini.test, weights);
    QCOMPARE(data->test.size(), wanted);

    std::vector<std::vector<double>> images;
    std::vector<int> labels;
    for (std::size_t i = 0; i < wanted; ++i) {
      images.push_back(pixels_of(data->test, i));
      labels.push_back(data->test.targets[i]);
    }
    const duet::Architecture shape{e.model, e.spiking, e.quantum, 784};
    const auto twin = [&](bool training) {
      return duet::reference::Network(shape,
                                      duet::reference::engine_draws(e.seed, training, data->test.file_index))
          .run(weights, images, labels, training);
    };

    duet::Trainer trainer(plan, data, workers);
    duet::TestAnswers answers;
    const duet::Evaluation evaluated = trainer.evaluate_test(e.model.fusion_ratio, {}, &answers);
    const Pass counted = twin(false);
    QVERIFY(std::abs(evaluated.loss - counted.loss) < 1e-5);
    for (std::size_t i = 0; i < wanted; ++i) {
      QVERIFY(difference({answers.spiking[i].begin(), answers.spiking[i].end()},
                         counted.images[i].logits_spiking, 0.1) < 1e-5);
      QVERIFY(difference({answers.quantum[i].begin(), answers.quantum[i].end()},
                         counted.images[i].logits_quantum, 0.1) < 1e-5);
    }

    trainer.step();
    const Pass trained = twin(true);
    for (const auto &[name, tensor] : trainer.weights().tensors) {
      double error = 0, size = 0;
      for (std::size_t k = 0; k < tensor.values.size(); ++k) {
        const double gradient = (weights.at(name)[k] - static_cast<double>(tensor.values[k])) / learning_rate;
        error += std::pow(gradient - trained.gradient.at(name)[k], 2);
        size += std::pow(trained.gradient.at(name)[k], 2);
      }
      error = std::sqrt(error), size = std::sqrt(size);
      QVERIFY2(error <= 1e-3 * size + 1e-7,
               qPrintable(QString("%1: gradient off by %2 of %3").arg(name.c_str()).arg(error).arg(size)));
    }
  }
};

QTEST_APPLESS_MAIN(TestRealImages)
#include "test_real_images.moc"
