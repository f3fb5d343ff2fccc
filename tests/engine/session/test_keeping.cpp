// What a session keeps of runs that no folder holds, and of runs that others took the place of.
#include "engine/session/kept_home.h"
#include "engine/session/run_shelf.h"
#include "player.h"
#include <QTemporaryDir>
#include <QtTest/QTest>
#include <future>
#include <map>
#include <set>

using namespace duet;

class TestKeeping : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void what_is_trained_is_kept_by_itself();
  void kept_run_resumes_to_the_same_bits();
  void another_document_leaves_the_last_one_kept();
  void what_a_folder_holds_is_not_kept();
  void every_replaced_run_comes_back();
  void another_run_is_replaced_only_when_told();
  void views_say_which_commands_they_show();
};

namespace {

/// Trained to its end, the run has the bits of one without a window.
void ends_as_headless(Player &player) {
  player.session.send(Run{});
  QVERIFY(player.wait(Phase::finished));
  QTemporaryDir out;
  player.session.send(Save{out.path().toStdString()});
  QVERIFY(player.wait([](const SessionView &v) { return v.saved; }));
  QCOMPARE(signature_of(read_tensors(out.path().toStdString() + "/model.safetensors")),
           headless_signature(small()));
}

} // namespace

/// Without being asked: the first batch already.
void TestKeeping::what_is_trained_is_kept_by_itself() {
  QTemporaryDir home;
  const std::filesystem::path path = home.path().toStdString();
  {
    auto kept = std::make_shared<KeptEntry>(path);
    Player player;
    player.session.send(Restart{small(), 0, kept});
    player.session.send(StepBatches{1});
    QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 1; }));
  }
  const auto list = list_kept(path);
  QCOMPARE(list.size(), std::size_t{1});
  QCOMPARE(list[0].manifest.run->step, std::uint64_t{1});
  QCOMPARE(list[0].manifest.document.edited, small());
}

void TestKeeping::kept_run_resumes_to_the_same_bits() {
  QTemporaryDir home;
  const std::filesystem::path path = home.path().toStdString();
  std::uint64_t step = 0;
  {
    auto kept = std::make_shared<KeptEntry>(path);
    Player player;
    player.session.send(Restart{small(), 0, kept});
    player.session.send(Run{}); // in the middle of training
    QVERIFY(player.wait([](const SessionView &v) { return v.training.step > 8; }));
    const auto done = std::make_shared<std::promise<void>>();
    player.session.send(KeepNow{done});
    done->get_future().wait();
  }
  const auto list = list_kept(path);
  QCOMPARE(list.size(), std::size_t{1});
  step = list[0].manifest.run->step;
  QVERIFY(step > 8);
  auto kept = take_kept(list[0]);
  Player player;
  player.session.send(OpenRun{list[0].folder / list[0].manifest.run->folder, 5, kept, ""});
  QVERIFY(player.wait([](const SessionView &v) { return v.run_id == 5 && v.dataset; }));
  QCOMPARE(player.view->training.step, step);
  QVERIFY(!player.view->saved && player.view->folder.empty()); // no file holds it yet
  ends_as_headless(player);
}

void TestKeeping::another_document_leaves_the_last_one_kept() {
  QTemporaryDir home;
  const std::filesystem::path path = home.path().toStdString();
  {
    auto first = std::make_shared<KeptEntry>(path), second = std::make_shared<KeptEntry>(path);
    Player player;
    player.session.send(Restart{small(), 1, first});
    player.session.send(StepBatches{3});
    QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 3; }));
    player.session.send(Restart{small(), 2, second}); // another document
    player.session.send(StepBatches{2});
    QVERIFY(player.wait([](const SessionView &v) { return v.run_id == 2 && v.training.step == 2; }));
    player.session.send(RestoreWeights{1}); // undone: kept where it was
    player.session.send(StepBatches{1});
    QVERIFY(player.wait([](const SessionView &v) { return v.run_id == 1 && v.training.step == 4; }));
    const auto done = std::make_shared<std::promise<void>>();
    player.session.send(KeepNow{done});
    done->get_future().wait();
  }
  std::set<std::uint64_t> steps;
  for (const KeptWork &work : list_kept(path))
    steps.insert(work.manifest.run->step);
  QCOMPARE(steps, (std::set<std::uint64_t>{2, 4}));
}

void TestKeeping::what_a_folder_holds_is_not_kept() {
  QTemporaryDir home, folder;
  auto kept = std::make_shared<KeptEntry>(home.path().toStdString());
  Player player;
  player.session.send(Restart{small(), 0, kept});
  player.session.send(StepBatches{3});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 3; }));
  player.session.send(Save{folder.path().toStdString()});
  QVERIFY(player.wait([](const SessionView &v) { return v.saved && v.training.step == 3; }));
  kept->clear(player.view->run_id, player.view->training.step);
  const auto done = std::make_shared<std::promise<void>>();
  player.session.send(KeepNow{done});
  done->get_future().wait();
  QCOMPARE(kept->flush(std::chrono::seconds(20)), std::string());
  QVERIFY(std::filesystem::is_empty(home.path().toStdString()));
}

/// More than lie ready: the older ones are packed, and come back to the same bits.
void TestKeeping::every_replaced_run_comes_back() {
  Player player;
  constexpr std::uint64_t runs = RunShelf::ready + 3;
  std::map<std::uint64_t, View> before;
  for (std::uint64_t id = 1; id <= runs; ++id) {
    Experiment e = small();
    e.seed = id;
    player.session.send(Restart{e, id, nullptr});
    player.session.send(StepBatches{static_cast<int>(7 + id)});
    QVERIFY(player.wait([&](const SessionView &v) {
      return v.run_id == id && v.training.step == 7 + id && v.phase == Phase::paused;
    }));
    before[id] = player.view;
  }
  for (std::uint64_t id = runs - 1; id >= 1; --id) {
    player.session.send(RestoreWeights{id});
    QVERIFY(player.wait([&](const SessionView &v) { return v.run_id == id; }));
    QCOMPARE(player.view->training.step, before[id]->training.step);
    QCOMPARE(player.view->experiment, before[id]->experiment);
    QCOMPARE(player.view->training.epochs->size(), before[id]->training.epochs->size());
    QCOMPARE(player.view->training.batches->size(), before[id]->training.batches->size());
    QCOMPARE(player.view->training.circuit_weights->value, before[id]->training.circuit_weights->value);
  }
  ends_as_headless(player); // the one that was packed longest
}

void TestKeeping::another_run_is_replaced_only_when_told() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.path().toStdString();
  Player player;
  QVERIFY(player.start(small()));
  player.session.send(StepBatches{2});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 2; }));
  player.session.send(Save{path});
  QVERIFY(player.wait([](const SessionView &v) { return v.saved; }));
  const std::uint64_t first = player.view->run_id;
  Experiment e = small();
  e.seed = 9;
  QVERIFY(player.start(e));
  player.session.send(StepBatches{1});
  QVERIFY(player.wait([](const SessionView &v) { return v.training.step == 1; }));
  player.session.send(Save{path});
  QVERIFY(player.wait_notice(0));
  QVERIFY2(player.view->notice->text.find("already holds a run") != std::string::npos,
           player.view->notice->text.c_str());
  QCOMPARE(read_run(path).start.seed, 1u);
  player.session.send(Save{path, true});
  QVERIFY(player.wait([](const SessionView &v) { return v.saved; }));
  QCOMPARE(read_run(path).start.seed, 9u);
  QCOMPARE(read_run(path).steps, std::uint64_t{1});
  player.session.send(RestoreWeights{first}); // what the folder held is saved nowhere now
  QVERIFY(player.wait([&](const SessionView &v) { return v.run_id == first; }));
  QVERIFY(!player.view->saved && player.view->folder.empty());
}

void TestKeeping::views_say_which_commands_they_show() {
  Player player;
  const std::uint64_t one = player.session.send(Restart{small()});
  const std::uint64_t two = player.session.send(OpenRun{"/nowhere"});
  QCOMPARE(two, one + 1);
  QVERIFY(player.wait([&](const SessionView &v) { return v.handled >= two; }));
  QVERIFY(player.view->notice && player.view->run_id == 1);
}

QTEST_APPLESS_MAIN(TestKeeping)
#include "test_keeping.moc"
