// One run, driven step by step: the same bits at any thread count, resumed, and replayed with its live
// changes.
#include "engine/base/error.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "engine/session/training_run.h"
#include "tests/support/small_experiments.h"
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace duet;

namespace {

TrainingRun new_run(const Experiment &e) {
  return TrainingRun(e, std::make_shared<const Dataset>(load_dataset(e.data, e.seed)),
                     std::make_shared<const Workers>(e.training.threads));
}

TrainingRun reopened(const std::filesystem::path &folder) {
  const RunRecord record = read_run(folder);
  const Experiment e = current_experiment(record);
  return TrainingRun(record, std::make_shared<const Dataset>(load_dataset(e.data, e.seed)),
                     std::make_shared<const Workers>(2));
}

void finish(TrainingRun &run) {
  while (run.advance()) {
  }
}

void advance_to(TrainingRun &run, std::uint64_t step) {
  while (run.trainer().steps_done() < step && run.advance()) {
  }
}

/// A change of several live settings, as a person would make it.
void turn_knobs(TrainingRun &run) {
  Experiment wanted = run.experiment();
  wanted.training.learning_rate = 0.003;
  wanted.model.fusion_ratio = 0.25;
  wanted.spiking.neuron.threshold = 0.5;
  run.change(wanted);
}

void plan_longer(TrainingRun &run) {
  Experiment wanted = run.experiment();
  wanted.training.epochs = 4;
  wanted.training.batch = 20;
  wanted.training.train_quantum = false;
  wanted.data.noise = {NoiseKind::gaussian, 0.1, NoiseApply::both};
  run.change(wanted);
}

/// All that training determines; times are left out.
std::string fingerprint(TrainingRun &run) {
  std::string text = run.trainer().signature() + signature_of(run.trainer().checkpoint());
  const Snapshot snapshot = run.look();
  for (const EpochRow &row : *snapshot.epochs)
    text += " " + to_text(row.train_loss) + " " + to_text(row.train_accuracy) + " " + to_text(row.test_loss) +
            " " + to_text(row.test_accuracy);
  return text + " " + std::to_string(snapshot.images_seen);
}

} // namespace

class TestTrainingRun : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void threads_do_not_matter();
  void resume_anywhere_data();
  void resume_anywhere();
  void live_changes_are_logged_and_marked();
  void dragging_leaves_one_mark();
  void what_is_taken_back_at_once_leaves_no_mark();
  void what_is_taken_back_later_leaves_both_marks();
  void marks_are_the_same_after_reopening();
  void the_circuits_past_is_thinned_and_ends_with_the_newest();
  void replay_is_exact();
  void resume_after_live_changes();
  void changes_that_need_a_reset_are_refused();
  void stopped_evaluation_changes_nothing();
  void files_beyond_the_checkpoint_are_dropped();
  void foreign_checkpoint_is_refused();
  void changes_other_than_the_checkpoints_are_refused();
  void rows_hold_the_time_they_took();
  void folder_with_a_run_is_refused();
  void default_folders_are_unique();
  void numbers_gone_wrong_keep_the_last_good_state();
};

void TestTrainingRun::threads_do_not_matter() {
  std::string one;
  for (const int threads : {1, 2, 4}) {
    TrainingRun run = new_run(small(threads));
    finish(run);
    if (threads == 1)
      one = fingerprint(run);
    QCOMPARE(fingerprint(run), one);
  }
}

void TestTrainingRun::resume_anywhere_data() {
  QTest::addColumn<int>("step");
  for (const int step : {0, 1, 6, 7, 8, 20, 21}) // 7 steps an epoch
    QTest::addRow("%d", step) << step;
}

void TestTrainingRun::resume_anywhere() {
  QFETCH(int, step);
  TrainingRun whole = new_run(small());
  finish(whole);
  TrainingRun part = new_run(small());
  advance_to(part, static_cast<std::uint64_t>(step));
  QTemporaryDir folder;
  write_run(folder.path().toStdString(), part.record());
  TrainingRun rest = reopened(folder.path().toStdString());
  QCOMPARE(rest.trainer().steps_done(), part.trainer().steps_done());
  QCOMPARE(rest.seconds(), part.seconds());
  finish(rest);
  QCOMPARE(fingerprint(rest), fingerprint(whole));
  QVERIFY(rest.seconds() >= part.seconds());
  // Rows of before keep their times.
  const auto before = part.look().epochs, after = rest.look().epochs;
  for (std::size_t i = 0; i < before->size(); ++i)
    QCOMPARE((*after)[i].seconds, (*before)[i].seconds);
}

void TestTrainingRun::live_changes_are_logged_and_marked() {
  TrainingRun run = new_run(small());
  advance_to(run, 4);
  turn_knobs(run);
  const RunRecord record = run.record();
  QCOMPARE(record.changes.size(), std::size_t{1});
  QCOMPARE(record.changes[0].step, std::uint64_t{4});
  QCOMPARE(record.changes[0].settings.size(), std::size_t{3});
  QCOMPARE(record.start, small());
  QCOMPARE(current_experiment(record), run.experiment());
  QCOMPARE(run.marks()->size(), std::size_t{3});
  QCOMPARE(run.marks()->back().label, std::string("learning rate 0.001 to 0.003"));
  QVERIFY(std::abs(run.marks()->back().epoch - 4 * 32 / 200.0) < 1e-12);
  run.change(run.experiment()); // nothing new: nothing logged
  QCOMPARE(run.record().changes.size(), std::size_t{1});
}

void TestTrainingRun::dragging_leaves_one_mark() {
  TrainingRun run = new_run(small());
  advance_to(run, 2);
  Experiment e = run.experiment();
  for (const double ratio : {0.5, 0.4, 0.3}) {
    e.model.fusion_ratio = ratio;
    run.change(e);
  }
  QCOMPARE(run.marks()->size(), std::size_t{1});
  QCOMPARE(run.marks()->back().label, std::string("fusion ratio 0.6 to 0.3"));
  QCOMPARE(run.record().changes.size(), std::size_t{3});
  e.training.learning_rate = 0.01;
  run.change(e);
  QCOMPARE(run.marks()->size(), std::size_t{2});
}

namespace {

std::vector<std::string> labels(const TrainingRun &run) {
  std::vector<std::string> texts;
  for (const Mark &mark : *run.marks())
    texts.push_back(mark.label);
  return texts;
}

template <class T> void set_rate(TrainingRun &run, T rate) {
  Experiment e = run.experiment();
  e.training.learning_rate = rate;
  run.change(e);
}

} // namespace

void TestTrainingRun::what_is_taken_back_at_once_leaves_no_mark() {
  TrainingRun run = new_run(small());
  advance_to(run, 2);
  set_rate(run, 0.01);
  Experiment e = run.experiment();
  e.model.fusion_ratio = 0.2;
  run.change(e); // another setting in between
  set_rate(run, 0.001);
  QCOMPARE(labels(run), (std::vector<std::string>{"fusion ratio 0.6 to 0.2"}));
  e = run.experiment();
  e.model.fusion_ratio = 0.6;
  run.change(e);
  QVERIFY(labels(run).empty());
  turn_knobs(run); // several at once, and all back
  QCOMPARE(run.marks()->size(), std::size_t{3});
  run.change(small());
  QVERIFY(labels(run).empty());
  set_rate(run, 0.01); // done again
  QCOMPARE(labels(run), (std::vector<std::string>{"learning rate 0.001 to 0.01"}));
}

void TestTrainingRun::what_is_taken_back_later_leaves_both_marks() {
  TrainingRun run = new_run(small());
  advance_to(run, 2);
  set_rate(run, 0.01);
  advance_to(run, 3); // one batch was trained with it
  set_rate(run, 0.001);
  QCOMPARE(labels(run),
           (std::vector<std::string>{"learning rate 0.001 to 0.01", "learning rate 0.01 to 0.001"}));
  QCOMPARE((*run.marks())[0].step, std::uint64_t{2});
  QCOMPARE((*run.marks())[1].step, std::uint64_t{3});
  set_rate(run, 0.01); // the undoing undone before anything was trained
  QCOMPARE(labels(run), (std::vector<std::string>{"learning rate 0.001 to 0.01"}));
}

void TestTrainingRun::marks_are_the_same_after_reopening() {
  TrainingRun run = new_run(small());
  advance_to(run, 4);
  set_rate(run, 0.01);
  Experiment e = run.experiment();
  e.training.batch = 20;
  run.change(e);
  advance_to(run, 13);
  set_rate(run, 0.001);
  advance_to(run, 20);
  set_rate(run, 0.002);
  set_rate(run, 0.001); // taken back
  QTemporaryDir folder;
  write_run(folder.path().toStdString(), run.record());
  const TrainingRun again = reopened(folder.path().toStdString());
  QCOMPARE(labels(again), labels(run));
  QCOMPARE(again.marks()->size(), std::size_t{3});
  for (std::size_t i = 0; i < 3; ++i) {
    QCOMPARE((*again.marks())[i].step, (*run.marks())[i].step);
    QCOMPARE((*again.marks())[i].epoch, (*run.marks())[i].epoch);
  }
}

void TestTrainingRun::the_circuits_past_is_thinned_and_ends_with_the_newest() {
  CircuitCurve curve;
  QVERIFY(!curve.share());
  for (int k = 0; k < 5000; ++k) {
    const auto weights = std::make_shared<const CircuitWeights>(CircuitWeights{{static_cast<float>(k)}, {}});
    curve.add(k * 0.01, weights);
    curve.add(k * 0.01, weights); // looked at twice
    QCOMPARE(curve.share()->back().weights, weights);
    QVERIFY(curve.share()->size() <= 601);
  }
  QVERIFY(curve.share()->size() > 300);
  QCOMPARE(curve.share()->front().epoch, 0.0);
  for (std::size_t i = 1; i < curve.share()->size(); ++i)
    QVERIFY((*curve.share())[i].epoch > (*curve.share())[i - 1].epoch);
  curve.forget_after(10);
  QVERIFY(curve.share()->back().epoch <= 10 && curve.share()->back().epoch > 9.5);
}

void TestTrainingRun::replay_is_exact() {
  TrainingRun played = new_run(small());
  advance_to(played, 4);
  turn_knobs(played);
  advance_to(played, 14); // the epoch's evaluation is due: a change before it counts for it
  QVERIFY(played.epoch_due());
  plan_longer(played);
  finish(played);
  QCOMPARE(played.trainer().epochs_done(), 4);
  const RunRecord record = played.record();
  TrainingRun again = new_run(record.start);
  std::size_t next = 0;
  do {
    while (next < record.changes.size() && record.changes[next].step <= again.trainer().steps_done() &&
           record.changes[next].epochs <= again.trainer().epochs_done())
      again.repeat(record.changes[next++]);
  } while (again.advance());
  QCOMPARE(next, record.changes.size());
  QCOMPARE(fingerprint(again), fingerprint(played));
  QVERIFY(again.record().changes == record.changes);
}

void TestTrainingRun::resume_after_live_changes() {
  TrainingRun whole = new_run(small());
  advance_to(whole, 4);
  turn_knobs(whole);
  advance_to(whole, 9);
  QTemporaryDir folder;
  write_run(folder.path().toStdString(), whole.record());
  plan_longer(whole);
  finish(whole);
  TrainingRun rest = reopened(folder.path().toStdString());
  QCOMPARE(rest.experiment().training.learning_rate, 0.003);
  QCOMPARE(rest.marks()->size(), std::size_t{3});
  QCOMPARE(rest.marks()->front().step, std::uint64_t{4});
  plan_longer(rest);
  // A second save and reopening, after the number of images a batch has changed in mid-epoch.
  advance_to(rest, 12);
  QTemporaryDir second;
  write_run(second.path().toStdString(), rest.record());
  TrainingRun last = reopened(second.path().toStdString());
  finish(last);
  QCOMPARE(fingerprint(last), fingerprint(whole));
}

void TestTrainingRun::changes_that_need_a_reset_are_refused() {
  TrainingRun run = new_run(small());
  advance_to(run, 3);
  const std::string before = fingerprint(run);
  for (const Field &field : fields()) {
    if (field.effect == Effect::next_batch)
      continue;
    Experiment wanted = run.experiment();
    const Value now = get(wanted, field.path);
    if (field.kind == Field::Kind::integer)
      QVERIFY(!set(wanted, field.path,
                   std::get<long long>(now) == static_cast<long long>(field.max)
                       ? 1LL
                       : std::get<long long>(now) + 1));
    else if (field.kind == Field::Kind::choice)
      QVERIFY(!set(wanted, field.path,
                   field.choices.back() == std::get<std::string>(now) ? field.choices.front()
                                                                      : field.choices.back()));
    else if (field.path == "spiking.hidden")
      wanted.spiking.hidden = {25};
    else
      continue;
    QVERIFY_EXCEPTION_THROWN(run.change(wanted), Error);
    QVERIFY2(run.experiment() == small(), field.path.c_str());
  }
  Experiment contradiction = run.experiment();
  contradiction.spiking.neuron.v_reset = 2;
  QVERIFY_EXCEPTION_THROWN(run.change(contradiction), Error);
  QCOMPARE(fingerprint(run), before);
  QVERIFY(run.marks()->empty());
}

void TestTrainingRun::stopped_evaluation_changes_nothing() {
  TrainingRun run = new_run(small());
  advance_to(run, 7);
  QVERIFY(run.epoch_due());
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!run.advance(stop.get_token()));
  QVERIFY(run.epoch_due());
  QCOMPARE(run.trainer().epochs_done(), 0);
  finish(run);
  TrainingRun whole = new_run(small());
  finish(whole);
  QCOMPARE(fingerprint(run), fingerprint(whole));
}

/// A crash while files were written: the checkpoint is the oldest of them.
void TestTrainingRun::files_beyond_the_checkpoint_are_dropped() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  TrainingRun run = new_run(small());
  advance_to(run, 5);
  write_run(path, run.record());
  const std::string checkpoint = read_file(path / "checkpoint.safetensors");
  turn_knobs(run);
  advance_to(run, 10);
  write_run(path, run.record());
  write_file(path / "checkpoint.safetensors", checkpoint);
  const RunRecord record = read_run(path);
  QCOMPARE(record.steps, std::uint64_t{5});
  QVERIFY(record.rows.empty() && record.changes.empty());
  TrainingRun rest = reopened(path);
  finish(rest);
  TrainingRun whole = new_run(small());
  finish(whole);
  QCOMPARE(rest.trainer().signature(), whole.trainer().signature());
}

void TestTrainingRun::foreign_checkpoint_is_refused() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  TrainingRun run = new_run(small());
  write_run(path, run.record());
  Experiment other = small();
  other.training.threads = 5; // not another run
  write_file(path / "experiment.json", to_json(other));
  QCOMPARE(read_run(path).steps, std::uint64_t{0});
  other.training.learning_rate = 0.5;
  write_file(path / "experiment.json", to_json(other));
  try {
    read_run(path);
    QFAIL("accepted");
  } catch (const Error &error) {
    QVERIFY(error.code() == ExitCode::usage);
    QVERIFY2(QString(error.what()).contains("another experiment"), error.what());
  }
}

void TestTrainingRun::changes_other_than_the_checkpoints_are_refused() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  TrainingRun run = new_run(small());
  advance_to(run, 3);
  turn_knobs(run);
  write_run(path, run.record());
  const QByteArray log = QByteArray::fromStdString(read_file(path / "commands.jsonl"));
  QVERIFY(log.contains("0.003"));
  write_file(path / "commands.jsonl", QByteArray(log).replace("0.003", "0.004").toStdString());
  QVERIFY_EXCEPTION_THROWN(read_run(path), Error);
  write_file(path / "commands.jsonl", log.toStdString());
  QCOMPARE(read_run(path).steps, std::uint64_t{3});
}

void TestTrainingRun::rows_hold_the_time_they_took() {
  TrainingRun run = new_run(small());
  finish(run);
  double seconds = 0;
  const auto rows = run.look().epochs;
  for (const EpochRow &row : *rows) {
    QVERIFY(row.seconds > 0);
    seconds += row.seconds;
  }
  QVERIFY2(seconds <= run.seconds() * (1 + 1e-9), qPrintable(QString::number(seconds)));
  QVERIFY2(seconds > 0.5 * run.seconds(), qPrintable(QString::number(seconds)));
}

void TestTrainingRun::folder_with_a_run_is_refused() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  QCOMPARE(RunFolder::make(path, small()).path(), path);
  write_file(path / "notes.txt", "mine");
  QCOMPARE(RunFolder::make(path, small()).path(), path);
  write_file(path / "metrics.csv", "");
  QVERIFY_EXCEPTION_THROWN(RunFolder::make(path, small()), Error);
  QVERIFY(std::filesystem::exists(path / "notes.txt") && std::filesystem::exists(path / "metrics.csv"));
  try {
    RunFolder::make(path / "notes.txt" / "run", small());
    QFAIL("made a folder in a file");
  } catch (const Error &error) {
    QVERIFY(error.code() == ExitCode::write);
  }
}

void TestTrainingRun::default_folders_are_unique() {
  QTemporaryDir home;
  qputenv("XDG_DATA_HOME", home.path().toUtf8());
  const RunFolder first = RunFolder::make("", small()), second = RunFolder::make("", small());
  QVERIFY(first.path() != second.path());
  const std::string path = first.path().string();
  QVERIFY2(QString::fromStdString(path).startsWith(home.path() + "/duet/runs/20"), path.c_str());
  QVERIFY2(first.path().filename().string().find("-parallel-seed1") != std::string::npos, path.c_str());
}

void TestTrainingRun::numbers_gone_wrong_keep_the_last_good_state() {
  Experiment e = small();
  e.training.optimizer = Optimizer::sgd;
  e.training.learning_rate = 100;
  e.training.schedule = Schedule::step; // grows until the numbers end
  e.training.step_epochs = 1;
  e.training.step_factor = 10;
  e.training.epochs = 60;
  TrainingRun run = new_run(e);
  QString sentence;
  try {
    finish(run);
  } catch (const Error &error) {
    sentence = error.what();
    QVERIFY(error.code() == ExitCode::usage);
  }
  QVERIFY2(sentence.contains("training.learning_rate"), qPrintable(sentence));
  for (const auto &[name, tensor] : run.trainer().weights().tensors)
    for (const float value : tensor.values)
      QVERIFY2(std::isfinite(value), name.c_str());
}

QTEST_APPLESS_MAIN(TestTrainingRun)
#include "test_training_run.moc"
