// The corpora of tests/fuzz, every beginning of each file and fixed mutations: whatever the bytes, each
// reader refuses them with one sentence or reads something sound.
#include "tests/fuzz/reader_properties.h"
#include "tests/support/source_dir.h"
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace duet::fuzz;

class TestReaders : public QObject {
  Q_OBJECT

  std::uint64_t state_ = 0x9E3779B97F4A7C15u; // fixed, so that every run does the same

  std::size_t random(std::size_t below) { // splitmix64
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return std::size_t((z ^ (z >> 31)) % below);
  }

  void mutate(std::string &bytes, const std::vector<std::string> &corpus) {
    static const char *const pieces[] = {
        "\"",   "{",    "}",    "[",   "]",    ",",    ":",  "-",    "0",     "1e999",
        "-0.0", "null", "true", "nan", "\x1e", "\x1f", "\n", "\xff", "\\u00", "99999999999999999999"};
    const std::size_t at = random(bytes.size() + 1);
    switch (random(5)) {
    case 0:
      bytes.insert(at, pieces[random(std::size(pieces))]);
      break;
    case 1:
      bytes.erase(at, 1 + random(8));
      break;
    case 2:
      if (at < bytes.size())
        bytes[at] = char(random(256));
      break;
    case 3:
      if (at < bytes.size())
        bytes[at] = char(bytes[at] ^ (1 << random(8)));
      break;
    default: { // a piece of another file
      const std::string &other = corpus[random(corpus.size())];
      const std::size_t from = random(other.size());
      bytes.insert(at, other.substr(from, random(60)));
    }
    }
  }

  static std::vector<std::string> corpus_of(std::string_view reader) {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder = source_dir() + "/tests/fuzz/corpus/" + std::string(reader);
    for (const auto &entry : std::filesystem::directory_iterator(folder))
      files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> corpus;
    for (const auto &file : files) {
      std::ifstream in(file, std::ios::binary);
      corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return corpus;
  }

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
    for (int round = 0; round < 600; ++round) {
      std::string bytes = corpus[random(corpus.size())];
      for (std::size_t count = 1 + random(6); count > 0; --count)
        mutate(bytes, corpus);
      keeps(reader, bytes);
      if (QTest::currentTestFailed())
        return;
    }
  }
};

QTEST_APPLESS_MAIN(TestReaders)
#include "test_readers.moc"
