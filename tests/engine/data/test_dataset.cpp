// Finding, reading, checking and filtering of image sets.
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/data/catalog.h"
#include "engine/data/dataset.h"
#include "engine/data/embedded.h"
#include "engine/io/files.h"
#include "engine/io/gzip.h"
#include "tests/engine/data/idx_writer.h"
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <numeric>

using namespace duet;
using namespace duet::test;
namespace fs = std::filesystem;

class TestDataset : public QObject {
  Q_OBJECT
  QTemporaryDir scratch_;
  fs::path folder_;

  void put(IdxRole role, const std::string &bytes) { write_file(folder_ / idx_names[role], bytes); }
  DataSettings own() const {
    DataSettings settings;
    settings.source = folder_.string();
    return settings;
  }
  /// The sentence load_dataset fails with; empty when it does not.
  static std::string failure(const DataSettings &settings, ExitCode expected = ExitCode::data) {
    try {
      load_dataset(settings, 1);
    } catch (const Error &error) {
      return error.code() == expected ? error.what() : "wrong exit code";
    }
    return {};
  }
  static std::array<int, 10> count_labels(const ImageSet &images) {
    std::array<int, 10> counts{};
    for (const auto label : images.targets)
      ++counts[label];
    return counts;
  }

private Q_SLOTS:
  void initTestCase() {
    qputenv("XDG_DATA_HOME", scratch_.filePath("xdg").toUtf8());
    qunsetenv("DUET_DATA");
  }

  /// 6 training images and 3 test images of 2 x 3 pixels; pixel value = 10 * image + position.
  void init() {
    static int next = 0;
    folder_ = scratch_.filePath(QString::number(next++)).toStdString();
    fs::create_directories(folder_);
    std::string pixels;
    for (int image = 0; image < 6; ++image)
      for (int i = 0; i < 6; ++i)
        pixels += static_cast<char>(10 * image + i);
    put(train_images, idx_images(6, 2, 3, pixels));
    put(train_labels, idx_labels({3, 1, 4, 1, 5, 9}));
    put(test_images, idx_images(3, 2, 3, pixels.substr(0, 18)));
    put(test_labels, idx_labels({2, 1, 3}));
  }

  void miniIsBuiltInAndStratified() {
    const Dataset mini = load_dataset(DataSettings{}, 1);
    QCOMPARE(mini.files.source, std::string("mnist-mini"));
    QCOMPARE(mini.train.size(), std::size_t{6000});
    QCOMPARE(mini.test.size(), std::size_t{2000});
    QCOMPARE(mini.validation.size(), std::size_t{0});
    QCOMPARE(mini.train.rows, 28);
    QCOMPARE(mini.train.cols, 28);
    // MNIST's own counts, a tenth and a fifth of them.
    const std::array<double, 10> train = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
    const std::array<double, 10> test = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};
    for (std::size_t c = 0; c < 10; ++c) {
      QVERIFY(std::abs(count_labels(mini.train)[c] - train[c] / 10) < 1);
      QVERIFY(std::abs(count_labels(mini.test)[c] - test[c] / 5) < 1);
    }
    QCOMPARE(image_shape("mnist-mini").rows, 28);
  }

  void miniIsWhatTheScriptMade() {
    const std::array<const char *, 4> sha256 = {
        "c8c732212f84fd2d7fe9d0510d3016b3447ad9cb25b240ee896d7dc7488cba1f",
        "3b59007ee45e5ae9211a3a0960a6303e80f9dcb159882febfd02fdf15dfeb6a8",
        "6ab81100bba8b2a03b3093810926550a560a1f33ebe2a5fd3ca847b54736b55f",
        "54e093c5276271edad0806dfa3e258f8fed0619c122da3266f68f28b8d2ad04a"};
    for (const IdxRole role : {train_images, train_labels, test_images, test_labels})
      QCOMPARE(sha256_hex(gunzip(embedded_mnist_mini(role), "mini", 1u << 30)), std::string(sha256[role]));
  }

  void ownFolder() {
    const Dataset data = load_dataset(own(), 1);
    QCOMPARE(data.train.size(), std::size_t{6});
    QCOMPARE(data.test.size(), std::size_t{3});
    QCOMPARE(data.train.rows, 2);
    QCOMPARE(data.train.cols, 3);
    QCOMPARE(int(data.train.image(4)[5]), 45);
    QVERIFY(data.train.targets == std::vector<std::uint8_t>({3, 1, 4, 1, 5, 9}));
    QCOMPARE(image_shape(folder_.string()).cols, 3);
  }

  void gzippedFolderIsTheSame() {
    const Dataset raw = load_dataset(own(), 1);
    for (const IdxRole role : {train_images, train_labels, test_images, test_labels}) {
      const fs::path file = folder_ / idx_names[role];
      write_file(file.string() + ".gz", gzipped(read_file(file)));
      fs::remove(file);
    }
    const Dataset packed = load_dataset(own(), 1);
    QVERIFY(packed.train.pixels == raw.train.pixels);
    QVERIFY(packed.test.targets == raw.test.targets);
    QCOMPARE(image_shape(folder_.string()).rows, 2);
  }

  void aGzipOfSeveralMembersIsRead() {
    const std::string labels = idx_labels({3, 1, 4, 1, 5, 9});
    put(train_labels, gzipped(labels.substr(0, 10)) + gzipped(labels.substr(10)));
    QCOMPARE(load_dataset(own(), 1).train.targets.back(), std::uint8_t{9});
  }

  void classesThenLimitsInFileOrder() {
    DataSettings settings = own();
    settings.classes = {1, 3, 5};
    settings.train_limit = 3;
    settings.test_limit = 1;
    const Dataset data = load_dataset(settings, 1);
    QVERIFY(data.train.targets == std::vector<std::uint8_t>({1, 0, 0}));
    QVERIFY(data.train.file_index == std::vector<std::uint32_t>({0, 1, 3}));
    QCOMPARE(int(data.train.image(2)[0]), 30);
    QVERIFY(data.test.file_index == std::vector<std::uint32_t>({1}));
  }

  void validationIsStratifiedAndDrawnBySeed() {
    DataSettings settings;
    settings.validation = 0.25;
    const Dataset one = load_dataset(settings, 1), again = load_dataset(settings, 1),
                  two = load_dataset(settings, 2);
    const auto whole = count_labels(load_dataset(DataSettings{}, 1).train),
               held = count_labels(one.validation);
    for (std::size_t c = 0; c < 10; ++c)
      QVERIFY(std::abs(held[c] - 0.25 * whole[c]) <= 0.5);
    QCOMPARE(one.train.size() + one.validation.size(), std::size_t{6000});
    std::vector<std::uint32_t> both;
    std::merge(one.train.file_index.begin(), one.train.file_index.end(), one.validation.file_index.begin(),
               one.validation.file_index.end(), std::back_inserter(both));
    std::vector<std::uint32_t> every(6000);
    std::iota(every.begin(), every.end(), 0u);
    QVERIFY(both == every); // nothing lost, nothing twice
    QVERIFY(one.validation.file_index == again.validation.file_index);
    QVERIFY(one.validation.file_index != two.validation.file_index);
    QCOMPARE(one.test.size(), std::size_t{2000});
  }

  void validationFollowsTheImageNotItsNeighbours() {
    DataSettings all, few;
    all.validation = few.validation = 0.3;
    few.classes = {7};
    const Dataset whole = load_dataset(all, 5), sevens = load_dataset(few, 5);
    std::vector<std::uint32_t> expected;
    for (std::size_t i = 0; i < whole.validation.size(); ++i)
      if (whole.validation.targets[i] == 7) // default classes: output 7 is label 7
        expected.push_back(whole.validation.file_index[i]);
    QVERIFY(sevens.validation.file_index == expected);
  }

  void damaged_data() {
    QTest::addColumn<int>("role");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, IdxRole role, const std::string &bytes, const char *says) {
      QTest::newRow(name) << int(role) << QByteArray::fromStdString(bytes) << says;
    };
    const std::string six(36, 'p');
    row("empty", train_images, "", "16 header bytes");
    row("half a header", train_images, idx_images(6, 2, 3, "").substr(0, 11), "16 header bytes");
    row("labels for images", train_images, idx_labels({1, 2, 3, 4, 5, 6, 7, 8, 9}), "0x00000801");
    row("images for labels", test_labels, idx_images(1, 1, 1, "x"), "0x00000803");
    row("truncated", train_images, idx_images(6, 2, 3, six.substr(1)), "truncated");
    row("too long", train_images, idx_images(6, 2, 3, six + "x"), "longer");
    row("huge count", train_images, idx_images(0xffffffff, 256, 256, six), "truncated");
    row("huge count, gz", train_images, gzipped(idx_images(0xffffffff, 256, 256, six)), "truncated");
    row("no rows", train_images, idx_images(6, 0, 3, ""), "0 x 3 pixels");
    row("huge sides", train_images, idx_images(6, 70000, 70000, six), "70000 x 70000 pixels");
    row("too many pixels", train_images, idx_images(6, 256, 257, six), "65,536");
    row("one pixel too wide", train_images, idx_images(6, 1, 65537, six), "65,536");
    row("one pixel too high", train_images, idx_images(6, 65537, 1, six), "65,536");
    row("the widest and highest", train_images, idx_images(6, 0xffffffff, 0xffffffff, six), "65,536");
    row("one image more", train_images, idx_images(7, 2, 3, six + six.substr(0, 6)), "7 images");
    row("one label less", train_labels, idx_labels({3, 1, 4, 1, 5}), "5 labels");
    row("a label of QMNIST too large", train_labels, idx_int_labels({3, 1, 4, 1, 256, 9}, 2),
        "label 256 of image 4");
    row("a label of QMNIST below 0", train_labels, idx_int_labels({3, 1, 4, 1, 5, -1}, 2),
        "label -1 of image 5");
    row("QMNIST's labels cut", train_labels, idx_int_labels({3, 1, 4, 1, 5, 9}, 8).substr(0, 150),
        "truncated");
    row("labels without columns", train_labels, idx_int_labels({}, 0), "0 columns");
    row("labels of a float type", train_labels, big_endian(0xD01) + big_endian(6) + std::string(24, 'x'),
        "0x00000d01");
    row("another size", test_images, idx_images(3, 3, 3, std::string(27, 'q')), "of 3 x 3.");
    row("cut gzip", train_images, gzipped(idx_images(6, 2, 3, six)).substr(0, 30), "gzip stream");
    row(
        "cut at the checksum", train_images,
        [&] {
          const std::string whole = gzipped(idx_images(6, 2, 3, six));
          return whole.substr(0, whole.size() - 8);
        }(),
        "gzip stream");
    row(
        "wrong checksum", train_images,
        [&] {
          std::string whole = gzipped(idx_images(6, 2, 3, six));
          whole[whole.size() - 8] = static_cast<char>(whole[whole.size() - 8] ^ 1);
          return whole;
        }(),
        "gzip stream");
    row("a bomb", train_images, gzipped(idx_images(6, 2, 3, std::string(5u << 20, '\0'))), "longer");
  }
  void damaged() {
    QFETCH(int, role);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    put(static_cast<IdxRole>(role), bytes.toStdString());
    const std::string text = failure(own());
    QVERIFY2(text.find(says.toStdString()) != std::string::npos, text.c_str());
    QVERIFY2(text.find(folder_.string()) != std::string::npos, text.c_str());
  }

  void labelsOutsideTheClassesAreLeftOutAndCounted() {
    put(train_labels, idx_labels({3, 1, 26, 1, 5, 9}));
    const Dataset data = load_dataset(own(), 1); // classes 0 to 9
    QVERIFY(data.train.targets == std::vector<std::uint8_t>({3, 1, 1, 5, 9}));
    QVERIFY(data.train.file_index == std::vector<std::uint32_t>({0, 1, 3, 4, 5}));
    QCOMPARE(data.files.train.total(), std::size_t{6});
    QCOMPARE(data.files.train.of({1, 26}), std::size_t{3});
    QVERIFY(data.files.train.labels() == std::vector<int>({1, 3, 5, 9, 26}));
    QCOMPARE(data.files.test.total(), std::size_t{3});
  }

  void classesTakeTheOutputsInTheOrderGiven() {
    put(train_labels, idx_labels({3, 1, 255, 1, 5, 9}));
    DataSettings settings = own();
    settings.classes = {255, 3, 1};
    const Dataset data = load_dataset(settings, 1);
    QVERIFY(data.train.targets == std::vector<std::uint8_t>({1, 2, 0, 2}));
    QVERIFY(data.test.targets == std::vector<std::uint8_t>({2, 1})); // of labels 2, 1, 3
    QVERIFY(label_of(settings.classes, 0) == 255);
    QVERIFY(label_of(settings.classes, 2) == 1);
    QVERIFY(!label_of(settings.classes, 3));
  }

  void theLargestImageHasAsManyPixelsAsAListCanName() {
    put(train_images, idx_images(6, 1, max_pixels, std::string(6 * max_pixels, 'p')));
    put(test_images, idx_images(3, 1, max_pixels, std::string(3 * max_pixels, 'p')));
    QCOMPARE(load_dataset(own(), 1).train.cols, 65'536);
    QCOMPARE(image_shape(folder_.string()).cols, 65'536);
  }

  void surveyCountsWithoutReadingImages() {
    put(train_labels, idx_labels({3, 1, 26, 1, 5, 9}));
    put(train_images, idx_images(6, 2, 3, "cut")); // only its header is read
    const Survey seen = survey(folder_.string());
    QCOMPARE(seen.source, folder_.string());
    QCOMPARE(seen.shape.cols, 3);
    QCOMPARE(seen.train.images[26], 1u);
    QCOMPARE(seen.test.total(), std::size_t{3});
  }

  void aShareThatHoldsOutNothingIsRefused() {
    DataSettings settings = own(); // at most two images a class
    settings.validation = 0.2;
    const std::string text = failure(settings, ExitCode::usage);
    QVERIFY2(text.find("data.validation is 0.2") != std::string::npos, text.c_str());
    QVERIFY2(text.find("raise it to 0.25 or") != std::string::npos, text.c_str());
    settings.validation = 0.25; // what was advised is enough
    QCOMPARE(load_dataset(settings, 1).validation.size(), std::size_t{1});
  }

  void nothingLeftIsSaid() {
    DataSettings settings = own();
    settings.classes = {0, 8};
    QVERIFY(failure(settings).find("No image of data.classes") != std::string::npos);
    QVERIFY(failure(settings).find("1, 3, 4, 5 and 9") != std::string::npos);
    settings = own();
    settings.validation = 0.999;
    QVERIFY(failure(settings, ExitCode::usage).find("data.validation") != std::string::npos);
  }

  void missingFoldersAreNamed() {
    DataSettings settings;
    settings.source = "no/such/folder";
    const std::string text = failure(settings);
    QVERIFY(text.find("no/such/folder") != std::string::npos);
    QVERIFY(text.find("mnist-mini") != std::string::npos);
    QVERIFY_EXCEPTION_THROWN(image_shape("no/such/folder"), Error);
  }

  void aMissingNamedSetSaysHowToGetIt() {
    DataSettings settings;
    settings.source = "kmnist";
    const CatalogEntry &entry = *find_in_catalog("kmnist");
    if (find_set(entry)) { // this machine has it in a system folder
      QVERIFY(failure(settings).empty());
      return;
    }
    const std::string text = failure(settings);
    QVERIFY(text.find("duet-cli data fetch kmnist") != std::string::npos);
    QVERIFY(text.find(fetch_folder(entry).string()) != std::string::npos);
  }

  void namedSetsAreCheckedByDigest() {
    const fs::path named = folder_ / "mnist";
    fs::create_directories(named);
    for (const IdxRole role : {train_images, train_labels, test_images, test_labels})
      fs::copy_file(folder_ / idx_names[role], named / idx_names[role]);
    qputenv("DUET_DATA", folder_.c_str());
    DataSettings settings;
    settings.source = "mnist";
    const std::string text = failure(settings);
    qunsetenv("DUET_DATA");
    QVERIFY2(text.find("digest") != std::string::npos, text.c_str());
    QVERIFY(text.find(named.string()) != std::string::npos);
  }

  void theSearchPathIsTheOneWrittenDown() {
    const CatalogEntry &entry = *find_in_catalog("fashion-mnist");
    qputenv("DUET_DATA", "/somewhere");
    const auto folders = search_folders(entry);
    qunsetenv("DUET_DATA");
    QCOMPARE(folders.size(), std::size_t{3});
    QCOMPARE(folders[0], fs::path("/somewhere/fashion-mnist"));
    QCOMPARE(folders[1], fs::path(scratch_.filePath("xdg").toStdString()) / "duet/data/fashion-mnist");
    QCOMPARE(folders[2], fs::path("/usr/share/datasets/fashion-mnist"));
  }
};

QTEST_APPLESS_MAIN(TestDataset)
#include "test_dataset.moc"
