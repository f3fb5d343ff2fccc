// The corpora of tests/fuzz, every beginning of each file and fixed mutations: whatever the bytes, each
// reader refuses them with one sentence or reads something sound.
#include "tests/fuzz/reader_properties.h"
#include "tests/support/mutations.h"
#include <QTest>

using namespace duet;
using namespace duet::fuzz;

namespace {

constexpr std::string_view pieces[] = {
    "\"",   "{",    "}",    "[",   "]",    ",",    ":",  "-",    "0",     "1e999",
    "-0.0", "null", "true", "nan", "\x1e", "\x1f", "\n", "\xff", "\\u00", "99999999999999999999"};

} // namespace

class TestReaders : public QObject {
  Q_OBJECT

  static void keeps(const ReaderProperty &reader, const std::string &bytes) {
    const std::string broken = reader.broken_promise(bytes);
    QVERIFY2(broken.empty(), (broken + "\nfrom:\n" + bytes).c_str());
  }

private Q_SLOTS:
  void everyReaderKeepsItsPromise_data() {
    QTest::addColumn<QString>("name");
    for (const ReaderProperty &reader : reader_properties())
      QTest::newRow(std::string(reader.name).c_str())
          << QString::fromUtf8(reader.name.data(), qsizetype(reader.name.size()));
  }

  void everyReaderKeepsItsPromise() {
    QFETCH(QString, name);
    const ReaderProperty &reader = reader_property(name.toStdString());
    const std::vector<std::string> corpus = corpus_of(reader.name);
    QVERIFY(!corpus.empty());
    for (const std::string &bytes : corpus) {
      keeps(reader, bytes);
      for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 200)
        keeps(reader, bytes.substr(0, length));
    }
    Mutator mutator(pieces, corpus);
    for (int round = 0; round < 600; ++round) {
      std::string bytes = mutator.any_file();
      for (std::size_t count = 1 + mutator.random(6); count > 0; --count)
        mutator.mutate(bytes);
      keeps(reader, bytes);
      if (QTest::currentTestFailed())
        return;
    }
  }
};

QTEST_APPLESS_MAIN(TestReaders)
#include "test_readers.moc"
