// The corpus of tests/fuzz, and fixed mutations of it: whatever the bytes, one sentence or a sound circuit.
#include "engine/base/error.h"
#include "engine/qasm/qasm.h"
#include "tests/fuzz/circuit_property.h"
#include "tests/support/mutations.h"
#include <QTest>

namespace {

constexpr std::string_view words[] = {"q[0]",
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

} // namespace

class TestQasmMutations : public QObject {
  Q_OBJECT

  const std::vector<std::string> corpus_ = duet::corpus_of("qasm");
  duet::Mutator mutator_{words, corpus_};

private Q_SLOTS:
  void initTestCase() {
    QVERIFY(corpus_.size() >= 4);
    for (const std::string &text : corpus_)
      QVERIFY(!text.empty());
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
      std::string text = mutator_.any_file();
      for (std::size_t count = 1 + mutator_.random(6); count > 0; --count)
        mutator_.mutate(text);
      const std::string broken = duet::fuzz::circuit(text);
      QVERIFY2(broken.empty(), (broken + "\nfrom:\n" + text).c_str());
    }
  }

  void noise() {
    for (int round = 0; round < 2000; ++round) {
      std::string text = round % 2 ? "OPENQASM 3.0;\nqubit[2] q;\n" : "";
      for (std::size_t i = mutator_.random(80); i > 0; --i)
        text += char(mutator_.random(256));
      const std::string broken = duet::fuzz::circuit(text);
      QVERIFY2(broken.empty(), broken.c_str());
    }
  }
};

QTEST_APPLESS_MAIN(TestQasmMutations)
#include "test_mutations.moc"
