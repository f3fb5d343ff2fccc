// The corpus of tests/fuzz, and fixed mutations of it: whatever the bytes, one sentence or a sound circuit.
#include "engine/base/error.h"
#include "engine/qasm/qasm.h"
#include "tests/fuzz/circuit_property.h"
#include "tests/support/source_dir.h"
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

class TestQasmMutations : public QObject {
  Q_OBJECT

  std::vector<std::string> corpus_;
  std::uint64_t state_ = 0x9E3779B97F4A7C15u; // fixed, so that every run does the same

  std::size_t random(std::size_t below) { // splitmix64
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return std::size_t((z ^ (z >> 31)) % below);
  }

  void mutate(std::string &text) {
    static const char *const words[] = {"q[0]",
                                        "q",
                                        "x0",
                                        "w99999",
                                        "(",
                                        ")",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ";",
                                        "gate ",
                                        "ctrl @ ",
                                        "inv @ ",
                                        "pow(9999999) @ ",
                                        "-",
                                        "*",
                                        "/0",
                                        "1e308",
                                        "4000000000",
                                        "pi",
                                        "measure q;",
                                        "qubit[20] z;",
                                        "input float w5;",
                                        "include \"stdgates.inc\";",
                                        "OPENQASM 2.0;",
                                        "\xff",
                                        "\"",
                                        "/*",
                                        "//",
                                        ":",
                                        "->"};
    const std::size_t at = random(text.size() + 1);
    switch (random(6)) {
    case 0:
      text.insert(at, words[random(std::size(words))]);
      break;
    case 1:
      text.erase(at, 1 + random(8));
      break;
    case 2:
      text.insert(at, 1, char(random(256)));
      break;
    case 3:
      if (at < text.size())
        text[at] = char(text[at] ^ (1 << random(8)));
      break;
    case 4: { // a piece of another file
      const std::string &other = corpus_[random(corpus_.size())];
      const std::size_t from = random(other.size());
      text.insert(at, other.substr(from, random(60)));
      break;
    }
    default: { // a piece of its own, twice
      const std::string piece = text.substr(at, random(40));
      text.insert(at, piece);
    }
    }
  }

private Q_SLOTS:
  void initTestCase() {
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(source_dir() + "/tests/fuzz/corpus/qasm"))
      files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto &file : files) {
      std::ifstream in(file, std::ios::binary);
      corpus_.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      QVERIFY2(!corpus_.back().empty(), file.c_str());
    }
    QVERIFY(corpus_.size() >= 4);
  }

  void theCorpusItself() {
    int read = 0;
    for (const std::string &text : corpus_) {
      QCOMPARE(QString::fromStdString(duet::fuzz::circuit(text)), QString());
      try {
        duet::read_qasm(text, "f.qasm");
        ++read;
      } catch (const duet::Error &) {
        // faulty.qasm is there to be refused
      }
    }
    QCOMPARE(read, int(corpus_.size()) - 1);
  }

  void everyPrefix() {
    for (const std::string &text : corpus_)
      for (std::size_t length = 0; length < text.size(); ++length)
        QCOMPARE(QString::fromStdString(duet::fuzz::circuit(std::string_view(text).substr(0, length))),
                 QString());
  }

  void mutations() {
    for (int round = 0; round < 6000; ++round) {
      std::string text = corpus_[random(corpus_.size())];
      for (std::size_t count = 1 + random(6); count > 0; --count)
        mutate(text);
      const std::string broken = duet::fuzz::circuit(text);
      QVERIFY2(broken.empty(), (broken + "\nfrom:\n" + text).c_str());
    }
  }

  void noise() {
    for (int round = 0; round < 2000; ++round) {
      std::string text = round % 2 ? "OPENQASM 3.0;\nqubit[2] q;\n" : "";
      for (std::size_t i = random(80); i > 0; --i)
        text += char(random(256));
      const std::string broken = duet::fuzz::circuit(text);
      QVERIFY2(broken.empty(), broken.c_str());
    }
  }
};

QTEST_APPLESS_MAIN(TestQasmMutations)
#include "test_mutations.moc"
