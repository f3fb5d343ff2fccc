// Under which names the four files of a data set are found, and what is said when they are not.
#include "engine/base/error.h"
#include "engine/data/dataset.h"
#include "engine/data/idx_files.h"
#include "engine/io/files.h"
#include "tests/engine/data/idx_writer.h"
#include <QTemporaryDir>
#include <QTest>

using namespace duet;
using namespace duet::test;
namespace fs = std::filesystem;

class TestIdxFiles : public QObject {
  Q_OBJECT
  QTemporaryDir scratch_;
  fs::path folder_;

  /// Three training images and two test images of one pixel; the first label tells sets apart.
  void put_set(const fs::path &folder, const std::array<std::string, 4> &names, int mark = 1) {
    fs::create_directories(folder);
    const std::array<std::string, 4> bytes = {idx_images(3, 1, 1, "abc"), idx_labels({mark, 2, 3}),
                                              idx_images(2, 1, 1, "de"), idx_labels({2, 3})};
    for (const IdxRole role : idx_roles)
      write_file(folder / names[role], names[role].ends_with(".gz") ? gzipped(bytes[role]) : bytes[role]);
  }
  void put_prefixed(const fs::path &folder, const std::string &prefix, int mark = 1) {
    put_set(folder,
            {prefix + "train-images-idx3-ubyte", prefix + "train-labels-idx1-ubyte",
             prefix + "test-images-idx3-ubyte", prefix + "test-labels-idx1-ubyte"},
            mark);
  }
  static int first_label(const std::string &source) {
    DataSettings settings;
    settings.source = source;
    return load_dataset(settings, 1).train.targets.front();
  }
  static std::string failure(const std::string &source) {
    try {
      first_label(source);
    } catch (const Error &error) {
      return error.code() == ExitCode::data ? error.what() : "wrong exit code";
    }
    return {};
  }
  void says(const std::string &source, const std::vector<std::string> &words) {
    const std::string text = failure(source);
    for (const std::string &word : words)
      QVERIFY2(text.find(word) != std::string::npos, (word + " is not in: " + text).c_str());
  }

private Q_SLOTS:
  void init() {
    static int next = 0;
    folder_ = scratch_.filePath(QString::number(next++)).toStdString();
    fs::create_directories(folder_);
  }

  void namesOfEveryKin_data() {
    QTest::addColumn<QStringList>("names");
    QTest::newRow("usual") << QStringList{"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                          "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};
    QTest::newRow("packed") << QStringList{"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                                           "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"};
    QTest::newRow("with dots") << QStringList{"train-images.idx3-ubyte", "train-labels.idx1-ubyte",
                                              "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"};
    QTest::newRow("test for t10k") << QStringList{"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                                  "test-images-idx3-ubyte.gz", "test-labels.idx1-ubyte"};
    QTest::newRow("EMNIST") << QStringList{
        "emnist-letters-train-images-idx3-ubyte.gz", "emnist-letters-train-labels-idx1-ubyte.gz",
        "emnist-letters-test-images-idx3-ubyte.gz", "emnist-letters-test-labels-idx1-ubyte.gz"};
    QTest::newRow("EMNIST with dots")
        << QStringList{"emnist-mnist-train-images.idx3-ubyte", "emnist-mnist-train-labels.idx1-ubyte",
                       "emnist-mnist-test-images.idx3-ubyte", "emnist-mnist-test-labels.idx1-ubyte"};
    QTest::newRow("QMNIST's bytes") << QStringList{
        "qmnist-train-images-idx3-ubyte", "qmnist-train-labels-idx1-ubyte", "qmnist-test-images-idx3-ubyte",
        "qmnist-test-labels-idx1-ubyte"};
  }
  void namesOfEveryKin() {
    QFETCH(QStringList, names);
    std::array<std::string, 4> four;
    for (const IdxRole role : idx_roles)
      four[role] = names[role].toStdString();
    put_set(folder_, four, 7);
    QCOMPARE(first_label(folder_.string()), 7);
    QCOMPARE(image_shape(folder_.string()).rows, 1);
  }

  void ofQmnistsColumnsTheFirstIsTheLabel() {
    put_prefixed(folder_, "qmnist-", 4);
    for (const char *half : {"train", "test"})
      fs::remove(folder_ / (std::string("qmnist-") + half + "-labels-idx1-ubyte"));
    write_file(folder_ / "qmnist-train-labels-idx2-int", idx_int_labels({8, 0, 255}, 8));
    write_file(folder_ / "qmnist-test-labels-idx2-int.gz", gzipped(idx_int_labels({3, 8}, 8)));
    DataSettings settings;
    settings.source = folder_.string();
    settings.classes = {255, 8, 0, 3};
    const Dataset data = load_dataset(settings, 1);
    QVERIFY(data.train.targets == std::vector<std::uint8_t>({1, 2, 0}));
    QVERIFY(data.test.targets == std::vector<std::uint8_t>({3, 1}));
  }

  void torchvisionsFoldersBelow() {
    put_prefixed(folder_ / "MNIST" / "raw", "", 5);
    QCOMPARE(first_label(folder_.string()), 5);
    QCOMPARE(first_label((folder_ / "MNIST").string()), 5);
    put_prefixed(folder_, "", 6); // files in the folder itself come first
    QCOMPARE(first_label(folder_.string()), 6);
  }

  void severalSetsAreNamedAndOneCanBe() {
    put_prefixed(folder_, "emnist-letters-", 2);
    put_prefixed(folder_, "emnist-balanced-", 3);
    says(folder_.string(), {"several data sets", (folder_ / "emnist-balanced").string() + " and " +
                                                     (folder_ / "emnist-letters").string()});
    QCOMPARE(first_label((folder_ / "emnist-letters").string()), 2);
    QCOMPARE(first_label((folder_ / "emnist-balanced").string()), 3);
    says((folder_ / "emnist-digits").string(), {"emnist-digits", "neither a known data set", "nor a folder"});
    put_prefixed(folder_, "", 9); // the usual names are meant where they are
    QCOMPARE(first_label(folder_.string()), 9);
    fs::remove(folder_ / "emnist-letters-test-labels-idx1-ubyte");
    fs::remove(folder_ / "train-images-idx3-ubyte");
    QCOMPARE(first_label(folder_.string()), 3); // the only whole one
  }

  void severalOfTorchvisionsFoldersAreNamed() {
    put_prefixed(folder_ / "MNIST/raw", "", 2);
    put_prefixed(folder_ / "EMNIST/raw", "emnist-letters-", 3);
    says(folder_.string(),
         {(folder_ / "MNIST/raw").string(), (folder_ / "EMNIST/raw/emnist-letters").string()});
    QCOMPARE(first_label((folder_ / "EMNIST/raw").string()), 3);
    QCOMPARE(first_label((folder_ / "EMNIST/raw/emnist-letters").string()), 3);
  }

  void thePackedFileWinsAndTheUsualName() {
    put_prefixed(folder_, "", 2);
    write_file(folder_ / "train-labels-idx1-ubyte.gz", gzipped(idx_labels({4, 2, 3})));
    QCOMPARE(first_label(folder_.string()), 4);
    write_file(folder_ / "train-labels.idx1-ubyte", idx_labels({5, 2, 3}));
    QCOMPARE(first_label(folder_.string()), 4);
  }

  void aMissingFileIsToldWithTheNamesLookedFor() {
    put_prefixed(folder_, "");
    fs::remove(folder_ / "test-labels-idx1-ubyte");
    says(folder_.string(), {folder_.string(), "no file of test labels", "t10k-labels-idx1-ubyte",
                            "t10k-labels.idx1-ubyte", "test-labels-idx1-ubyte", "idx2-int", ".gz"});
    put_prefixed(folder_ / "e", "emnist-letters-");
    fs::remove(folder_ / "e" / "emnist-letters-train-images-idx3-ubyte");
    says((folder_ / "e").string(), {"no file of training images", "emnist-letters-train-images-idx3-ubyte"});
  }

  void anEmptyFolderIsToldWithTheNamesLookedFor() {
    write_file(folder_ / "old-notes.txt", "train-images-idx3-ubyte");
    fs::create_directories(folder_ / "train-images-idx3-ubyte"); // a folder is no file
    says(folder_.string(), {"holds no data set", "train-images-idx3-ubyte", "train-images.idx3-ubyte",
                            "emnist-SPLIT-", "qmnist-", "MNIST/raw"});
  }
};

QTEST_APPLESS_MAIN(TestIdxFiles)
#include "test_idx_files.moc"
