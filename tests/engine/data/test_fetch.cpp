// Fetching data sets from a server on loopback: whole, checked, or not at all.
#include "engine/base/error.h"
#include "engine/data/dataset.h"
#include "engine/data/fetch.h"
#include "engine/io/archive.h"
#include "engine/io/child.h"
#include "engine/io/files.h"
#include "tests/engine/data/idx_writer.h"
#include "tests/engine/data/small_server.h"
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace duet;
using namespace duet::test;
namespace fs = std::filesystem;

class TestFetch : public QObject {
  Q_OBJECT
  QTemporaryDir scratch_;
  std::map<std::string, std::string> files_; ///< path on the server -> bytes
  CatalogEntry entry_;

  static std::string path_of(IdxRole role) { return "/set/" + std::string(idx_names[role]) + ".gz"; }

  template <class Action> static std::pair<std::string, ExitCode> failure(const Action &action) {
    try {
      action();
    } catch (const Error &error) {
      return {error.what(), error.code()};
    }
    return {"", ExitCode::done};
  }
  /// Everything in the data folder, hidden files too.
  static std::size_t entries_in_data_folder() {
    std::error_code ignored;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(duet_data_home() / "data", ignored), fs::directory_iterator()));
  }
  static std::string tar_header(const std::string &name, std::size_t size, char type = '0') {
    std::string header(512, '\0');
    header.replace(0, name.size(), name);
    std::string octal;
    for (int shift = 30; shift >= 0; shift -= 3)
      octal += static_cast<char>('0' + (size >> shift & 7));
    header.replace(124, octal.size(), octal);
    header[156] = type;
    header.replace(257, 5, "ustar");
    header.replace(148, 8, "        ");
    int sum = 0;
    for (const char c : header)
      sum += static_cast<unsigned char>(c);
    std::string check;
    for (int shift = 15; shift >= 0; shift -= 3)
      check += static_cast<char>('0' + (sum >> shift & 7));
    header.replace(148, 6, check);
    header[154] = '\0';
    return header;
  }
  static std::string tar_member(const std::string &name, const std::string &content) {
    return tar_header(name, content.size()) + content + std::string((512 - content.size() % 512) % 512, '\0');
  }

private Q_SLOTS:
  void initTestCase() {
    const std::array<std::string, 4> contents = {
        idx_images(4, 5, 5, std::string(100, 'a')), idx_labels({0, 1, 2, 3}),
        idx_images(2, 5, 5, std::string(50, 'b')), idx_labels({4, 5})};
    entry_.name = "tiny";
    entry_.title = "Tiny";
    entry_.url_variable = "DUET_TINY_URL";
    for (const IdxRole role : {train_images, train_labels, test_images, test_labels}) {
      files_[path_of(role)] = gzipped(contents[role]);
      static std::array<std::string, 4> digests;
      digests[role] = md5_hex(files_[path_of(role)]);
      entry_.files[role].gz_md5 = digests[role];
    }
    qunsetenv("DUET_DATA");
    for (const char *proxy : {"http_proxy", "all_proxy", "ALL_PROXY"})
      qunsetenv(proxy); // loopback is asked directly
  }
  void init() {
    static int next = 0;
    qputenv("XDG_DATA_HOME", scratch_.filePath("home" + QString::number(next++)).toUtf8());
    qunsetenv("DUET_TINY_URL");
    entry_.base_urls.clear();
  }

  void aWholeSetArrives() {
    const SmallServer server(files_);
    entry_.base_urls = {server.url() + "/set/"};
    double last = -1;
    const FetchResult result = fetch_set(entry_, [&](const FetchProgress &p) {
      QVERIFY(p.fraction >= last && p.fraction <= 1.0);
      last = p.fraction;
    });
    QVERIFY(last > 0.99);
    QVERIFY(!result.was_there);
    QCOMPARE(result.folder, fetch_folder(entry_));
    QCOMPARE(entries_in_data_folder(), std::size_t{1});
    DataSettings settings;
    settings.source = result.folder.string();
    QCOMPARE(load_dataset(settings, 1).train.size(), std::size_t{4});
    QVERIFY(fetch_set(entry_).was_there);
    QCOMPARE(server.requests(), 4);
  }

  void theVariableNamesTheOnlySource() {
    const SmallServer good(files_), other({});
    entry_.base_urls = {other.url() + "/"};
    qputenv("DUET_TINY_URL", (good.url() + "/set").c_str());
    QCOMPARE(fetch_set(entry_).from, good.url() + "/set/");
    QCOMPARE(other.requests(), 0);
  }

  void theNextSourceIsTriedAfterOneThatFails() {
    const SmallServer empty({}), good(files_);
    entry_.base_urls = {empty.url() + "/set/", good.url() + "/set/"};
    QCOMPARE(fetch_set(entry_).from, good.url() + "/set/");
    QCOMPARE(empty.requests(), 1);
  }

  void aWrongFileIsRefusedAndNothingPlaced() {
    auto files = files_;
    files[path_of(test_labels)] = gzipped(idx_labels({5, 4}));
    const SmallServer server(files);
    entry_.base_urls = {server.url() + "/set/"};
    const auto [text, code] = failure([&] { fetch_set(entry_); });
    QCOMPARE(code, ExitCode::data);
    QVERIFY2(text.find("t10k-labels-idx1-ubyte") != std::string::npos, text.c_str());
    QVERIFY2(text.find("digest") != std::string::npos, text.c_str());
    QCOMPARE(entries_in_data_folder(), std::size_t{0});
  }

  void aCutDownloadIsRefused() {
    const SmallServer server(files_, SmallServer::Manner::cut);
    entry_.base_urls = {server.url() + "/set/"};
    QCOMPARE(failure([&] { fetch_set(entry_); }).second, ExitCode::data);
    QCOMPARE(entries_in_data_folder(), std::size_t{0});
  }

  void offlineIsSaidClearly() {
    std::string closed;
    {
      const SmallServer gone({});
      closed = gone.url() + "/set/";
    }
    entry_.base_urls = {closed};
    const auto [text, code] = failure([&] { fetch_set(entry_); });
    QCOMPARE(code, ExitCode::data);
    QVERIFY2(text.find("check the network connection") != std::string::npos, text.c_str());
    QVERIFY2(text.find(closed) != std::string::npos, text.c_str());
    QVERIFY2(text.find(fetch_folder(entry_).string()) != std::string::npos, text.c_str());
    QCOMPARE(text.find('\n'), std::string::npos);
  }

  void aStopEndsAHangingDownload() {
    const SmallServer server(files_, SmallServer::Manner::hangs);
    entry_.base_urls = {server.url() + "/set/"};
    std::stop_source stop;
    const std::jthread stopper([&] {
      while (server.requests() == 0)
        std::this_thread::yield();
      stop.request_stop();
    });
    QCOMPARE(failure([&] { fetch_set(entry_, {}, stop.get_token()); }).second, ExitCode::interrupted);
    QCOMPARE(entries_in_data_folder(), std::size_t{0});
  }

  void aDamagedSetIsReplaced() {
    const SmallServer server(files_);
    entry_.base_urls = {server.url() + "/set/"};
    fetch_set(entry_);
    const fs::path file = fetch_folder(entry_) / "train-images-idx3-ubyte.gz";
    fs::resize_file(file, 20);
    QVERIFY(!fetch_set(entry_).was_there);
    QVERIFY(read_file(file) == files_[path_of(train_images)]);
    QCOMPARE(entries_in_data_folder(), std::size_t{1});
  }

  void aFailedFetchKeepsWhatIsThere() {
    fs::create_directories(fetch_folder(entry_));
    write_file(fetch_folder(entry_) / "train-labels-idx1-ubyte", "mine");
    const SmallServer server({});
    entry_.base_urls = {server.url() + "/set/"};
    QCOMPARE(failure([&] { fetch_set(entry_); }).second, ExitCode::data);
    QVERIFY(read_file(fetch_folder(entry_) / "train-labels-idx1-ubyte") == "mine");
  }

  void anUnwritableHomeIsAWriteError() {
    const QByteArray file = scratch_.filePath("file").toUtf8();
    write_file(file.toStdString(), "no folder");
    qputenv("XDG_DATA_HOME", file);
    QCOMPARE(failure([&] { fetch_set(entry_); }).second, ExitCode::write);
  }

  void knownSetsSayWhereTheyComeFrom() {
    for (const CatalogEntry &known : catalog())
      if (!known.built_in) {
        QVERIFY(!known.base_urls.empty());
        QVERIFY(!known.licence.empty());
        QVERIFY(!known.url_variable.empty());
      }
    QVERIFY(fetch_set(*find_in_catalog("mnist-mini")).was_there);
  }

  void aWrongKmnistIsRefusedByItsPublishedDigest() {
    CatalogEntry kmnist = *find_in_catalog("kmnist");
    kmnist.system_folders.clear(); // as on a machine without it
    const SmallServer server(files_);
    qputenv("DUET_KMNIST_URL", (server.url() + "/set").c_str());
    const auto [text, code] = failure([&] { fetch_set(kmnist); });
    qunsetenv("DUET_KMNIST_URL");
    QCOMPARE(code, ExitCode::data);
    QVERIFY2(text.find("digest") != std::string::npos, text.c_str());
  }

  void tarArchivesAreRead() {
    const std::string end(1024, '\0');
    const std::string archive = tar_header("package/", 0, '5') + tar_member("package/data/a", "abc") +
                                tar_member("package/b", std::string(512, 'b')) + end;
    const auto files = read_archive(archive, "x.tar", 1000);
    QCOMPARE(files.size(), std::size_t{2});
    QVERIFY(files.at("package/data/a") == "abc");
    QVERIFY(files.at("package/b") == std::string(512, 'b'));
    for (std::size_t size = 0; size + end.size() < archive.size(); size += 100)
      QVERIFY_EXCEPTION_THROWN(read_archive(std::string_view(archive).substr(0, size), "x.tar", 1000), Error);
    std::string damaged = archive;
    damaged[700] = 'x'; // within the second header
    QVERIFY_EXCEPTION_THROWN(read_archive(damaged, "x.tar", 1000), Error);
    QVERIFY_EXCEPTION_THROWN(read_archive(archive, "x.tar", 514), Error); // one byte less than it holds
    const std::string packed = gzipped(archive);
    QCOMPARE(read_archive(packed, "x.tgz", 1000), files);
    QVERIFY_EXCEPTION_THROWN(read_archive(packed.substr(0, packed.size() - 20), "x.tgz", 1000), Error);
    QVERIFY_EXCEPTION_THROWN(read_archive("no archive at all", "x.tgz", 1000), Error);
  }

  void childrenAreRunAndStopped() {
    const fs::path folder = scratch_.path().toStdString();
    const ChildResult said = run_child({"sh", "-c", "pwd; echo one >&2; echo two; echo; exit 3"}, folder, {});
    QCOMPARE(said.exit_code, 3);
    QCOMPARE(said.last_line(), std::string("two"));
    QVERIFY(said.output.find(folder.string()) == 0);
    QVERIFY(!run_child({"duet-no-such-program"}, folder, {}).started);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(run_child({"sleep", "1000"}, folder, stop.get_token()).exit_code, 128 + SIGTERM);
  }
};

QTEST_APPLESS_MAIN(TestFetch)
#include "test_fetch.moc"
