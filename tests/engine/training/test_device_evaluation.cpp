// A trained network's test set through a device: an image's logits are those of its own circuit run, whatever
// stands beside it and on any number of threads.
#include "engine/model/build_circuit.h"
#include "engine/simulator/device_circuit.h"
#include "engine/training/device_evaluation.h"
#include "tests/engine/training/small_data.h"
#include <QTest>
#include <cmath>

using namespace duet;

class TestDeviceEvaluation : public QObject {
  Q_OBJECT

  static Device device() {
    return {30, {{{ChannelKind::amplitude_damping, 0.1}, {ChannelKind::readout, 0.02}}}, Mitigation{}, 0};
  }
  static TestAnswers seen(const TrainerPlan &plan, int threads, std::size_t images, const Device &through,
                          Evaluation *evaluation = nullptr) {
    const Workers workers(threads);
    Trainer trainer(plan, small_data::dataset(150, images), workers);
    small_data::train(trainer, 1);
    TestAnswers answers;
    const Evaluation e = evaluate_on_device(trainer, workers, through, 0.6, {}, &answers);
    if (evaluation)
      *evaluation = e;
    return answers;
  }

private Q_SLOTS:
  void threadsAndNeighboursChangeNothing() {
    const TrainerPlan plan = small_data::plan();
    const auto whole = seen(plan, 1, 70, device()).quantum;
    QVERIFY(seen(plan, 2, 70, device()).quantum == whole);
    const auto fewer = seen(plan, 2, 37, device()).quantum;
    QVERIFY(fewer.size() == 37 && std::equal(fewer.begin(), fewer.end(), whole.begin()));
    Device other = device();
    other.shots = 31;
    QVERIFY(seen(plan, 1, 70, other).quantum != whole);
  }

  /// Angles in, <Z_i> out: the read-out of what the circuit gives on the device, keyed by the file's index.
  void logitsAreThoseOfTheCircuitOnTheDevice() {
    const TrainerPlan plan = small_data::plan();
    const Workers workers(2);
    Trainer trainer(plan, small_data::dataset(), workers);
    small_data::train(trainer, 1);
    TestAnswers answers;
    evaluate_on_device(trainer, workers, device(), 0.6, {}, &answers);
    const auto weights = trainer.weights().tensors;
    const auto &readout = weights.at("quantum.readout.weight").values,
               &bias = weights.at("quantum.readout.bias").values,
               &angles = weights.at("quantum.circuit.weights").values;
    const DeviceCircuit circuit(build_circuit(plan.architecture.quantum),
                                std::vector<double>(angles.begin(), angles.end()), device(), plan.seed);
    for (std::uint32_t i = 0; i < 70; ++i) {
      const Inspection one = trainer.inspect(i);
      const DeviceAnswer answer =
          circuit.look(std::vector<double>(one.angles.begin(), one.angles.end()), 3 * i + 1);
      for (std::size_t k = 0; k < 10; ++k) {
        double logit = double(bias[k]);
        for (std::size_t q = 0; q < 3; ++q)
          logit += double(readout[3 * k + q]) * answer.seen()[q];
        QVERIFY(std::abs(logit - double(answers.quantum[i][k])) < 1e-5);
      }
    }
  }

  /// What is counted is what is seen; training and the exact evaluation are not touched.
  void figuresAreThoseSeen() {
    const TrainerPlan plan = small_data::plan();
    Evaluation evaluation, exact, quiet;
    const TestAnswers answers = seen(plan, 2, 70, device(), &evaluation);
    double loss = 0;
    for (std::size_t i = 0; i < 70; ++i) {
      double sum = 0, own = 0;
      for (std::size_t k = 0; k < 10; ++k) {
        const double logit = 0.4 * double(answers.spiking[i][k]) + 0.6 * double(answers.quantum[i][k]);
        sum += std::exp(logit);
        own = k == answers.targets[i] ? logit : own;
      }
      loss += (std::log(sum) - own) / 70;
    }
    QVERIFY(std::abs(loss - evaluation.loss) < 1e-5);
    const auto without = seen(plan, 2, 70, {}, &exact),
               silent = seen(plan, 2, 70, {0, {{{ChannelKind::bit_flip, 0}}}, {}, 0}, &quiet);
    QVERIFY(answers.spiking == without.spiking && answers.quantum != without.quantum);
    QVERIFY(std::abs(exact.loss - quiet.loss) < 1e-5);
    QVERIFY(silent.spiking == without.spiking);
  }
};

QTEST_APPLESS_MAIN(TestDeviceEvaluation)
#include "test_device_evaluation.moc"
