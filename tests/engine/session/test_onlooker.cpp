// What is looked at beside a training, without a session around it.
#include "engine/experiment/describe.h"
#include "engine/session/counsel.h"
#include "engine/session/onlooker.h"
#include "tests/engine/session/player.h"
#include <QtTest/QtTest>

using namespace duet;

namespace {

Course course(Experiment experiment = small()) {
  experiment.training.threads = 1;
  Course made;
  made.id = 7;
  made.run = std::make_unique<TrainingRun>(
      experiment, std::make_shared<const Dataset>(load_dataset(experiment.data, experiment.seed)),
      std::make_shared<const Workers>(1));
  return made;
}

} // namespace

class TestOnlooker : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void theSelectedImageFollowsTheWeights() {
    const Course run = course();
    Onlooker onlooker;
    onlooker.begin(run);
    onlooker.inspect(run, true);
    QVERIFY(!onlooker.inspection()); // none is selected
    onlooker.select(3);
    onlooker.inspect(run, true);
    const auto first = onlooker.inspection();
    QVERIFY(first && first->index == 3);
    onlooker.inspect(run, true);
    QCOMPARE(onlooker.inspection(), first); // nothing new
    run.run->advance();
    onlooker.inspect(run, true);
    QVERIFY(onlooker.inspection() != first && onlooker.inspection()->logits_fused != first->logits_fused);
  }

  void anImageThatIsNotThereIsSaidOnce() {
    const Course run = course();
    Onlooker onlooker;
    onlooker.begin(run);
    onlooker.select(60);
    QVERIFY_THROWS_EXCEPTION(Error, onlooker.inspect(run, true));
    onlooker.inspect(run, true); // not again
    onlooker.select(59);
    onlooker.inspect(run, true);
    QVERIFY(onlooker.inspection());
  }

  void aCountIsOldWhenWeightsOrSettingsChange() {
    const Course run = course();
    Onlooker onlooker;
    onlooker.begin(run);
    QVERIFY(!onlooker.count_is_old(run)); // nothing was trained
    while (run.run->trainer().epochs_done() == 0)
      run.run->advance();
    onlooker.counted(run);
    QVERIFY(!onlooker.count_is_old(run) && !onlooker.answers());
    Experiment noisy = run.run->experiment();
    noisy.data.noise.kind = NoiseKind::gaussian;
    noisy.data.noise.amount = 0.5;
    run.run->change(noisy);
    QVERIFY(onlooker.count_is_old(run));
    std::stop_source stop;
    stop.request_stop();
    onlooker.recount(run, stop.get_token());
    QVERIFY(onlooker.count_is_old(run) && !onlooker.accuracy()); // undone
    onlooker.recount(run, {});
    QVERIFY(!onlooker.count_is_old(run) && onlooker.accuracy());
    QCOMPARE(onlooker.answers()->targets.size(), std::size_t(60));
    QCOMPARE(onlooker.answers()->noise.amount, 0.5);
    run.run->advance();
    QVERIFY(onlooker.count_is_old(run));
    onlooker.counted(run); // an epoch's own count is newer
    QVERIFY(!onlooker.answers() && !onlooker.accuracy());
  }

  void theShareOfTheTestSetIsFixedForTheRun() {
    Course run = course();
    Onlooker onlooker;
    onlooker.begin(run);
    QVERIFY(!onlooker.share_due(run, 1000)); // no time has passed
    onlooker.test_share(run, 2600);
    QCOMPARE(run.running_images, 52U);
    onlooker.test_share(run, 1e6);
    QCOMPARE(run.running_images, 52U);
    QCOMPARE(run.run->look().running->back().images, 52U);
    Course other = course();
    onlooker.test_share(other, 1e6);
    QCOMPARE(other.running_images, 60U); // not more than there are
  }

  /// What was trained before a change says nothing of the settings after it.
  void adviceFollowsTheSettings() {
    Experiment still = small();
    still.training.learning_rate = 1e-9;
    still.spiking.neuron.kind = NeuronKind::rate; // has no threshold to advise on
    const Course run = course(still);
    Counsel counsel;
    counsel.begin(*run.run);
    QVERIFY(counsel.due(Counsel::Clock::now()));
    while (run.run->trainer().epochs_done() < 2)
      run.run->advance();
    run.run->advance();
    const auto advice = counsel.look(*run.run);
    QVERIFY(advice && advice->trouble == Trouble::standstill);
    QVERIFY(!counsel.due(Counsel::Clock::now()));
    Experiment mended = run.run->experiment();
    QVERIFY(!set_text(mended, advice->notice.fix_path, advice->notice.fix_value));
    run.run->change(mended);
    counsel.changed(*run.run);
    QVERIFY(counsel.due(Counsel::Clock::now()));
    QVERIFY(!counsel.look(*run.run));
  }
};

QTEST_APPLESS_MAIN(TestOnlooker)
#include "test_onlooker.moc"
