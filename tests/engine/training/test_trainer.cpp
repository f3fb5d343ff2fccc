// What the Trainer promises: the same bits for any number of threads and after a resume, honest counting,
// locks, clipping and live changes.
#include "small_data.h"
#include <QTest>
#include <cmath>

using namespace duet;
using small_data::same, small_data::same_row;

namespace {

std::string trained(const TrainerPlan &plan, int threads) {
  const Workers workers(threads);
  Trainer trainer(plan, small_data::dataset(), workers);
  small_data::train(trainer);
  return trainer.signature();
}

int first_best(const Logits &logits) {
  return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

} // namespace

class TestTrainer : public QObject {
  Q_OBJECT

  static const TrainerPlan &current() {
    static const auto variants = small_data::variants();
    QFETCH(int, variant);
    return variants[static_cast<std::size_t>(variant)].second;
  }
  static void variants() {
    QTest::addColumn<int>("variant");
    int i = 0;
    for (const auto &[name, plan] : small_data::variants())
      QTest::newRow(name) << i++;
  }

private Q_SLOTS:
  void it_learns() {
    TrainerPlan plan = small_data::plan();
    plan.training.epochs = 12;
    const Workers workers(2);
    Trainer trainer(plan, small_data::dataset(400), workers);
    small_data::train(trainer);
    const auto rows = *trainer.look().epochs;
    QCOMPARE(rows.size(), std::size_t{12});
    QVERIFY(rows.back().test_accuracy > 0.9);
    QVERIFY(rows.back().train_loss < 0.5 * rows.front().train_loss);
    QCOMPARE(trainer.steps_done(), std::uint64_t{12 * 10});
    trainer.step(); // all epochs are done
    QCOMPARE(trainer.steps_done(), std::uint64_t{12 * 10});
  }

  void any_number_of_threads_gives_the_same_bits_data() { variants(); }
  void any_number_of_threads_gives_the_same_bits() {
    const std::string one = trained(current(), 1);
    QCOMPARE(trained(current(), 2), one);
    QCOMPARE(trained(current(), 4), one);
    TrainerPlan other = current();
    other.seed = 10;
    QVERIFY(trained(other, 2) != one);
  }

  void resume_ends_in_the_same_bits_data() { variants(); }
  void resume_ends_in_the_same_bits() {
    const Workers workers(2);
    Trainer whole(current(), small_data::dataset(), workers);
    small_data::train(whole);
    for (const int stop : {0, 2, 4, 7}) { // before, within and between epochs of four steps
      Trainer first(current(), small_data::dataset(), workers);
      for (int i = 0; i < stop; ++i) {
        first.step();
        if (first.epoch_complete() && i + 1 < stop)
          first.finish_epoch(1.0);
      }
      const TensorFile checkpoint = first.checkpoint();
      Trainer second(current(), small_data::dataset(), workers);
      second.restore(checkpoint);
      QVERIFY(same(second.checkpoint(), checkpoint));
      small_data::train(second);
      QVERIFY(same(second.checkpoint(), whole.checkpoint()));
      const auto a = whole.look().epochs, b = second.look().epochs;
      QCOMPARE(b->size(), a->size());
      for (std::size_t i = 0; i < a->size(); ++i)
        QVERIFY(same_row((*a)[i], (*b)[i]));
    }
  }

  void looking_and_testing_change_nothing_data() { variants(); }
  void looking_and_testing_change_nothing() {
    const Workers workers(2);
    Trainer watched(current(), small_data::dataset(), workers);
    while (!watched.finished()) {
      watched.look();
      watched.running_test(33);
      watched.inspect(5);
      watched.evaluate_test(0.25, {NoiseKind::uniform, 0.3, NoiseApply::both});
      if (watched.epoch_complete())
        watched.finish_epoch(1.0);
      else
        watched.step();
    }
    QCOMPARE(watched.signature(), trained(current(), 1));
  }

  /// Every test image inspected alone gives the logits of the whole evaluation, and what was counted.
  void alone_equals_itself_in_the_batch_data() { variants(); }
  void alone_equals_itself_in_the_batch() {
    const Workers workers(2);
    Trainer trainer(current(), small_data::dataset(), workers);
    small_data::train(trainer, 1);
    TestAnswers answers;
    const double ratio = current().architecture.model.fusion_ratio;
    const Evaluation e = trainer.evaluate_test(ratio, current().data.noise, &answers);
    std::uint32_t correct = 0, by_spiking = 0, by_quantum = 0;
    for (std::uint32_t i = 0; i < e.images; ++i) {
      const Inspection one = trainer.inspect(i);
      by_spiking += one.logits_spiking && first_best(*one.logits_spiking) == one.target;
      by_quantum += one.logits_quantum && first_best(*one.logits_quantum) == one.target;
      if (one.logits_spiking)
        QCOMPARE(*one.logits_spiking, answers.spiking[i]);
      if (one.logits_quantum)
        QCOMPARE(*one.logits_quantum, answers.quantum[i]);
      correct += first_best(one.logits_fused) == one.target;
      if (one.spiking || one.encoder) { // the last step is the whole, to the bit
        QCOMPARE(one.steps(), current().architecture.spiking.steps);
        QVERIFY(one.by_step.back() == static_cast<const Answer &>(one));
      } else {
        QVERIFY(one.by_step.empty());
      }
      for (const auto *stack : {&one.spiking, &one.encoder})
        if (*stack)
          check_means(**stack, current().architecture.spiking);
    }
    QCOMPARE(e.accuracy, static_cast<double>(correct) / e.images);
    const auto share = [&](std::uint32_t count) { return static_cast<double>(count) / e.images; };
    QCOMPARE(e.accuracy_spiking.value_or(0), share(by_spiking));
    QCOMPARE(e.accuracy_quantum.value_or(0), share(by_quantum));
    const EpochRow row = trainer.look().epochs->back();
    QCOMPARE(row.test_accuracy, e.accuracy);
    QCOMPARE(row.test_accuracy_spiking, e.accuracy_spiking);
    QCOMPARE(row.test_accuracy_quantum, e.accuracy_quantum);
    trainer.running_test(e.images);
    const RunningTest running = trainer.look().running->back();
    QCOMPARE(running.accuracy, e.accuracy);
    QCOMPARE(running.accuracy_spiking, e.accuracy_spiking);
    QCOMPARE(running.accuracy_quantum, e.accuracy_quantum);
    QCOMPARE(trainer.look().answers->quantum.size(), answers.quantum.size());
  }
  /// What is said after a step is what a run of so many steps says, to the bit.
  void a_step_answers_like_a_shorter_run_data() { variants(); }
  void a_step_answers_like_a_shorter_run() {
    const Workers workers(2);
    TrainerPlan plan = current();
    plan.architecture.spiking.steps = 19; // more than a chunk of rows
    Trainer trainer(plan, small_data::dataset(), workers);
    small_data::train(trainer, 1);
    const Inspection whole = trainer.inspect(3);
    if (plan.architecture.spiking.encoder == Encoder::latency)
      return; // where its spikes lie depends on how many steps there are
    for (int steps = 1; steps <= whole.steps(); ++steps) {
      Architecture shorter = plan.architecture;
      shorter.spiking.steps = steps;
      trainer.reconfigure(shorter, plan.training, plan.data.noise);
      const Inspection one = trainer.inspect(3);
      QVERIFY2(whole.answer_at(steps - 1) == static_cast<const Answer &>(one),
               qPrintable(QString::number(steps)));
    }
    QVERIFY(whole.by_step.empty() || !(whole.by_step.front() == whole.by_step.back()));
    QVERIFY(whole.answer_at(std::nullopt) == static_cast<const Answer &>(whole));
    QVERIFY(whole.answer_at(99) == static_cast<const Answer &>(whole));
  }
  /// The recorded spikes add up to the mean that reached the next layer.
  static void check_means(const StackRecord &stack, const SpikingSettings &s) {
    const LayerRecord &last = stack.layers.back();
    const double worth = s.neuron.kind == NeuronKind::rate ? 1000 / s.dt_ms : 1;
    for (std::size_t n = 0; n < stack.mean_rate.size(); ++n) {
      double sum = 0;
      for (std::size_t t = 0; t < static_cast<std::size_t>(last.steps); ++t)
        sum += last.spikes[t * stack.mean_rate.size() + n];
      QVERIFY(std::abs(static_cast<double>(stack.mean_rate[n]) - sum * worth / last.steps) <=
              1e-6 * (1 + sum * worth));
    }
  }

  void rows_hold_what_was_counted() {
    const Workers workers(1);
    Trainer trainer(small_data::plan(), small_data::dataset(150, 70, 30), workers);
    double loss = 0, correct = 0;
    while (!trainer.epoch_complete()) {
      trainer.step();
      const BatchPoint batch = trainer.look().batches->back();
      const int images = trainer.epoch_complete() ? 30 : 40;
      loss += static_cast<double>(batch.loss) * images;
      correct += std::round(static_cast<double>(batch.accuracy) * images);
    }
    QVERIFY(trainer.finish_epoch(2.0));
    const EpochRow row = trainer.look().epochs->back();
    QVERIFY(std::abs(row.train_loss - loss / 150) < 1e-6);
    QCOMPARE(row.train_accuracy, correct / 150);
    QCOMPARE(row.images_per_second, 75.0);
    QVERIFY(row.validation_accuracy && row.test_accuracy_spiking && row.test_accuracy_quantum);
    std::stop_source stop;
    stop.request_stop();
    small_data::train(trainer, 1);
    while (!trainer.epoch_complete())
      trainer.step();
    const TensorFile before = trainer.checkpoint();
    QVERIFY2(!trainer.finish_epoch(1.0, stop.get_token()), "stopped");
    QVERIFY(same(trainer.checkpoint(), before));
  }

  void a_frozen_branch_stands_still_data() {
    QTest::addColumn<bool>("spiking");
    QTest::newRow("spiking") << true;
    QTest::newRow("quantum") << false;
  }
  void a_frozen_branch_stands_still() {
    QFETCH(bool, spiking);
    TrainerPlan plan = small_data::plan();
    const Workers workers(2);
    Trainer trainer(plan, small_data::dataset(), workers);
    trainer.step(); // so that moments are not zero
    const TensorFile before = trainer.checkpoint();
    (spiking ? plan.training.train_spiking : plan.training.train_quantum) = false;
    trainer.reconfigure(plan.architecture, plan.training, plan.data.noise);
    trainer.step();
    trainer.step();
    const TensorFile after = trainer.checkpoint();
    for (const auto &[name, tensor] : before.tensors) {
      const bool frozen = name.starts_with("spiking.") == spiking;
      QVERIFY2((after.tensors.at(name) == tensor) == frozen, name.c_str());
    }
  }

  /// With plain SGD the step is the gradient, so its length shows the clipping.
  void clipping_bounds_the_global_norm() {
    TrainerPlan plan = small_data::plan();
    plan.training.optimizer = Optimizer::sgd;
    plan.training.learning_rate = 1;
    const Workers workers(2);
    const auto step_length = [&](double clip) {
      plan.training.clip_norm = clip;
      Trainer trainer(plan, small_data::dataset(), workers);
      const TensorFile before = trainer.weights();
      trainer.step();
      double squares = 0;
      for (const auto &[name, tensor] : trainer.weights().tensors)
        for (std::size_t i = 0; i < tensor.values.size(); ++i)
          squares += std::pow(static_cast<double>(tensor.values[i] - before.tensors.at(name).values[i]), 2);
      return std::sqrt(squares);
    };
    const double free = step_length(0);
    QVERIFY(free > 0.02);
    QVERIFY(std::abs(step_length(0.01) - 0.01) < 1e-5);
    QVERIFY(std::abs(step_length(free * 2) - free) < 1e-5 * free);
  }

  void schedules() {
    const Workers workers(1);
    TrainerPlan plan = small_data::plan(); // three epochs of four steps
    plan.training.schedule = Schedule::cosine;
    Trainer cosine(plan, small_data::dataset(), workers);
    for (int step = 0; !cosine.finished(); ++step) {
      const double expected = 0.01 * 0.5 * (1 + std::cos(M_PI * step / 12.0));
      QVERIFY(std::abs(cosine.look().learning_rate - expected) < 1e-12);
      cosine.step();
      if (cosine.epoch_complete())
        cosine.finish_epoch(1.0);
    }
    plan.training.schedule = Schedule::step;
    plan.training.step_epochs = 2;
    Trainer stepped(plan, small_data::dataset(), workers);
    for (int epoch = 0; epoch < 3; ++epoch) {
      QVERIFY(std::abs(stepped.look().learning_rate - (epoch < 2 ? 0.01 : 0.001)) < 1e-12);
      small_data::train(stepped, epoch + 1);
    }
  }

  void live_changes_survive_a_resume() {
    TrainerPlan plan = small_data::plan();
    const Workers workers(2);
    Trainer live(plan, small_data::dataset(), workers);
    for (int i = 0; i < 2; ++i)
      live.step();
    TrainerPlan changed = plan;
    changed.architecture.model.fusion_ratio = 0.3;
    changed.architecture.spiking.neuron.threshold = 0.7;
    changed.architecture.spiking.neuron.tau_ms = 20;
    changed.training.batch = 25;
    changed.training.learning_rate = 0.02;
    changed.data.noise = {NoiseKind::uniform, 0.1, NoiseApply::train};
    live.reconfigure(changed.architecture, changed.training, changed.data.noise);
    live.step();
    const TensorFile checkpoint = live.checkpoint();
    Trainer resumed(live.plan(), small_data::dataset(), workers);
    resumed.restore(checkpoint);
    small_data::train(live);
    small_data::train(resumed);
    QVERIFY(same(live.checkpoint(), resumed.checkpoint()));
  }

  void the_curve_is_thinned() {
    TrainerPlan plan = small_data::plan();
    plan.architecture.model.kind = ModelKind::spiking;
    plan.training.batch = 1;
    plan.training.epochs = 1000;
    const Workers workers(1);
    Trainer trainer(plan, small_data::dataset(), workers);
    while (trainer.steps_done() < 9000)
      if (trainer.epoch_complete())
        trainer.finish_epoch(1.0);
      else
        trainer.step();
    const auto points = trainer.look().batches;
    QVERIFY(points->size() <= 4000 && points->size() >= 2000);
    QVERIFY(std::abs(points->back().epoch - 60.0) < 0.1);
    QCOMPARE(trainer.look().batches, points); // unchanged parts keep their pointer
  }
};

QTEST_APPLESS_MAIN(TestTrainer)
#include "test_trainer.moc"
