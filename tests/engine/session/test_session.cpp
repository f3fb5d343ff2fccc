// A session driven as the window drives it: commands in, views out, nothing waits for a fixed time.
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "player.h"
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace duet;

class TestSession : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void runs_to_the_end_with_the_bits_of_the_command_line();
  void steps_and_pauses();
  void probes_while_it_trains();
  void live_change_takes_effect_soon();
  void change_of_a_stopped_run_is_counted_again();
  void change_that_needs_a_reset_is_refused();
  void restart_reloads_only_what_changed();
  void restore_brings_a_run_back();
  void saved_run_resumes_and_replays();
  void open_goes_on();
  void an_open_run_keeps_others_out();
  void bad_commands_become_notices();
  void slow_motion_is_slow();
  void stops_at_once();
  void mailbox_holds_one();
  void silent_neurons_are_explained();
  void failure_is_a_phase_and_a_sentence();
};

void TestSession::runs_to_the_end_with_the_bits_of_the_command_line() {
  Player player;
  QVERIFY(player.start(small()));
  QCOMPARE(player.view->training.step, std::uint64_t{0});
  QVERIFY(player.view->dataset && player.view->dataset->test.size() == 60);
  player.session.send(Probe{3}); // watched
  player.session.send(Run{});
  QVERIFY(player.wait(Phase::finished));
  QCOMPARE(player.view->training.epochs_done, 3);
  QCOMPARE(player.view->training.epochs->size(), std::size_t{3});
  QVERIFY(player.view->images_per_second > 0 && player.view->seconds > 0);
  QCOMPARE(player.view->seconds_left, 0.0);
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  QVERIFY(!player.view->saved);
  player.session.send(Save{path});
  QVERIFY(player.wait([](const SessionView &v) { return v.saved; }));
  QCOMPARE(player.view->folder, path);
  QCOMPARE(signature_of(read_tensors(path / "model.safetensors")), headless_signature(small()));
  player.session.send(Run{}); // nothing left to do
  player.session.send(Probe{4});
  QVERIFY(player.wait(
      [](const SessionView &v) { return v.training.inspection && v.training.inspection->index == 4; }));
  QVERIFY(player.view->phase == Phase::finished && player.view->saved);
}

void TestSession::steps_and_pauses() {
  Player player;
  QVERIFY(player.start(small()));
  player.session.send(StepBatches{1});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 1 && v.phase == Phase::paused; }));
  player.session.send(StepBatches{4});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 5 && v.phase == Phase::paused; }));
  player.session.send(StepEpoch{});
  QVERIFY(player.wait(
      [](const SessionView &v) { return v.training.epochs_done == 1 && v.phase == Phase::paused; }));
  QCOMPARE(player.view->training.step, std::uint64_t{7});
  player.session.send(StepBatches{7}); // the last batch of an epoch brings its evaluation
  QVERIFY(
      player.wait([](const SessionView &v) { return v.training.step == 14 && v.phase == Phase::paused; }));
  QCOMPARE(player.view->training.epochs_done, 2);
  player.session.send(Run{});
  player.session.send(Pause{});
  QVERIFY(player.wait(
      [](const SessionView &v) { return v.phase == Phase::paused || v.phase == Phase::finished; }));
}

void TestSession::probes_while_it_trains() {
  Player player;
  Experiment e = small();
  e.training.epochs = 100'000;
  QVERIFY(player.start(e));
  player.session.send(Probe{7});
  QVERIFY(player.wait(
      [](const SessionView &v) { return v.training.inspection && v.training.inspection->index == 7; }));
  const View first = player.view;
  player.session.send(Run{});
  QVERIFY(player.wait([&](const SessionView &v) {
    return v.training.step > 50 && v.training.inspection != first->training.inspection &&
           v.training.inspection->logits_fused != first->training.inspection->logits_fused;
  }));
  player.session.send(Pause{});
  QVERIFY(player.wait(Phase::paused));
  // Once paused the picture belongs to the very weights that are shown.
  const View paused = player.view;
  player.session.send(Probe{7});
  QVERIFY(player.wait([&](const SessionView &v) { return &v != paused.get(); }));
  QCOMPARE(player.view->training.inspection->logits_fused, paused->training.inspection->logits_fused);
}

void TestSession::live_change_takes_effect_soon() {
  Player player;
  Experiment e = small();
  e.training.epochs = 100'000;
  QVERIFY(player.start(e));
  player.session.send(Run{});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step > 20; }));
  e.training.learning_rate = 0.002;
  player.session.send(Change{e});
  const std::uint64_t before = player.view->training.step;
  QVERIFY(player.wait([](const SessionView &v) { return v.experiment.training.learning_rate == 0.002; }));
  QCOMPARE(player.view->marks->size(), std::size_t{1});
  QCOMPARE(player.view->marks->front().label, std::string("learning rate 0.001 to 0.002"));
  QVERIFY(player.view->marks->front().step >= before);
  QVERIFY(player.view->phase == Phase::running || player.view->phase == Phase::evaluating);
}

/// What is shown of the test set belongs to the settings shown, also when nothing trains.
void TestSession::change_of_a_stopped_run_is_counted_again() {
  Player player;
  Experiment e = small();
  QVERIFY(player.start(e));
  player.session.send(Run{});
  QVERIFY(player.wait(Phase::finished));
  QVERIFY(!player.view->test_accuracy_now);
  const auto answers = player.view->training.answers;
  e.spiking.neuron.threshold = 0.3;
  player.session.send(Change{e});
  QVERIFY(player.wait([](const SessionView &v) { return v.test_accuracy_now.has_value(); }));
  QVERIFY(player.view->training.answers != answers);
  QVERIFY(player.view->training.answers->spiking != answers->spiking);
  player.session.send(Probe{7});
  QVERIFY(player.wait(
      [](const SessionView &v) { return v.training.inspection && v.training.inspection->index == 7; }));
  QCOMPARE(*player.view->training.inspection->logits_spiking, player.view->training.answers->spiking[7]);
}

void TestSession::change_that_needs_a_reset_is_refused() {
  Player player;
  QVERIFY(player.start(small()));
  Experiment e = small();
  e.quantum.qubits = 3;
  player.session.send(Change{e});
  QVERIFY(player.wait_notice(0));
  QVERIFY(player.view->notice->is_error);
  QVERIFY2(QString::fromStdString(player.view->notice->text).contains("quantum.qubits"),
           player.view->notice->text.c_str());
  QCOMPARE(player.view->experiment.quantum.qubits, 5);
  QVERIFY(player.view->phase == Phase::ready);
}

void TestSession::restart_reloads_only_what_changed() {
  Player player;
  Experiment e = small();
  QVERIFY(player.start(e));
  const auto first = player.view->dataset;
  e.seed = 2;
  e.spiking.hidden = {16};
  e.data.noise = {NoiseKind::gaussian, 0.2, NoiseApply::both};
  QVERIFY(player.start(e));
  QCOMPARE(player.view->dataset, first);
  e.data.test_limit = 30;
  QVERIFY(player.start(e));
  QVERIFY(player.view->dataset != first);
  QCOMPARE(player.view->dataset->test.size(), std::size_t{30});
}

void TestSession::restore_brings_a_run_back() {
  Player player;
  QVERIFY(player.start(small()));
  player.session.send(StepEpoch{});
  QVERIFY(player.wait(
      [](const SessionView &v) { return v.phase == Phase::paused && v.training.epochs_done == 1; }));
  const View before = player.view;
  QVERIFY(before->training.circuit_history && before->training.circuit_history->size() > 1);
  Experiment e = small();
  e.quantum.qubits = 3;
  QVERIFY(player.start(e));
  QCOMPARE(player.view->training.circuit_history->size(), std::size_t{1});
  const std::uint64_t second = player.view->run_id;
  player.session.send(RestoreWeights{before->run_id});
  QVERIFY(player.wait([&](const SessionView &v) { return v.run_id == before->run_id; }));
  QCOMPARE(player.view->training.step, before->training.step);
  QCOMPARE(player.view->experiment, before->experiment);
  QCOMPARE(player.view->training.epochs, before->training.epochs);
  QCOMPARE(player.view->training.circuit_history, before->training.circuit_history);
  player.session.send(Run{});
  QVERIFY(player.wait(Phase::finished));
  player.session.send(RestoreWeights{second});
  QVERIFY(player.wait(
      [&](const SessionView &v) { return v.run_id == second && v.experiment.quantum.qubits == 3; }));
  player.session.send(RestoreWeights{999});
  QVERIFY(player.wait_notice(0));
  QCOMPARE(player.view->run_id, second);
}

void TestSession::saved_run_resumes_and_replays() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  Player player;
  QVERIFY(player.start(small()));
  player.session.send(StepBatches{3});
  Experiment e = small();
  e.training.learning_rate = 0.01;
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 3 && v.phase == Phase::paused; }));
  player.session.send(Change{e});
  player.session.send(StepBatches{6});
  player.session.send(Save{path}); // in the middle: the steps asked for are not over yet
  QVERIFY(player.wait([](const SessionView &v) { return !v.folder.empty(); }));
  player.session.send(Run{});
  QVERIFY(player.wait(Phase::finished));
  QVERIFY(!player.view->saved);

  const RunRecord record = read_run(path);
  QCOMPARE(record.changes.size(), std::size_t{1});
  QCOMPARE(record.changes[0].step, std::uint64_t{3});
  const auto dataset = std::make_shared<const Dataset>(load_dataset(record.start.data, 1));
  const auto workers = std::make_shared<const Workers>(1);
  TrainingRun resumed(record, dataset, workers);
  while (resumed.advance()) {
  }
  TrainingRun replayed(record.start, dataset, workers);
  while (replayed.trainer().steps_done() < 3)
    replayed.advance();
  replayed.repeat(record.changes[0]);
  while (replayed.advance()) {
  }
  player.session.send(Save{path}); // its own folder: written again
  QVERIFY(player.wait([](const SessionView &v) { return v.saved; }));
  const std::string played = signature_of(read_tensors(path / "model.safetensors"));
  QCOMPARE(resumed.trainer().signature(), played);
  QCOMPARE(replayed.trainer().signature(), played);
}

void TestSession::open_goes_on() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  {
    Player player;
    QVERIFY(player.start(small()));
    player.session.send(StepBatches{9});
    QVERIFY(
        player.wait([](const SessionView &v) { return v.training.step == 9 && v.phase == Phase::paused; }));
    player.session.send(Save{path});
    QVERIFY(player.wait([](const SessionView &v) { return v.saved; }));
  }
  Player player;
  player.session.send(OpenRun{path});
  QVERIFY(player.wait(Phase::paused));
  QCOMPARE(player.view->training.step, std::uint64_t{9});
  QCOMPARE(player.view->training.epochs->size(), std::size_t{1});
  QVERIFY(player.view->saved);
  QCOMPARE(player.view->experiment, small());
  player.session.send(Run{});
  QVERIFY(player.wait(Phase::finished));
  player.session.send(Save{path});
  QVERIFY(player.wait([](const SessionView &v) { return v.saved; }));
  QCOMPARE(signature_of(read_tensors(path / "model.safetensors")), headless_signature(small()));
}

/// The folder of a run that is open, or kept for undo, is nobody else's.
void TestSession::an_open_run_keeps_others_out() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  {
    Player first, second;
    QVERIFY(first.start(small()));
    first.session.send(Save{path});
    QVERIFY(first.wait([](const SessionView &v) { return v.saved; }));
    QVERIFY_EXCEPTION_THROWN(RunFolder{path}, Error);
    second.session.send(OpenRun{path});
    QVERIFY(second.wait_notice(0));
    QVERIFY(QString::fromStdString(second.view->notice->text).contains("in use"));
    QVERIFY(second.view->phase == Phase::empty);
    Experiment other = small();
    other.seed = 2;
    first.session.send(Restart{other});
    QVERIFY(first.wait([](const SessionView &v) { return v.experiment.seed == 2; }));
    QVERIFY_EXCEPTION_THROWN(RunFolder{path}, Error);
    first.session.send(OpenRun{path}); // its own it may have
    QVERIFY(first.wait([](const SessionView &v) { return v.experiment.seed == 1 && v.saved; }));
    first.session.send(StepBatches{1});
    QVERIFY(
        first.wait([](const SessionView &v) { return v.training.step == 1 && v.phase == Phase::paused; }));
    first.session.send(Save{path});
    QVERIFY(first.wait([](const SessionView &v) { return v.saved; }));
  }
  QCOMPARE(RunFolder(path).path(), path);
  QCOMPARE(read_run(path).steps, std::uint64_t{1});
}

void TestSession::bad_commands_become_notices() {
  Player player;
  std::uint64_t last = 0;
  const auto refused = [&](Command command, const char *part) {
    player.session.send(std::move(command));
    const bool told = player.wait_notice(last);
    last = told ? player.view->notice->id : last;
    return told && player.view->notice->is_error &&
           QString::fromStdString(player.view->notice->text).contains(part);
  };
  QVERIFY(refused(Run{}, "no run"));
  QVERIFY(refused(Save{"/tmp"}, "no run"));
  QVERIFY(refused(OpenRun{"/nowhere"}, "/nowhere"));
  QVERIFY(player.view->phase == Phase::empty);
  Experiment lost = small();
  lost.data.source = "/nowhere/at/all";
  QVERIFY(refused(Restart{lost}, "/nowhere/at/all"));
  QVERIFY(player.view->phase == Phase::empty);
  QVERIFY(player.start(small()));
  player.session.send(StepBatches{2});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 2 && v.phase == Phase::paused; }));
  const std::uint64_t run = player.view->run_id;
  QVERIFY(refused(Restart{lost}, "/nowhere/at/all"));
  QVERIFY(refused(Probe{60}, "60"));
  QVERIFY(refused(Save{"/proc/nothing"}, "/proc/nothing"));
  QTemporaryDir other;
  write_file(std::filesystem::path(other.path().toStdString()) / "metrics.csv", "");
  QVERIFY(refused(Save{other.path().toStdString()}, "already holds a run"));
  // Nothing was lost.
  QCOMPARE(player.view->run_id, run);
  QCOMPARE(player.view->training.step, std::uint64_t{2});
  QVERIFY(player.view->phase == Phase::paused);
}

void TestSession::slow_motion_is_slow() {
  Player player;
  QVERIFY(player.start(small()));
  player.session.send(SlowMotion{40});
  QElapsedTimer clock;
  clock.start();
  player.session.send(Run{});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step >= 5; }));
  QVERIFY(clock.elapsed() >= 80); // four gaps of 25 ms
  player.session.send(SlowMotion{0});
  QVERIFY(player.wait(Phase::finished));
}

/// Within the evaluation, not after it: the epoch is not closed. How fast is a benchmark's matter
/// (window_lag).
void TestSession::stops_at_once() {
  auto player = std::make_unique<Player>();
  Experiment e = small();
  e.data.train_limit = 32;
  e.data.test_limit = 0;
  e.spiking.hidden = {256};
  e.spiking.steps = 1000;
  e.spiking.encoder = Encoder::poisson; // evaluation takes several seconds
  QVERIFY(player->start(e));
  player->session.send(Run{});
  QVERIFY(player->wait(Phase::evaluating));
  player->session.send(Pause{});
  QVERIFY(player->wait(Phase::paused));
  const auto &epochs = player->view->training.epochs;
  QVERIFY(!epochs || epochs->empty());
  player->session.send(Run{}); // and it ends within an evaluation just the same
  QVERIFY(player->wait(Phase::evaluating));
  player.reset();
}

void TestSession::mailbox_holds_one() {
  Player player;
  Experiment e = small();
  e.training.epochs = 100'000;
  QVERIFY(player.start(e));
  player.session.send(Run{});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step > 20; }));
  const std::weak_ptr<const SessionView> old = player.view;
  player.view.reset();
  QVERIFY(old.expired()); // the session keeps no view but the one in the mailbox
  const auto one = player.session.try_take(), two = player.session.try_take();
  QVERIFY(!two || !one || two->training.step > one->training.step);
}

void TestSession::silent_neurons_are_explained() {
  Player player;
  Experiment e = small();
  e.spiking.neuron.threshold = 100;
  QVERIFY(player.start(e));
  QVERIFY(player.wait_notice(0));
  const Notice notice = *player.view->notice;
  QVERIFY2(QString::fromStdString(notice.text).startsWith("No neuron fires"), notice.text.c_str());
  QVERIFY2(QString::fromStdString(notice.text).contains("threshold 100, highest membrane value"),
           notice.text.c_str());
  QVERIFY(!notice.is_error);
  QCOMPARE(notice.fix_path, std::string("spiking.neuron.threshold"));
  QVERIFY(!set_text(e, notice.fix_path, notice.fix_value)); // one click
  player.session.send(Change{e});
  player.session.send(StepBatches{1});
  QVERIFY(player.wait([](const SessionView &v) { return !v.notice; }));
}

void TestSession::failure_is_a_phase_and_a_sentence() {
  Player player;
  Experiment e = small();
  e.training.optimizer = Optimizer::sgd;
  e.training.learning_rate = 100;
  e.training.schedule = Schedule::step; // grows until the numbers end
  e.training.step_epochs = 1;
  e.training.step_factor = 10;
  e.training.epochs = 60;
  QVERIFY(player.start(e));
  player.session.send(Run{});
  QVERIFY(player.wait(Phase::failed));
  QVERIFY(player.view->notice && player.view->notice->is_error);
  QCOMPARE(player.view->notice->fix_path, std::string("training.learning_rate"));
  QCOMPARE(player.view->notice->fix_value, std::string("10"));
  // The last good state goes on after the fix.
  e.training.learning_rate = 0.01;
  e.training.schedule = Schedule::constant;
  player.session.send(Change{e});
  const std::uint64_t step = player.view->training.step;
  player.session.send(StepBatches{2});
  QVERIFY(player.wait(
      [&](const SessionView &v) { return v.training.step == step + 2 && v.phase == Phase::paused; }));
}

QTEST_APPLESS_MAIN(TestSession)
#include "test_session.moc"
