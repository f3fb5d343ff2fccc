// How a window may end: a real `duet` is trained in and killed, and what the next start is offered is read.
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "engine/session/kept_home.h"
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace duet;
namespace fs = std::filesystem;

namespace {

/// A duet without a screen, in a home of its own.
struct Window {
  QProcess process;

  explicit Window(const QString &home, const QStringList &arguments = {"--train"}) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("HOME"), home);
    environment.remove(QStringLiteral("XDG_DATA_HOME"));
    environment.remove(QStringLiteral("XDG_CONFIG_HOME"));
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/duet"), arguments);
  }
  ~Window() {
    process.kill();
    process.waitForFinished();
  }
  /// Hundredths of a second it has worked (proc(5)).
  long processor_ticks() const {
    QFile stat(QStringLiteral("/proc/%1/stat").arg(process.processId()));
    if (!stat.open(QIODevice::ReadOnly))
      return 0;
    return stat.readAll().split(')').last().trimmed().split(' ').value(11).toLong();
  }
  bool end(int signal) {
    ::kill(static_cast<pid_t>(process.processId()), signal);
    return process.waitForFinished(60000);
  }
};

constexpr int long_ms = 60000;

} // namespace

class TestEnds : public QObject {
  Q_OBJECT
  std::unique_ptr<QTemporaryDir> home_;

  fs::path kept() const { return (home_->path() + "/.local/share/duet/autosave").toStdString(); }
  std::ptrdiff_t folders() const {
    std::error_code error;
    return std::distance(fs::directory_iterator(kept(), error), fs::directory_iterator());
  }
  /// The newest step that is safe, over all folders, living or not.
  std::uint64_t safe_step() const {
    std::uint64_t step = 0;
    std::error_code error;
    for (const auto &each : fs::directory_iterator(kept(), error))
      try {
        const KeptManifest manifest = parse_manifest(read_file(each.path() / kept_manifest_name), "x");
        if (manifest.run)
          step = std::max(step, manifest.run->step);
      } catch (const Error &) {
        // Not written yet, or just being replaced.
      }
    return step;
  }

private Q_SLOTS:
  void init() { home_ = std::make_unique<QTemporaryDir>(); }

  void afterKillEverythingButTheLastSecondsIsThere() {
    std::uint64_t seen = 0;
    {
      Window window(home_->path());
      QTRY_VERIFY_WITH_TIMEOUT(safe_step() > 1, long_ms); // and written again since the first batch
      QVERIFY(list_kept(kept()).empty());                 // it lives
      seen = safe_step();
      QVERIFY(window.end(SIGKILL));
    }
    const auto list = list_kept(kept());
    QCOMPARE(list.size(), std::size_t{1});
    QVERIFY2(list[0].problem.empty(), list[0].problem.c_str());
    QVERIFY(list[0].manifest.run->step >= seen);
    const RunRecord record = read_run(list[0].folder / list[0].manifest.run->folder);
    QCOMPARE(record.steps, list[0].manifest.run->step);
    QCOMPARE(list[0].manifest.document.edited, Experiment());
  }

  void signalsThatEndKeepEverything_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("TERM") << SIGTERM;
    QTest::newRow("HUP") << SIGHUP;
    QTest::newRow("INT") << SIGINT;
  }
  void signalsThatEndKeepEverything() {
    QFETCH(int, signal);
    std::uint64_t before = 0;
    {
      Window window(home_->path(), {"--train", "--epochs", "1000"});
      QTRY_VERIFY_WITH_TIMEOUT((before = safe_step()) > 0, long_ms);
      QVERIFY(window.end(signal));
      QCOMPARE(window.process.exitStatus(), QProcess::NormalExit);
      QCOMPARE(window.process.exitCode(), 128 + signal);
      QCOMPARE(QString::fromUtf8(window.process.readAllStandardError()).count(QStringLiteral("duet:")), 0);
    }
    const auto list = list_kept(kept());
    QCOMPARE(list.size(), std::size_t{1});
    QVERIFY(list[0].manifest.run->step > before); // up to the signal, not to the last round
    read_run(list[0].folder / list[0].manifest.run->folder);
  }

  void severalWindowsAndSeveralCrashesKeepSeveral() {
    for (int round = 0; round < 2; ++round) {
      Window one(home_->path()), two(home_->path());
      const auto written = [this] {
        int count = 0;
        std::error_code error;
        for (const auto &each : fs::directory_iterator(kept(), error))
          count += fs::exists(each.path() / kept_manifest_name);
        return count;
      };
      QTRY_COMPARE_WITH_TIMEOUT(written(), 2 * (round + 1), long_ms);
      QCOMPARE(list_kept(kept()).size(), static_cast<std::size_t>(2 * round));
      QVERIFY(one.end(SIGKILL));
      QCOMPARE(list_kept(kept()).size(), static_cast<std::size_t>(2 * round + 1));
      QVERIFY(two.end(SIGTERM));
    }
    const auto list = list_kept(kept());
    QCOMPARE(list.size(), std::size_t{4});
    for (const KeptWork &work : list)
      QVERIFY2(work.problem.empty(), work.problem.c_str());
  }

  /// Killed again and again at any moment of a save: what is offered is whole every time.
  void aSaveCutShortLeavesTheOneBefore() {
    for (int round = 0; round < 8; ++round) {
      {
        const std::ptrdiff_t before = folders();
        Window window(home_->path(), {"--train", "--epochs", "1000"});
        QTRY_VERIFY_WITH_TIMEOUT(folders() > before, long_ms); // in the middle of the first one
        QVERIFY(window.end(SIGKILL));
      }
      for (const KeptWork &work : list_kept(kept())) {
        QVERIFY2(work.problem.empty(), work.problem.c_str());
        if (work.manifest.run)
          read_run(work.folder / work.manifest.run->folder);
      }
    }
    for (const auto &each : fs::directory_iterator(kept())) // nothing is left that is not offered
      QVERIFY(fs::exists(each.path() / kept_manifest_name));
  }

  void whereNothingCanBeWrittenTheWindowTrainsAndSaysSo() {
    QDir().mkpath(home_->path() + "/.local/share/duet");
    write_file(kept(), "a file in the way");
    Window window(home_->path(), {"--train", "--epochs", "1000"});
    QVERIFY(window.process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(window.processor_ticks() > 200, long_ms); // it goes on
    QVERIFY(window.end(SIGTERM));
    QCOMPARE(window.process.exitCode(), 128 + SIGTERM);
    const QString said = QString::fromUtf8(window.process.readAllStandardError());
    QVERIFY2(said.contains(QStringLiteral("could not be kept")), qPrintable(said));
  }

  void aDamagedFileOpensTheWindow() {
    const QString bad = home_->filePath("bad.json"), picture = home_->filePath("window.png");
    write_file(bad.toStdString(), "{\"duet\": 1, \"spiking\": {\"steps\": 0}}");
    const QString circuit = home_->filePath("bad.qasm"), run = home_->filePath("run");
    write_file(circuit.toStdString(), "OPENQASM 3.0;\nwarp q[0];\n");
    QDir().mkpath(run);
    for (const QString &file : {bad, circuit, run}) {
      Window window(home_->path(), {file, "--screenshot", picture, "--after", "0"});
      QVERIFY(window.process.waitForFinished(long_ms));
      QCOMPARE(window.process.exitCode(), 0);
      QVERIFY(QFile::remove(picture));
    }
  }
};

QTEST_GUILESS_MAIN(TestEnds)
#include "test_ends.moc"
