// What a Trainer refuses, and the way back from numbers that are none: afterwards it stands as before.
#include "small_data.h"
#include <QTest>
#include <cmath>

using namespace duet;
using small_data::same, small_data::same_row;

class TestTrainerFailures : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void infinite_numbers_bring_the_last_good_state_back() {
    TrainerPlan plan = small_data::plan();
    plan.training.optimizer = Optimizer::sgd;
    const Workers workers(2);
    Trainer trainer(plan, small_data::dataset(), workers);
    trainer.step();
    plan.training.learning_rate = 1e38;
    trainer.reconfigure(plan.architecture, plan.training, plan.data.noise);
    const TensorFile good = trainer.weights();
    QString sentence;
    try {
      for (int i = 0; i < 3; ++i)
        trainer.step();
      QFAIL("a learning rate of 1e38 must fail");
    } catch (const Error &error) {
      sentence = error.what();
      QCOMPARE(static_cast<int>(error.code()), static_cast<int>(ExitCode::usage));
    }
    QVERIFY2(sentence.contains("training.learning_rate") && sentence.contains("training.clip_norm"),
             qPrintable(sentence));
    QVERIFY(same(trainer.weights(), good));
    QCOMPARE(trainer.steps_done(), std::uint64_t{1});
    plan.training.learning_rate = 0.01;
    trainer.reconfigure(plan.architecture, plan.training, plan.data.noise);
    small_data::train(trainer);
    QVERIFY(std::isfinite(trainer.look().epochs->back().test_loss));
  }

  /// A finished epoch is never taken back: its row stays, and stays alone.
  void going_back_keeps_finished_epochs() {
    TrainerPlan plan = small_data::plan();
    plan.training.optimizer = Optimizer::sgd;
    const Workers workers(2);
    Trainer trainer(plan, small_data::dataset(), workers);
    small_data::train(trainer, 1);
    const EpochRow row = trainer.look().epochs->back();
    plan.training.learning_rate = 1e38;
    trainer.reconfigure(plan.architecture, plan.training, plan.data.noise);
    QVERIFY_EXCEPTION_THROWN(
        {
          trainer.step();
          trainer.step();
        },
        Error);
    QCOMPARE(trainer.epochs_done(), 1);
    QCOMPARE(trainer.look().epochs->size(), std::size_t{1});
    QVERIFY(same_row(trainer.look().epochs->back(), row));
    QCOMPARE(trainer.look().batches->size(), std::size_t{4});
  }

  void changes_of_shape_are_refused() {
    TrainerPlan plan = small_data::plan();
    const Workers workers(1);
    Trainer trainer(plan, small_data::dataset(), workers);
    const TensorFile before = trainer.checkpoint();
    plan.architecture.spiking.hidden = {21};
    QVERIFY_EXCEPTION_THROWN(trainer.reconfigure(plan.architecture, plan.training, plan.data.noise), Error);
    QVERIFY(same(trainer.checkpoint(), before));
  }

  void what_no_memory_can_hold_is_refused() {
    const Workers workers(2);
    const auto refusal = [&](auto change) {
      TrainerPlan plan = small_data::plan();
      change(plan);
      try {
        Trainer trainer(plan, small_data::dataset(), workers);
        return QString("accepted");
      } catch (const Error &error) {
        return QString(error.what());
      }
    };
    const auto huge = [](TrainerPlan &p) { p.architecture.spiking.hidden.assign(16, 8192); };
    QVERIFY(refusal(huge).contains("spiking.hidden"));
    const auto long_time = [](TrainerPlan &p) {
      p.architecture.spiking.encoder = Encoder::poisson;
      p.architecture.spiking.steps = 1000;
      p.architecture.spiking.hidden = {8192};
      p.training.batch = 65536;
    };
    QVERIFY(refusal(long_time).contains("150")); // no more than there are training images
    QCOMPARE(refusal([](TrainerPlan &p) { p.training.batch = 65536; }), QString("accepted"));
    Trainer trainer(small_data::plan(), small_data::dataset(), workers);
    const TensorFile before = trainer.checkpoint();
    TrainerPlan plan = small_data::plan();
    plan.architecture.spiking.steps = 50'000'000;
    QVERIFY_EXCEPTION_THROWN(trainer.reconfigure(plan.architecture, plan.training, plan.data.noise), Error);
    QVERIFY(same(trainer.checkpoint(), before));
  }

  void foreign_files_are_refused() {
    const Workers workers(1);
    Trainer trainer(small_data::plan(), small_data::dataset(), workers);
    const TensorFile before = trainer.checkpoint();
    const auto refuses = [&](auto change) {
      TensorFile file = before;
      change(file);
      try {
        trainer.restore(file);
        return false;
      } catch (const Error &) {
        return same(trainer.checkpoint(), before);
      }
    };
    QVERIFY(refuses([](TensorFile &f) { f.metadata.clear(); }));
    QVERIFY(refuses([](TensorFile &f) { f.metadata["run"] = "8 150 "; }));
    QVERIFY(refuses([](TensorFile &f) { f.metadata["position"] = "0 9999 1 1 1 1 "; }));
    QVERIFY(refuses([](TensorFile &f) { f.metadata["sums"] = "nan 1 1 1 0 "; }));
    QVERIFY(refuses([](TensorFile &f) { f.metadata["batches"] = "1 inf 0.5 \n"; }));
    QVERIFY(refuses([](TensorFile &f) { f.metadata["position"] = "-1 0 1 1 1 1 "; }));
    QVERIFY(refuses([](TensorFile &f) { f.tensors["spiking.0.weight.second_moment"].values[7] = -1e-9f; }));
    QVERIFY(refuses([](TensorFile &f) { f.metadata["epochs"] = "1 x\n"; }));
    QVERIFY(refuses([](TensorFile &f) { f.tensors.erase("spiking.0.bias"); }));
    QVERIFY(refuses([](TensorFile &f) { f.tensors.erase("spiking.0.bias.first_moment"); }));
    QVERIFY(refuses([](TensorFile &f) { f.tensors["quantum.angles.weight"].shape = {20, 3}; }));
  }

  /// Weights that no 32-bit float can be counted with: an error that names where, not class 0.
  void an_overflow_is_told_data() {
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<float>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("currents") << "spiking.0.weight" << 3e38f << "currents of the spiking branch";
    QTest::newRow("logits") << "spiking.readout.weight" << 3e38f << "spiking branch's logits";
    QTest::newRow("encoder") << "quantum.encoder.0.weight" << 3e38f << "before the circuit";
    QTest::newRow("loss") << "spiking.readout.bias" << 3e38f << "the loss is";
    QTest::newRow("readout") << "quantum.readout.bias" << 3e38f << "quantum branch's logits";
  }
  void an_overflow_is_told() {
    QFETCH(QString, tensor);
    QFETCH(float, value);
    QFETCH(QString, says);
    TrainerPlan plan = small_data::plan();
    plan.training.epochs = 1;
    plan.architecture.model.fusion_ratio = says == "the loss is" ? 0 : 0.5;
    const Workers workers(2);
    Trainer trainer(plan, small_data::dataset(), workers);
    TensorFile weights = trainer.weights();
    for (float &weight : weights.tensors.at(tensor.toStdString()).values)
      weight = value;
    if (tensor == "spiking.readout.bias") // the difference of two of them is too large
      for (std::size_t c = 1; c < 10; c += 2)
        weights.tensors.at("spiking.readout.bias").values[c] = -value;
    if (tensor == "quantum.readout.bias") // so that the sum passes 3.4e38
      for (float &weight : weights.tensors.at("quantum.readout.weight").values)
        weight = value;
    trainer.set_weights(weights);
    const auto told = [&](const auto &work) {
      try {
        work();
        return QString("counted");
      } catch (const Error &error) {
        return QString(error.what());
      }
    };
    const QString counted = told([&] { trainer.evaluate_test(plan.architecture.model.fusion_ratio, {}); });
    QVERIFY2(counted.contains(says) && counted.contains("test image"), qPrintable(counted));
    QVERIFY2(told([&] { trainer.running_test(70); }) == counted, "running test");
    const QString inspected = told([&] {
      for (std::uint32_t i = 0; i < trainer.dataset().test.size(); ++i)
        trainer.inspect(i);
    });
    QVERIFY2(inspected == counted || (says == "the loss is" && inspected == "counted"),
             qPrintable(inspected));
    while (!trainer.epoch_complete()) { // an epoch that trained well, and weights that do not evaluate
      trainer.set_weights(Trainer(plan, small_data::dataset(), workers).weights());
      trainer.step();
    }
    trainer.set_weights(weights);
    const QString ended = told([&] { trainer.finish_epoch(1.0); });
    QVERIFY2(ended.startsWith("At the end of epoch 1: " + counted) &&
                 ended.contains("training.learning_rate"),
             qPrintable(ended));
    QCOMPARE(trainer.epochs_done(), 0);
    QVERIFY(trainer.look().epochs->empty());
  }
};

QTEST_APPLESS_MAIN(TestTrainerFailures)
#include "test_trainer_failures.moc"
