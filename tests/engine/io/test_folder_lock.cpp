// One holder a folder, and no lock that outlives its holder.
#include "engine/base/error.h"
#include "engine/io/folder_lock.h"
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

using namespace duet;
namespace fs = std::filesystem;

class TestFolderLock : public QObject {
  Q_OBJECT
  QTemporaryDir place_;
  fs::path folder_;

  static std::optional<Error> refusal(const fs::path &folder) {
    try {
      const FolderLock lock(folder);
      return std::nullopt;
    } catch (const Error &error) {
      return error;
    }
  }
  bool isEmpty() const { return fs::is_empty(folder_); }

private Q_SLOTS:
  void init() {
    folder_ = place_.path().toStdString() + "/folder";
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }

  void theSecondIsRefusedByTheNameOfTheFirst() {
    {
      const FolderLock first(folder_);
      QVERIFY(first.guards());
      const auto error = refusal(folder_ / ".." / "folder"); // the same one, however it is written
      QVERIFY(error && error->code() == ExitCode::usage);
      const std::string text = error->what();
      QVERIFY2(text.find("folder is in use by process " + std::to_string(::getpid())) != std::string::npos,
               text.c_str());
    }
    QVERIFY(isEmpty());
    QVERIFY(!refusal(folder_));
  }

  void aMovedLockHoldsAndAReleasedOneDoesNot() {
    std::optional<FolderLock> second;
    {
      FolderLock first(folder_);
      second.emplace(std::move(first));
    }
    QVERIFY(refusal(folder_));
    second->release();
    QVERIFY(!refusal(folder_));
    QVERIFY(isEmpty());
  }

  void aKilledHolderHoldsNobodyBack() {
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const FolderLock lock(folder_);
      (void)!::write(ends[1], "x", 1);
      while (true)
        ::pause();
    }
    char ready;
    QCOMPARE(::read(ends[0], &ready, 1), ssize_t{1});
    QVERIFY(refusal(folder_));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    QVERIFY(!isEmpty()); // what it left behind
    QVERIFY(!refusal(folder_));
    QVERIFY(isEmpty());
    ::close(ends[0]);
    ::close(ends[1]);
  }

  void aFileLeftBehindHoldsNobodyBack() {
    std::ofstream(folder_ / ".lock") << "something";
    QVERIFY(!refusal(folder_));
  }

  /// A holder takes its file away while others have just opened it: a lock on a file that is no longer
  /// there must not count. Each holder makes a mark that can be made only once.
  void ofManyOnlyOneHoldsAtATime() {
    constexpr int processes = 4, rounds = 2000;
    std::vector<pid_t> children;
    for (int p = 0; p < processes; ++p) {
      const pid_t child = ::fork();
      if (child != 0) {
        children.push_back(child);
        continue;
      }
      const std::string mark = place_.path().toStdString() + "/mark";
      for (int round = 0; round < rounds; ++round) {
        try {
          const FolderLock lock(folder_);
          const int made = ::open(mark.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
          if (made < 0)
            ::_exit(1);
          ::close(made);
          ::unlink(mark.c_str());
        } catch (const Error &) { // another has it
        }
      }
      ::_exit(0);
    }
    for (const pid_t child : children) {
      int status = 0;
      ::waitpid(child, &status, 0);
      QVERIFY2(WIFEXITED(status) && WEXITSTATUS(status) == 0, "two held the folder at once");
    }
  }

  void whereNothingCanBeWrittenThereIsASentence() {
    for (const char *folder : {"/proc/self", "/nowhere/at/all", "/dev/null"}) {
      const auto error = refusal(folder);
      QVERIFY2(error && error->code() == ExitCode::write, folder);
      QVERIFY2(std::string(error->what()).find(folder) != std::string::npos, error->what());
    }
  }
};

QTEST_APPLESS_MAIN(TestFolderLock)
#include "test_folder_lock.moc"
