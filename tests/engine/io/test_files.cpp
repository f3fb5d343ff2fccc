// Files written whole or not at all; digests.
#include "engine/base/error.h"
#include "engine/io/files.h"
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace duet;
namespace fs = std::filesystem;

class TestFiles : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  fs::path path(const char *name) const { return fs::path(folder_.path().toStdString()) / name; }

private Q_SLOTS:
  void whatIsWrittenIsRead() {
    std::string bytes = "first\nsecond";
    bytes += '\0';
    bytes += std::string(300000, 'x');
    write_file(path("a"), bytes);
    QVERIFY(read_file(path("a")) == bytes);
    write_file(path("a"), "");
    QVERIFY(read_file(path("a")).empty());
  }

  void nothingElseIsLeftInTheFolder() {
    fs::create_directory(path("only"));
    write_file(path("only") / "one", "1");
    write_file(path("only") / "one", "2");
    QCOMPARE(std::distance(fs::directory_iterator(path("only")), fs::directory_iterator()), 1);
  }

  void aFailedWriteKeepsTheOldFileAndSaysWhere() {
    write_file(path("b"), "old");
    const fs::path target = path("b") / "inside"; // b is a file, no folder
    try {
      write_file(target, "new");
      QFAIL("no error");
    } catch (const Error &error) {
      QCOMPARE(error.code(), ExitCode::write);
      QVERIFY(std::string(error.what()).find(target.string()) != std::string::npos);
    }
    QVERIFY(read_file(path("b")) == "old");
  }

  void aFolderIsNoFile() {
    const fs::path folder = folder_.path().toStdString();
    QVERIFY_EXCEPTION_THROWN(write_file(folder, "x"), Error);
    QVERIFY_EXCEPTION_THROWN(read_file(folder), Error);
  }

  void aLinkStaysALink() {
    write_file(path("real"), "1");
    fs::create_symlink("real", path("link"));
    write_file(path("link"), "2");
    QVERIFY(fs::is_symlink(path("link")));
    QVERIFY(read_file(path("real")) == "2");
  }

  void aPipeIsWrittenTo() {
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    write_file("/dev/fd/" + std::to_string(ends[1]), "through");
    char buffer[16] = {};
    QCOMPARE(::read(ends[0], buffer, sizeof(buffer)), ssize_t{7});
    QCOMPARE(std::string(buffer), std::string("through"));
    ::close(ends[0]);
    ::close(ends[1]);
  }

  void aPipeThatNobodyReadsIsToldApart() {
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    ::close(ends[0]);
    std::signal(SIGPIPE, SIG_IGN);
    QVERIFY_EXCEPTION_THROWN(write_file("/dev/fd/" + std::to_string(ends[1]), "x"), ReaderGone);
    ::close(ends[1]);
  }

  /// `--csv /dev/stdout >file`: a rename would take the file from under the shell's own stream.
  void aFileThatIsStandardOutputIsWrittenInPlace() {
    write_file(path("out"), "");
    const int kept = ::dup(STDOUT_FILENO);
    const int out = ::open(path("out").c_str(), O_WRONLY);
    ::dup2(out, STDOUT_FILENO);
    write_file("/dev/stdout", "one ");
    write_to_standard_output("two");
    ::dup2(kept, STDOUT_FILENO);
    ::close(kept);
    ::close(out);
    QCOMPARE(read_file(path("out")), std::string("one two"));
  }

  void whatWasPrivateStaysPrivate() {
    write_file(path("secret"), "1");
    fs::permissions(path("secret"), fs::perms::owner_read | fs::perms::owner_write);
    write_file(path("secret"), "2");
    QCOMPARE(fs::status(path("secret")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  }

  void aMissingFileIsAUsageErrorThatNamesIt() {
    try {
      read_file(path("none"));
      QFAIL("no error");
    } catch (const Error &error) {
      QCOMPARE(error.code(), ExitCode::usage);
      QVERIFY(std::string(error.what()).find("none") != std::string::npos);
    }
  }

  void digests() { // FIPS 180-4 and RFC 1321 examples
    QCOMPARE(sha256_hex("abc"),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(md5_hex("abc"), std::string("900150983cd24fb0d6963f7d28e17f72"));
    QCOMPARE(sha256_hex(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "test_files.moc"
