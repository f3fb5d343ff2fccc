// The engine against the golden files of an independent numpy implementation: forward pass, everything
// recorded of one image, and the weights after one or several optimiser steps.
#include "engine/experiment/build.h"
#include "tests/support/golden_case.h"
#include <QTest>
#include <algorithm>
#include <cmath>

namespace {

using duet::golden::Case;
using duet::golden::difference;

/// A trainer with the case's weights and images.
struct Bench {
  duet::Workers workers{2};
  duet::Trainer trainer;
  explicit Bench(const Case &c)
      : trainer(duet::build(c.experiment, c.rows, c.cols), std::make_shared<const duet::Dataset>(c.dataset()),
                workers) {
    trainer.set_weights(c.tensors());
  }
};

std::vector<double> flat(const std::vector<duet::Logits> &logits) {
  std::vector<double> out;
  for (const auto &row : logits)
    out.insert(out.end(), row.begin(), row.end());
  return out;
}

template <class T> std::vector<double> as_double(const std::vector<T> &values) {
  return {values.begin(), values.end()};
}

double distance(const std::vector<double> &a, const std::vector<double> &b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}
double norm(const std::vector<double> &a) { return distance(a, std::vector<double>(a.size())); }
bool near(double a, double b, double share) { return std::abs(a - b) <= share * std::abs(b) + 1e-12; }

void compare_layers(const std::optional<duet::StackRecord> &record,
                    const std::vector<duet::golden::Layer> &layers) {
  QCOMPARE(record.has_value(), !layers.empty());
  if (!record)
    return;
  QCOMPARE(record->layers.size(), layers.size());
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const std::vector<int> spikes(record->layers[l].spikes.begin(), record->layers[l].spikes.end());
    QCOMPARE(spikes, layers[l].spikes);
    QVERIFY(difference(as_double(record->layers[l].membrane), layers[l].membrane, 1.0) < 1e-5);
  }
}

} // namespace

class TestEngineGolden : public QObject {
  Q_OBJECT

  /// Cases with random draws are compared through the twin, which is given the engine's draws.
  static void rows() {
    QTest::addColumn<QString>("name");
    for (const std::string &name : duet::golden::names())
      if (!duet::golden::load(name).has_draws)
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
  static Case current() {
    QFETCH(QString, name);
    return duet::golden::load(name.toStdString());
  }

private Q_SLOTS:
  void evaluation_data() { rows(); }
  void evaluation() {
    const Case c = current();
    Bench bench(c);
    duet::TestAnswers answers;
    const duet::Evaluation e = bench.trainer.evaluate_test(c.experiment.model.fusion_ratio, {}, &answers);
    QCOMPARE(e.images, static_cast<std::uint32_t>(c.count()));
    QVERIFY2(std::abs(e.loss - c.loss) < 1e-5 * (1 + c.loss),
             qPrintable(QString("%1 against %2").arg(e.loss).arg(c.loss)));
    QVERIFY(std::abs(e.accuracy - c.accuracy) < 1e-6);
    QVERIFY(difference(flat(answers.spiking), c.spiking, 0.1) < 1e-5);
    QVERIFY(difference(flat(answers.quantum), c.quantum, 0.1) < 1e-5);
    QCOMPARE(e.accuracy_spiking.has_value(), !c.spiking.empty());
    QCOMPARE(e.accuracy_quantum.has_value(), !c.quantum.empty());
  }

  void one_image_data() { rows(); }
  void one_image() {
    const Case c = current();
    Bench bench(c);
    const auto index = static_cast<std::uint32_t>(c.inspected);
    const duet::Inspection i = bench.trainer.inspect(index);
    QCOMPARE(i.index, index);
    QCOMPARE(i.target, c.labels[index]);
    compare_layers(i.spiking, c.spiking_layers);
    compare_layers(i.encoder, c.encoder_layers);
    QVERIFY(difference(as_double(i.angles), c.angles, 1.0) < 1e-5);
    QVERIFY(difference(i.expectation_z, c.expectation_z, 1.0) < 1e-5);
    QVERIFY(difference(i.probabilities, c.probabilities, 1.0) < 1e-5);
    const std::vector<double> fused(c.fused.begin() + index * 10, c.fused.begin() + index * 10 + 10);
    QVERIFY(difference({i.logits_fused.begin(), i.logits_fused.end()}, fused, 0.1) < 1e-5);
  }

  /// `train --explain-step`: the figures of one step against the reference's own gradients and weights.
  void aStepIsExplained_data() { rows(); }
  void aStepIsExplained() {
    const Case c = current();
    Bench bench(c), unexplained(c);
    duet::ExplainedStep step;
    bench.trainer.step(&step);
    unexplained.trainer.step();
    QCOMPARE(bench.trainer.signature(), unexplained.trainer.signature()); // watched or not
    QCOMPARE(step.step, std::uint64_t{1});
    QCOMPARE(step.epoch, 1);
    QCOMPARE(step.images, c.count());
    QVERIFY(std::abs(step.loss - c.losses[0]) < 2e-5 * (1 + c.losses[0]));
    const duet::TensorFile start = c.tensors(), after = bench.trainer.weights();
    QCOMPARE(step.tensors.size(), after.tensors.size());
    double squares = 0;
    for (const duet::TensorStep &tensor : step.tensors) {
      const std::vector<double> &gradient = c.gradient.at(tensor.name),
                                before = as_double(start.tensors.at(tensor.name).values),
                                now = as_double(after.tensors.at(tensor.name).values);
      const bool spiking = tensor.name.starts_with("spiking.");
      const bool trained =
          spiking ? c.experiment.training.train_spiking : c.experiment.training.train_quantum;
      QCOMPARE(tensor.gradient_norm.has_value(), trained);
      QCOMPARE(tensor.zero_gradients.has_value(), trained);
      QVERIFY(near(tensor.weight_norm, norm(now), 1e-12));
      QVERIFY(near(tensor.update_norm, distance(now, before), 1e-12));
      QCOMPARE(tensor.update_norm > 0, trained && tensor.gradient_norm > 0);
      const double moved = distance(c.weights_after.at(tensor.name), c.weights.at(tensor.name));
      const double rounding = 1e-7 * norm(now); // of weights in 32 bits
      QVERIFY(c.steps > 1 || std::abs(tensor.update_norm - moved) <= 1e-3 * moved + rounding);
      if (!trained)
        continue;
      QVERIFY2(near(*tensor.gradient_norm, norm(gradient), 1e-4), tensor.name.c_str());
      const auto zeros = static_cast<double>(std::ranges::count(gradient, 0.0));
      QVERIFY2(near(*tensor.zero_gradients, zeros / static_cast<double>(gradient.size()), 1e-12),
               tensor.name.c_str());
      squares += norm(gradient) * norm(gradient);
    }
    QVERIFY(near(step.gradient_norm(), std::sqrt(squares), 1e-4));
  }

  void steps_data() { rows(); }
  void steps() {
    const Case c = current();
    Bench bench(c);
    for (int k = 0; k < c.steps; ++k) {
      bench.trainer.step();
      QVERIFY(bench.trainer.epoch_complete());
      QVERIFY(bench.trainer.finish_epoch(1.0));
    }
    const auto rows = bench.trainer.look().epochs;
    QCOMPARE(rows->size(), static_cast<std::size_t>(c.steps));
    for (std::size_t k = 0; k < rows->size(); ++k)
      QVERIFY2(
          std::abs((*rows)[k].train_loss - c.losses[k]) < 2e-5 * (1 + c.losses[k]),
          qPrintable(QString("step %1: %2 against %3").arg(k).arg((*rows)[k].train_loss).arg(c.losses[k])));
    // float32 against float64: a surrogate's slope of 25 multiplies a membrane's last bits, once a step.
    const double allowed = c.steps == 1 ? 5e-5 : 1e-3;
    for (const auto &[name, tensor] : bench.trainer.weights().tensors) {
      const std::vector<double> &after = c.weights_after.at(name), &before = c.weights.at(name);
      double worst = 0, moved = 0;
      for (std::size_t k = 0; k < after.size(); ++k) {
        worst = std::max(worst, std::abs(static_cast<double>(tensor.values[k]) - after[k]));
        moved = std::max(moved, std::abs(after[k] - before[k]));
      }
      QVERIFY2(worst <= 1e-6 + allowed * moved,
               qPrintable(QString("%1: off by %2 of %3").arg(name.c_str()).arg(worst).arg(moved)));
    }
  }
};

QTEST_APPLESS_MAIN(TestEngineGolden)
#include "test_engine_golden.moc"
