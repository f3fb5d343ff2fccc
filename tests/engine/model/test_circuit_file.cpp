// Circuits from files on disk: what they may include, and what of it is refused.
#include "engine/base/error.h"
#include "engine/model/circuit_file.h"
#include "engine/qasm/qasm.h"
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

using namespace duet;
namespace fs = std::filesystem;

class TestCircuitFile : public QObject {
  Q_OBJECT
  QTemporaryDir room_;
  fs::path folder_;

  fs::path put(const fs::path &name, const std::string &text) const {
    const fs::path file = folder_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  Circuit reads(const std::string &lines) const {
    return read_circuit_file(put("main.qasm", "OPENQASM 3.0;\n" + lines), "main.qasm");
  }
  void refuses(const std::string &path, const std::string &words) const {
    try {
      reads("include \"" + path + "\";\nqubit q;\n");
      QFAIL(("read without complaint: " + path).c_str());
    } catch (const Error &error) {
      const std::string said = error.what();
      QCOMPARE(error.code(), ExitCode::usage);
      QVERIFY2(said.starts_with("main.qasm line 2: ") && said.find(words) != std::string::npos &&
                   said.find('\n') == std::string::npos,
               said.c_str());
    }
  }

private Q_SLOTS:
  void init() {
    folder_ = fs::path(room_.path().toStdString()) / "circuits";
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  void filesBesideAndBelowAreRead() {
    put("own.inc", "gate own(t) a { rx(2*t) a; }\n");
    put("parts/deep.inc", "include \"near.inc\";\ninclude \"../own.inc\";\n");
    put("parts/near.inc", "gate near a { h a; }\n");
    fs::create_symlink("own.inc", folder_ / "link.inc");
    const Circuit circuit = reads("include \"./parts/deep.inc\";\nqubit q;\nnear q;\nown(0.25) q;\n");
    QCOMPARE(circuit.operations.size(), std::size_t{2});
    QVERIFY(circuit.operations[1].angles[0] == Angle::constant(0.5));
    QCOMPARE(reads("include \"link.inc\";\nqubit q;\nown(1) q;\n").operations.size(), std::size_t{1});
    // what is written holds all of it
    QVERIFY(read_qasm(write_qasm3(circuit), "written") == circuit);
  }

  void nothingElseIs() {
    const fs::path outside = folder_.parent_path() / "outside.inc";
    std::ofstream(outside) << "gate own a { h a; }\n";
    fs::create_symlink(outside, folder_ / "link.inc");
    fs::create_directory_symlink(folder_.parent_path(), folder_ / "up");
    put("circuits-beside/own.inc", "");
    ::mkfifo((folder_ / "pipe.inc").c_str(), 0600);
    fs::create_directories(folder_ / "room.inc");
    const char *const inside_only = "only files in the circuit's folder and below are";
    refuses("../outside.inc", inside_only);
    refuses("link.inc", inside_only);
    refuses("up/outside.inc", inside_only);
    refuses("../circuits-beside/own.inc", inside_only);
    refuses(outside.string(), "from the circuit's folder on");
    refuses("gone.inc", "there is no such file in the circuit's folder");
    refuses("pipe.inc", "it is no file");
    refuses("room.inc", "it is no file");
    refuses("", "");
    refuses(std::string(300, 'n') + ".inc", "cannot be read");
  }

  void circlesAreRefused() {
    put("a.inc", "include \"parts/b.inc\";\n");
    put("parts/b.inc", "include \"../a.inc\";\n");
    refuses("a.inc", "includes itself");
    refuses("main.qasm", "includes itself");
    fs::create_symlink("a.inc", folder_ / "c.inc");
    put("a.inc", "include \"c.inc\";\n");
    refuses("a.inc", "includes itself");
  }

  /// A device without an end is refused as soon as it is longer than any program.
  void nothingEndlessIsRead() {
    try {
      read_circuit_file("/dev/zero", "/dev/zero");
      QFAIL("read without complaint");
    } catch (const Error &error) {
      QVERIFY2(std::string(error.what()).find("more than 67,108,864 bytes") != std::string::npos,
               error.what());
    }
  }
};

QTEST_APPLESS_MAIN(TestCircuitFile)
#include "test_circuit_file.moc"
