// Advice: each trouble by itself, its words, and that its fix mends it.
#include "engine/experiment/describe.h"
#include "engine/session/advice.h"
#include <QtTest/QtTest>

using namespace duet;

namespace {

/// A layer whose neurons spike at the first `firing` of `steps` steps.
LayerRecord layer(int neurons, int steps, int firing, float membrane) {
  LayerRecord record{neurons, steps, {}, {}, {}};
  for (int t = 0; t < steps; ++t)
    for (int n = 0; n < neurons; ++n) {
      record.spikes.push_back(t < firing ? 1 : 0);
      record.membrane.push_back(membrane);
    }
  record.after = record.membrane;
  return record;
}

Inspection image(const std::vector<LayerRecord> &spiking, const std::vector<LayerRecord> &encoder) {
  Inspection seen;
  if (!spiking.empty())
    seen.spiking = StackRecord{spiking, {}};
  if (!encoder.empty())
    seen.encoder = StackRecord{encoder, {}};
  return seen;
}

/// So many epochs of 50 batches.
std::vector<BatchPoint> trained(double epochs, float loss, float accuracy) {
  std::vector<BatchPoint> points;
  for (int i = 0; i <= 50 * epochs; ++i)
    points.push_back({i / 50.0, loss, accuracy});
  return points;
}

struct Case {
  Experiment experiment;
  std::vector<Inspection> images = {image({layer(8, 10, 3, 1.2F)}, {layer(8, 10, 2, 1.1F)})};
  std::vector<BatchPoint> batches = trained(3, 0.5F, 0.9F);
  std::optional<Advice> advice() const { return advise({experiment, images, batches}); }
  QString text() const {
    const auto given = advice();
    return given ? QString::fromStdString(given->notice.text) : QString();
  }
  /// The experiment with the fix of the advice, which must be allowed.
  Experiment mended() const {
    Experiment changed = experiment;
    const auto given = advice();
    if (!given || given->notice.fix_path.empty() ||
        set_text(changed, given->notice.fix_path, given->notice.fix_value))
      qFatal("no fix");
    return changed;
  }
};

} // namespace

class TestAdvice : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void nothingIsSaidOfAHealthyRun() {
    QVERIFY(!Case().advice());
    Case fresh;
    fresh.batches.clear();
    QVERIFY(!fresh.advice());
  }

  void bothBranchesLocked() {
    Case c;
    c.experiment.training.train_spiking = false;
    QVERIFY(!c.advice()); // the other one learns
    c.experiment.training.train_quantum = false;
    QVERIFY(c.advice() && c.advice()->trouble == Trouble::locked);
    QVERIFY(c.text().startsWith("Both branches are locked"));
    c.experiment = c.mended();
    QVERIFY(c.experiment.training.train_spiking && !c.advice());
    // A model of one branch is locked by one.
    c.experiment.model.kind = ModelKind::serial;
    c.experiment.training.train_quantum = false;
    QVERIFY(c.text().startsWith("The serial network is locked"));
    QVERIFY(c.mended().training.train_quantum);
  }

  void aSilentLayerIsNamed() {
    Case c;
    c.experiment.spiking.hidden = {8, 8};
    c.images = {image({layer(8, 10, 3, 1.2F), layer(8, 10, 0, 0.42F)},
                      {layer(8, 10, 2, 1.1F), layer(8, 10, 1, 1.1F)})};
    QVERIFY(c.advice() && c.advice()->trouble == Trouble::silence);
    QCOMPARE(c.text(), QString("No neuron fires in layer 2 of the spiking branch: threshold 1, highest "
                               "membrane value 0.42."));
    QCOMPARE(c.mended().spiking.neuron.threshold, 0.3);
    c.experiment.quantum.ansatz = Ansatz::none;
    c.images = {image({layer(8, 10, 3, 1.2F)}, {layer(8, 10, 0, 0.42F)})};
    QVERIFY2(c.text().contains("the tanh twin's encoder"), qPrintable(c.text()));
  }

  void oneSilentBranchIsEnough() {
    Case c;
    c.images = {image({layer(8, 10, 0, 0.42F)}, {layer(8, 10, 2, 1.1F)})};
    QVERIFY2(c.text().startsWith("No neuron fires in the spiking branch:"), qPrintable(c.text()));
    c.images = {image({layer(8, 10, 2, 1.1F)}, {layer(8, 10, 0, 0.42F)})};
    QVERIFY2(c.text().startsWith("No neuron fires in the quantum branch's encoder:"), qPrintable(c.text()));
    c.images = {image({layer(8, 10, 0, 0.42F)}, {layer(8, 10, 0, 0.5F)})};
    QVERIFY2(c.text().startsWith("No neuron fires:"), qPrintable(c.text()));
    c.experiment.model.kind = ModelKind::spiking;
    c.images = {image({layer(8, 10, 0, 0.42F)}, {})};
    QVERIFY2(c.text().startsWith("No neuron fires:"), qPrintable(c.text()));
  }

  void aLossFarAboveGuessing() {
    Case c;
    c.batches = trained(0.5, 6.0F, 0.1F);
    QVERIFY(c.advice() && c.advice()->trouble == Trouble::divergence);
    QVERIFY(c.text().contains("too high") && c.text().contains("the loss is 6"));
    QCOMPARE(c.mended().training.learning_rate, c.experiment.training.learning_rate / 10);
    c.batches = trained(0.2, 6.0F, 0.1F);
    QVERIFY(!c.advice()); // too few to judge by
    c.batches = trained(0.9, 3.4F, 0.1F);
    QVERIFY(!c.advice());
    c.batches = trained(1, 3.4F, 0.1F); // less far, but for an epoch
    QVERIFY(c.advice() && c.advice()->trouble == Trouble::divergence);
    c.batches = trained(1, 2.5F, 0.1F);
    QVERIFY(!c.advice());
  }

  void neuronsThatSpikeAtEveryStep() {
    Case c;
    c.images = {image({layer(8, 10, 10, 3.0F)}, {layer(8, 10, 2, 1.1F)})};
    QVERIFY(c.advice() && c.advice()->trouble == Trouble::saturation);
    QCOMPARE(c.text(),
             QString("100 % of the neurons in the spiking branch spike at every step, whatever they "
                     "see: threshold 1, membrane after one step 3."));
    QCOMPARE(c.mended().spiking.neuron.threshold, 6.0);
    c.images.push_back(image({layer(8, 10, 9, 3.0F)}, {layer(8, 10, 2, 1.1F)}));
    QVERIFY(!c.advice());                                // half of them only
    c.experiment.spiking.neuron.kind = NeuronKind::rate; // has no threshold
    c.images = {image({layer(8, 10, 10, 3.0F)}, {layer(8, 10, 10, 3.0F)})};
    QVERIFY(!c.advice());
  }

  void noProgressAfterTwoEpochs() {
    Case c;
    c.batches = trained(1.5, 2.3F, 0.1F);
    QVERIFY(!c.advice());
    c.batches = trained(2, 2.3F, 0.1F);
    QVERIFY(c.advice() && c.advice()->trouble == Trouble::standstill);
    QVERIFY2(
        c.text().startsWith("Nothing is learned: after two epochs the loss is 2.3, that of guessing 2.3."),
        qPrintable(c.text()));
    c.experiment.training.learning_rate = 1e-7;
    QVERIFY(c.text().contains("is low"));
    QCOMPARE(c.mended().training.learning_rate, 0.001);
    c.experiment.training.learning_rate = 0.1;
    QVERIFY(c.text().contains("is high"));
    QCOMPARE(c.mended().training.learning_rate, 0.01);
    c.experiment.training.optimizer = Optimizer::sgd;
    QVERIFY(c.text().contains("may be too high"));
    // Two classes are guessed with another loss.
    c.experiment.data.classes = {3, 8};
    c.batches = trained(2, 0.693F, 0.5F);
    QVERIFY(c.advice() && c.advice()->trouble == Trouble::standstill);
    c.batches = trained(2, 0.6F, 0.7F);
    QVERIFY(!c.advice());
  }

  void theWeightiestTroubleIsTold() {
    Case c;
    c.experiment.training.train_spiking = c.experiment.training.train_quantum = false;
    c.images = {image({layer(8, 10, 0, 0.4F)}, {layer(8, 10, 10, 3.0F)})};
    c.batches = trained(2, 9.0F, 0.1F);
    QVERIFY(c.advice()->trouble == Trouble::locked);
    c.experiment = c.mended();
    QVERIFY(c.advice()->trouble == Trouble::silence);
  }
};

QTEST_APPLESS_MAIN(TestAdvice)
#include "test_advice.moc"
