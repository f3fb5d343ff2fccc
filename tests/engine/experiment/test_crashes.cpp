// A save that goes wrong at any of its system calls leaves the old run or the new one, whole.
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "engine/session/training_run.h"
#include "tests/engine/experiment/faulty_calls.h"
#include "tests/support/small_experiments.h"
#include <QTemporaryDir>
#include <QtTest/QTest>
#include <sys/wait.h>

using namespace duet;
using faulty::Fault;
namespace fs = std::filesystem;

namespace {

constexpr int struck = 99, refused = 4;
constexpr int writing_calls = 6 * 3; ///< of a save: six files are opened, written and synced
constexpr int most_calls = 30;       ///< more than a save has

/// Runs the work in a process of its own, with a fault at its n-th call. Its exit code: 0 done, 4 refused by
/// an Error, 99 killed.
template <class Work> int in_a_process(Fault fault, int at, int error, Work work) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    faulty::arm(fault, at, error);
    try {
      work();
    } catch (const Error &e) {
      faulty::forget_renames();
      ::_exit(e.code() == ExitCode::write ? refused : 1);
    }
    faulty::lose_power_afterwards();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// What going on with a run would go on with, or why it cannot.
QString resumed(const fs::path &folder) {
  try {
    const RunRecord record = read_run(folder);
    return QString::fromStdString("step " + std::to_string(record.steps) + ", " +
                                  std::to_string(record.changes.size()) + " changes, weights " +
                                  signature_of(record.checkpoint) + "\n" + identity(record.start) +
                                  identity(current_experiment(record)) + metrics_csv(record));
  } catch (const Error &error) {
    return error.what();
  }
}

/// The settings and weights that looking at a run would show.
QString shown(const fs::path &folder) {
  try {
    const RunRecord record = read_model(folder);
    return QString::fromStdString(identity(current_experiment(record)) + signature_of(record.model));
  } catch (const Error &error) {
    return error.what();
  }
}

} // namespace

class TestCrashes : public QObject {
  Q_OBJECT
  QTemporaryDir place_;
  fs::path old_, folder_;    ///< a saved run, and the copy that a save goes wrong in
  RunRecord first_, second_; ///< the run as saved, and later on

  void start_again() const {
    fs::remove_all(folder_);
    fs::copy(old_, folder_, fs::copy_options::recursive);
  }

  void faults() const {
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("error");
    const auto row = [](const char *name, Fault fault, int error = 0) {
      QTest::newRow(name) << static_cast<int>(fault) << error;
    };
    row("the disk is full", Fault::fail, ENOSPC);
    row("the disk is broken", Fault::fail, EIO);
    row("the file is too large", Fault::fail, EFBIG);
    row("a signal comes", Fault::interrupt);
    row("writes are short", Fault::shorten);
    row("the process is killed", Fault::kill);
    row("the power goes, renames stay", Fault::cut_keeping_renames);
    row("the power goes, renames are lost", Fault::cut_losing_renames);
    row("the power goes, the last rename stays", Fault::cut_keeping_last_rename);
  }

private Q_SLOTS:
  void initTestCase() {
    old_ = place_.path().toStdString() + "/old";
    folder_ = place_.path().toStdString() + "/run";
    const Experiment e = tiny();
    TrainingRun run(e, std::make_shared<const Dataset>(load_dataset(e.data, e.seed)),
                    std::make_shared<const Workers>(1));
    run.advance();
    first_ = run.record();
    RunFolder::make(old_, e).write(first_);
    while (run.trainer().epochs_done() < 2)
      run.advance();
    Experiment changed = run.experiment();
    changed.spiking.neuron.threshold = 0.5;
    run.change(changed);
    run.advance();
    second_ = run.record();
    QVERIFY(first_.steps == 1 && second_.steps == 5 && second_.changes.size() == 1);
  }

  void aSaveLeavesTheOldRunOrTheNewOne_data() { faults(); }
  void aSaveLeavesTheOldRunOrTheNewOne() {
    QFETCH(int, fault);
    QFETCH(int, error);
    const QString before = resumed(old_);
    const auto shown_before = shown(old_);
    start_again();
    write_run(folder_, second_);
    const QString after = resumed(folder_);
    const auto shown_after = shown(folder_);
    QVERIFY(before != after && shown_before != shown_after);
    const bool harmless = Fault(fault) == Fault::interrupt || Fault(fault) == Fault::shorten;
    int struck_times = 0;
    for (int n = 1; n <= most_calls; ++n) {
      start_again();
      const int code = in_a_process(Fault(fault), n, error, [&] { RunFolder(folder_).write(second_); });
      const QByteArray where = "at call " + QByteArray::number(n);
      QVERIFY2(code == 0 || code == struck || code == refused, where);
      struck_times += code != 0;
      const QString now = resumed(folder_);
      QVERIFY2(now == before || now == after, where + ": " + now.toUtf8());
      QVERIFY2(code != 0 || now == after, where); // what was said to be saved is saved
      const auto seen = shown(folder_);
      QVERIFY2(seen == shown_before || seen == shown_after, where);
      QVERIFY2(code != refused || n > writing_calls || seen == shown_before, where);
      const RunFolder again(folder_); // what was left over goes with the next who trains here
      QCOMPARE(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 7);
      const QString then = resumed(folder_);
      QVERIFY2(then == after || (then == before && now == before), where);
    }
    QVERIFY(harmless ? struck_times == 0 : struck_times >= writing_calls + 6 + 3);
  }

  void aFirstSaveLeavesNoRunOrOneThatGoesOn_data() { faults(); }
  void aFirstSaveLeavesNoRunOrOneThatGoesOn() {
    QFETCH(int, fault);
    QFETCH(int, error);
    fs::remove_all(folder_);
    RunFolder::make(folder_, second_.start).write(second_);
    const QString whole = resumed(folder_);
    for (int n = 1; n <= most_calls; ++n) {
      fs::remove_all(folder_);
      const int code = in_a_process(Fault(fault), n, error,
                                    [&] { RunFolder::make(folder_, second_.start).write(second_); });
      const QByteArray where = "at call " + QByteArray::number(n);
      QVERIFY2(code == 0 || code == struck || code == refused, where);
      QVERIFY2(code != refused || !fs::exists(folder_), where);
      if (holds_run(folder_)) {
        const RunFolder again(folder_);
        QVERIFY2(resumed(folder_) == whole, where + ": " + resumed(folder_).toUtf8());
      } else {
        QVERIFY2(code != 0, where);
        RunFolder::make(folder_, first_.start); // another can begin there
      }
    }
  }

  void aFileKeepsItsOldContentOrHasItsNewOne_data() { faults(); }
  void aFileKeepsItsOldContentOrHasItsNewOne() {
    QFETCH(int, fault);
    QFETCH(int, error);
    const fs::path file = place_.path().toStdString() + "/file";
    const std::string before(5000, 'a'), after(9000, 'b');
    for (int n = 1; n <= 8; ++n) {
      write_file(file, before);
      const int code = in_a_process(Fault(fault), n, error, [&] { write_file(file, after); });
      const std::string now = read_file(file);
      const QByteArray where = "at call " + QByteArray::number(n);
      QVERIFY2(now == after || (now == before && code != 0), where);
    }
  }
};

QTEST_APPLESS_MAIN(TestCrashes)
#include "test_crashes.moc"
