// Gates left out of the trained network: what it answers then is that of the shorter circuit, image by image,
// and the run knows nothing of it.
#include "engine/circuit/circuit.h"
#include "engine/qasm/qasm.h"
#include "tests/engine/session/player.h"
#include <QtTest/QtTest>

using namespace duet;

namespace {

TrainingRun trained(Experiment e = small(), std::uint64_t steps = 14) {
  e.training.learning_rate = 0.02;
  TrainingRun run(e, std::make_shared<const Dataset>(load_dataset(e.data, e.seed)),
                  std::make_shared<const Workers>(2));
  while (run.trainer().steps_done() < steps && run.advance()) {
  }
  return run;
}

/// The same run, its circuit edited instead.
TestAnswers answers_of_the_shorter(const std::vector<int> &operations, Experiment e, double ratio,
                                   double &accuracy) {
  TrainingRun run = trained(e);
  Experiment wanted = run.experiment();
  Circuit circuit = shown_circuit(wanted)->circuit;
  for (auto last = operations.rbegin(); last != operations.rend(); ++last)
    circuit.operations.erase(circuit.operations.begin() + *last);
  wanted.quantum.ansatz = Ansatz::custom;
  wanted.quantum.circuit = write_qasm3(circuit);
  run.change(wanted);
  TestAnswers answers;
  accuracy = run.trainer().evaluate_test(ratio, {}, &answers).accuracy;
  return answers;
}

/// The first highest of the mix, by hand.
int answer(const TestAnswers &answers, std::size_t image, double ratio) {
  int best = 0;
  double most = -1e300;
  for (std::size_t c = 0; c < 10; ++c) {
    const double q = static_cast<double>(answers.quantum[image][c]);
    const double mixed = answers.spiking.empty()
                             ? q
                             : (1 - ratio) * static_cast<double>(answers.spiking[image][c]) + ratio * q;
    if (mixed > most)
      most = mixed, best = static_cast<int>(c);
  }
  return best;
}

} // namespace

class TestMuting : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void itAnswersAsTheShorterCircuitDoes_data() {
    QTest::addColumn<bool>("serial");
    QTest::addColumn<double>("ratio");
    QTest::newRow("the quantum branch alone") << false << 1.0;
    QTest::newRow("mixed") << false << 0.6;
    QTest::newRow("the spiking branch alone") << false << 0.0;
    QTest::newRow("serial") << true << 0.6;
  }
  void itAnswersAsTheShorterCircuitDoes() {
    QFETCH(bool, serial);
    QFETCH(double, ratio);
    Experiment e = small();
    if (serial)
      e.model.kind = ModelKind::serial;
    TrainingRun run = trained(e);
    const std::string before = signature_of(run.trainer().checkpoint());
    const std::vector<int> gates = {3, 8, 11};
    const auto muted = run.trainer().evaluate_without({11, 3, 8, 3}, ratio, {});
    QVERIFY(muted.has_value());
    double accuracy = 0;
    TestAnswers with;
    const double accuracy_with = run.trainer().evaluate_test(ratio, {}, &with).accuracy;
    const TestAnswers without = answers_of_the_shorter(gates, e, ratio, accuracy);
    QCOMPARE(muted->operations, gates);
    QCOMPARE(muted->images, 60U);
    QCOMPARE(muted->step, std::uint64_t{14});
    QCOMPARE(muted->accuracy, accuracy);
    QCOMPARE(muted->accuracy_with_them, accuracy_with);
    std::vector<std::uint32_t> changed;
    for (std::uint32_t i = 0; i < 60; ++i)
      if (answer(with, i, ratio) != answer(without, i, ratio))
        changed.push_back(i);
    QCOMPARE(muted->changed, changed);
    QCOMPARE(changed.empty(), ratio == 0 && !serial);
    QCOMPARE(signature_of(run.trainer().checkpoint()), before); // the run was not touched
    while (run.advance()) {
    }
    TrainingRun plain = trained(e, 1000);
    QCOMPARE(run.trainer().signature(), plain.trainer().signature());
  }

  void gatesThatAreNotThereAreRefused() {
    TrainingRun run = trained(small(), 1);
    QVERIFY_THROWS_EXCEPTION(Error, run.trainer().evaluate_without({30}, 0.6, {}));
    QVERIFY_THROWS_EXCEPTION(Error, run.trainer().evaluate_without({-1}, 0.6, {}));
    QVERIFY(run.trainer().evaluate_without({}, 0.6, {})->changed.empty());
  }

  void aSessionCountsWhenNothingTrains() {
    Player player;
    Experiment e = small();
    QVERIFY(player.start(e));
    player.session.send(StepBatches{5});
    QVERIFY(
        player.wait([](const SessionView &v) { return v.training.step == 5 && v.phase == Phase::paused; }));
    player.session.send(Mute{{4, 2}});
    QVERIFY(player.wait([](const SessionView &v) { return v.muted != nullptr; }));
    QCOMPARE(player.view->muting, (std::vector<int>{2, 4}));
    QCOMPARE(player.view->muted->operations, (std::vector<int>{2, 4}));
    QCOMPARE(player.view->muted->step, std::uint64_t{5});
    player.session.send(StepBatches{2}); // counted again, at the new weights
    QVERIFY(player.wait([](const SessionView &v) { return v.muted && v.muted->step == 7; }));
    player.session.send(Mute{{99}});
    QVERIFY(player.wait_notice(0));
    QVERIFY2(player.view->notice->text.find("no gate 99") != std::string::npos,
             player.view->notice->text.c_str());
    QCOMPARE(player.view->muting, (std::vector<int>{2, 4}));
    e.quantum.ansatz = Ansatz::custom; // another circuit has other gates
    e.quantum.circuit = write_qasm3(player.view->circuit->circuit);
    player.session.send(Change{e});
    QVERIFY(player.wait([](const SessionView &v) { return v.muting.empty() && !v.muted; }));
    player.session.send(Mute{{0}});
    QVERIFY(player.wait([](const SessionView &v) { return v.muted != nullptr; }));
    player.session.send(Mute{});
    QVERIFY(player.wait([](const SessionView &v) { return v.muting.empty() && !v.muted; }));
  }
};

QTEST_APPLESS_MAIN(TestMuting)
#include "test_muting.moc"
