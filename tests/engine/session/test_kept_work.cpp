// Unsaved work on disk: written whole, held while its window lives, offered afterwards, and thinned by a
// rule.
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "engine/session/kept_home.h"
#include "engine/session/training_run.h"
#include "tests/support/small_experiments.h"
#include <QTemporaryDir>
#include <QtTest/QTest>
#include <csignal>
#include <set>
#include <sys/resource.h>

using namespace duet;
namespace fs = std::filesystem;

namespace {

KeptDocument document(const std::string &file = "") {
  KeptDocument d;
  d.edited = d.saved = tiny();
  d.edited.training.batch = 16;
  d.file = file;
  d.look = "{\"tab\": 2}";
  return d;
}

std::shared_ptr<const RunRecord> trained(int steps) {
  TrainingRun run(tiny(), std::make_shared<const Dataset>(load_dataset(tiny().data, 1)),
                  std::make_shared<const Workers>(1));
  for (int i = 0; i < steps; ++i)
    run.advance();
  return std::make_shared<const RunRecord>(run.record());
}

constexpr auto patience = std::chrono::seconds(20);

struct Home {
  QTemporaryDir folder;
  fs::path path() const { return fs::path(folder.path().toStdString()) / "autosave"; }
  std::vector<fs::path> entries() const {
    std::vector<fs::path> all;
    std::error_code error;
    for (const auto &each : fs::directory_iterator(path(), error))
      all.push_back(each.path());
    return all;
  }
};

/// While this lives no file of this process grows beyond a few bytes.
class FullDisk {
public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{64, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
  rlimit before_{};
};

} // namespace

class TestKeptWork : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void manifest_round_trips() {
    KeptManifest manifest;
    manifest.at = 1795264999;
    manifest.owner = 42;
    manifest.document = document("/home/x/a \"b\".json");
    QCOMPARE(parse_manifest(to_json(manifest), "x"), manifest);
    manifest.run = KeptRun{"run-3", 188, 1, 10, 0.875};
    QCOMPARE(parse_manifest(to_json(manifest), "x"), manifest);
    manifest.run->test_accuracy.reset();
    QCOMPARE(parse_manifest(to_json(manifest), "x"), manifest);
  }

  void a_damaged_manifest_is_named() {
    const std::string good = to_json(KeptManifest());
    for (const std::string &bad : {std::string("{"), std::string("[]"), good.substr(0, good.size() / 2),
                                   std::string("{\"duet_kept\": 1}"), std::string("{\"duet_kept\": 2}")})
      try {
        parse_manifest(bad, "kept.json");
        QFAIL(bad.c_str());
      } catch (const Error &error) {
        QVERIFY(error.code() == ExitCode::data);
        QVERIFY2(std::string(error.what()).starts_with("kept.json "), error.what());
      }
    KeptManifest outside;
    outside.run = KeptRun{"../../other", 0, 0, 0, {}};
    QVERIFY_EXCEPTION_THROWN(parse_manifest(to_json(outside), "x"), Error);
  }

  void nothing_kept_leaves_nothing() {
    Home home;
    { KeptEntry entry(home.path()); }
    QVERIFY(!fs::exists(home.path()));
    QVERIFY(list_kept(home.path()).empty());
  }

  void what_lives_is_not_offered_and_what_ended_is() {
    Home home;
    const auto record = trained(3);
    {
      KeptEntry entry(home.path());
      entry.keep(document("/somewhere/my run"));
      entry.keep(7, record);
      QCOMPARE(entry.flush(patience), std::string());
      QCOMPARE(home.entries().size(), std::size_t{1});
      QVERIFY(list_kept(home.path()).empty()); // held by this window
      QVERIFY_EXCEPTION_THROWN(discard_kept(home.entries()[0]), Error);
    }
    const auto list = list_kept(home.path());
    QCOMPARE(list.size(), std::size_t{1});
    const KeptManifest &manifest = list[0].manifest;
    QVERIFY(list[0].problem.empty() && list[0].bytes > 1000);
    QCOMPARE(manifest.document, document("/somewhere/my run"));
    QVERIFY(manifest.run && manifest.at > 1'700'000'000);
    QCOMPARE(manifest.run->step, std::uint64_t{2}); // two batches and the epoch's evaluation
    QCOMPARE(manifest.run->epoch, 1);
    QCOMPARE(manifest.run->epochs, tiny().training.epochs);
    QCOMPARE(*manifest.run->test_accuracy, record->rows.back().test_accuracy);
    QCOMPARE(read_run(list[0].folder / manifest.run->folder).checkpoint.tensors, record->checkpoint.tensors);
    // Whoever takes it has it alone.
    auto taken = take_kept(list[0]);
    QVERIFY(list_kept(home.path()).empty());
    QVERIFY_EXCEPTION_THROWN(take_kept(list[0]), Error);
    taken.reset();
    discard_kept(list[0].folder);
    QVERIFY(home.entries().empty());
  }

  void a_newer_run_takes_the_place_of_the_older() {
    Home home;
    KeptEntry entry(home.path());
    entry.keep(document());
    for (int steps : {1, 2, 4}) {
      entry.keep(1, trained(steps));
      QCOMPARE(entry.flush(patience), std::string());
    }
    std::set<std::string> names;
    for (const auto &each : fs::directory_iterator(home.entries()[0]))
      names.insert(each.path().filename().string());
    QCOMPARE(names, (std::set<std::string>{".lock", "kept.json", "run-3"}));
  }

  void a_saved_document_leaves_nothing() {
    Home home;
    KeptEntry entry(home.path());
    entry.keep(document());
    entry.keep(1, trained(2));
    entry.clear(1, 2);
    QCOMPARE(entry.flush(patience), std::string());
    QVERIFY(home.entries().empty());
    entry.keep(document()); // edited again
    QCOMPARE(entry.flush(patience), std::string());
    QCOMPARE(home.entries().size(), std::size_t{1});
  }

  void what_was_trained_since_the_save_stays() {
    Home home;
    {
      KeptEntry entry(home.path());
      entry.keep(document());
      entry.keep(1, trained(2));
      QCOMPARE(entry.flush(patience), std::string());
      entry.clear(1, 1); // the window has heard of step 1 only
      QCOMPARE(entry.flush(patience), std::string());
    }
    QCOMPARE(list_kept(home.path()).size(), std::size_t{1});
  }

  void restored_work_is_kept_on_in_its_place() {
    Home home;
    {
      KeptEntry entry(home.path());
      entry.keep(document());
      entry.keep(1, trained(1));
    }
    {
      auto taken = take_kept(list_kept(home.path()).at(0));
      KeptDocument later = document();
      later.edited.training.batch = 8;
      taken->keep(later);
      QCOMPARE(taken->flush(patience), std::string());
    }
    const auto list = list_kept(home.path());
    QCOMPARE(list.size(), std::size_t{1});
    QCOMPARE(list[0].manifest.document.edited.training.batch, 8);
    QVERIFY(list[0].manifest.run && list[0].problem.empty()); // the run is still there
  }

  void a_disk_that_fails_is_told_and_tried_again() {
    Home home;
    write_file(home.path(), "a file in the way");
    KeptEntry entry(home.path());
    entry.keep(document());
    const std::string problem = entry.flush(patience);
    QVERIFY2(problem.find(home.path().string()) != std::string::npos, problem.c_str());
    QCOMPARE(entry.problem(), problem);
    entry.keep(1, trained(1)); // fails too, and forgets nothing
    entry.flush(patience);
    fs::remove(home.path());
    QCOMPARE(entry.flush(patience), std::string());
    QVERIFY(entry.problem().empty());
    QCOMPARE(home.entries().size(), std::size_t{1});
    const std::string text = read_file(home.entries()[0] / kept_manifest_name);
    const KeptManifest manifest = parse_manifest(text, "x");
    QCOMPARE(manifest.document, document());
    QVERIFY(manifest.run);
  }

  void a_failed_write_leaves_the_last_good_one() {
    Home home;
    {
      std::optional<FullDisk> full; // until the entry has given up
      KeptEntry entry(home.path());
      entry.keep(document());
      entry.keep(1, trained(1));
      QCOMPARE(entry.flush(patience), std::string());
      write_file(home.entries()[0] / "run-2", "a file in the way");
      full.emplace();
      entry.keep(1, trained(2));
      QVERIFY(!entry.flush(patience).empty());
    }
    const auto list = list_kept(home.path());
    QCOMPARE(list.size(), std::size_t{1});
    QCOMPARE(list[0].manifest.run->folder, std::string("run-1"));
    QVERIFY(list[0].problem.empty());
  }

  void nothing_is_orphaned() {
    Home home;
    fs::create_directories(home.path() / "empty");
    fs::create_directories(home.path() / "killed" / "run-1");
    write_file(home.path() / "killed" / ".kept.json.tmp-1-1", "half of");
    fs::create_directories(home.path() / "damaged");
    write_file(home.path() / "damaged" / "kept.json", "{");
    KeptManifest lost;
    lost.at = 5;
    lost.run = KeptRun{"run-1", 1, 1, 1, {}};
    fs::create_directories(home.path() / "lost");
    write_file(home.path() / "lost" / "kept.json", to_json(lost));
    const auto list = list_kept(home.path());
    std::set<std::string> offered, left;
    for (const KeptWork &work : list) {
      offered.insert(work.folder.filename().string());
      QVERIFY(!work.problem.empty());
    }
    for (const fs::path &entry : home.entries())
      left.insert(entry.filename().string());
    QCOMPARE(offered, (std::set<std::string>{"damaged", "lost"})); // they can be discarded
    QCOMPARE(left, offered);
    for (const KeptWork &work : list)
      discard_kept(work.folder);
    QVERIFY(home.entries().empty());
  }

  /// Before there were manifests a run folder or an experiment lay here by itself.
  void what_earlier_versions_kept_is_offered() {
    Home home;
    fs::create_directories(home.path() / "run-20260101-000000-000");
    write_run(home.path() / "run-20260101-000000-000", *trained(2));
    write_file(home.path() / "experiment-20260101-000000-000.json", to_json(tiny()));
    auto list = list_kept(home.path());
    QCOMPARE(list.size(), std::size_t{2});
    for (const KeptWork &work : list) {
      QVERIFY2(work.problem.empty(), work.problem.c_str());
      QCOMPARE(work.manifest.document.edited, tiny());
    }
    const auto run =
        std::ranges::find_if(list, [](const KeptWork &work) { return work.manifest.run.has_value(); });
    QVERIFY(run != list.end());
    QCOMPARE(run->manifest.run->step, std::uint64_t{2});
    {
      auto taken = take_kept(*run);
      taken->keep(1, trained(4));
      QCOMPARE(taken->flush(patience), std::string());
    }
    list = list_kept(home.path());
    QCOMPARE(list.size(), std::size_t{2});
    QCOMPARE(list[0].manifest.run->folder, std::string("run-1")); // in the form of today
    QVERIFY(!holds_run(list[0].folder));
  }

  void the_rule_drops_the_oldest_and_never_the_newest() {
    constexpr std::int64_t now = 1'800'000'000, day = 86400;
    std::vector<KeptWork> list(12);
    for (std::size_t i = 0; i < list.size(); ++i) {
      list[i].folder = std::to_string(i);
      list[i].manifest.at = now - static_cast<std::int64_t>(i) * day;
      list[i].bytes = 1;
    }
    const auto names = [&](const KeptRule &rule, std::int64_t later = 0) {
      std::string text;
      for (const fs::path &folder : beyond(rule, list, now + later))
        text += folder.string() + " ";
      return text;
    };
    QCOMPARE(names({}), std::string("10 11 "));
    QCOMPARE(names({.count = 20, .days = 5}), std::string("6 7 8 9 10 11 "));
    QCOMPARE(names({.count = 20, .bytes = 9}), std::string("9 10 11 "));
    QCOMPARE(names({.count = 20, .days = 30}, 1000 * day), std::string("1 2 3 4 5 6 7 8 9 10 11 "));
    list[0].bytes = 100; // alone too large: it stays
    QCOMPARE(names({.count = 2, .bytes = 9}), std::string("1 2 3 4 5 6 7 8 9 10 11 "));
  }
};

QTEST_APPLESS_MAIN(TestKeptWork)
#include "test_kept_work.moc"
