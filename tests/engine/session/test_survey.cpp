// A session that looks at sources: what they hold, and what is said of those that cannot be used.
#include "engine/io/files.h"
#include "engine/session/session.h"
#include "tests/engine/data/idx_writer.h"
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest/QTest>
#include <functional>
#include <thread>

using namespace duet;
using namespace duet::test;
namespace fs = std::filesystem;

class TestSurvey : public QObject {
  Q_OBJECT
  QTemporaryDir scratch_;
  std::string folder_;
  std::shared_ptr<const SessionView> view_;

  bool wait(Session &session, const std::function<bool(const SessionView &)> &wanted) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 10'000) {
      if (auto next = session.try_take())
        view_ = std::move(next);
      if (view_ && wanted(*view_))
        return true;
      std::this_thread::yield();
    }
    return false;
  }

private Q_SLOTS:
  void initTestCase() {
    qputenv("XDG_DATA_HOME", scratch_.filePath("xdg").toUtf8());
    qunsetenv("DUET_DATA");
    folder_ = scratch_.filePath("own").toStdString();
    fs::create_directories(folder_);
    write_file(fs::path(folder_) / "train-images-idx3-ubyte", idx_images(3, 2, 2, std::string(12, 'p')));
    write_file(fs::path(folder_) / "train-labels-idx1-ubyte", idx_labels({7, 41, 7}));
    write_file(fs::path(folder_) / "t10k-images-idx3-ubyte", idx_images(1, 2, 2, std::string(4, 'p')));
    write_file(fs::path(folder_) / "t10k-labels-idx1-ubyte", idx_labels({41}));
  }

  void init() { view_ = nullptr; }

  void aSourceIsLookedAtBesideTheRun() {
    Session session(false);
    Experiment e;
    e.data.train_limit = 50;
    session.send(Restart{e});
    QVERIFY(wait(session, [](const SessionView &v) { return v.phase == Phase::ready; }));
    QCOMPARE(view_->survey->source, std::string("mnist-mini")); // of the run, whole in spite of the limit
    QCOMPARE(view_->survey->train.total(), std::size_t{6000});
    session.send(LookAt{folder_});
    QVERIFY(wait(session, [&](const SessionView &v) { return v.survey->source == folder_; }));
    QCOMPARE(view_->survey->train.images[7], 2u);
    QVERIFY(view_->survey->train.labels() == std::vector<int>({7, 41}));
    QCOMPARE(view_->survey->test.total(), std::size_t{1});
    QCOMPARE(view_->survey->shape.rows, 2);
    QVERIFY(!view_->notice);
    QCOMPARE(view_->dataset->files.source, std::string("mnist-mini")); // the run goes on
    session.send(LookAt{"mnist-mini"});
    QVERIFY(wait(session, [](const SessionView &v) { return v.survey->source == "mnist-mini"; }));
  }

  void aSourceThatIsNotThereIsToldUntilAnotherIsAskedFor() {
    Session session(false);
    session.send(LookAt{"no/such/folder"});
    QVERIFY(wait(session, [](const SessionView &v) { return v.notice.has_value(); }));
    QVERIFY(view_->notice->is_error && view_->notice->fetch.empty());
    QVERIFY(view_->notice->text.find("no/such/folder") != std::string::npos);
    QVERIFY(!view_->survey);
    session.send(LookAt{folder_});
    QVERIFY(wait(session, [](const SessionView &v) { return !v.notice && v.survey; }));
  }

  void aMissingKnownSetSaysWhatFetchingWouldBring() {
    Session session(false);
    Experiment e;
    e.data.source = "kmnist";
    for (const Command &command : {Command(LookAt{"kmnist"}), Command(Restart{e})}) {
      const std::uint64_t before = view_ && view_->notice ? view_->notice->id : 0;
      session.send(command);
      QVERIFY(wait(session, [&](const SessionView &v) { return v.notice && v.notice->id > before; }));
      QCOMPARE(view_->notice->fetch, std::string("kmnist"));
    }
    session.send(LookAt{folder_}); // the notice of the restart goes with its source, too
    QVERIFY(wait(session, [](const SessionView &v) { return !v.notice && v.survey; }));
  }
};

QTEST_APPLESS_MAIN(TestSurvey)
#include "test_survey.moc"
