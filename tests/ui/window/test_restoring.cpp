// Unsaved work as a person has it: kept while editing and training, offered by the next window, restored to
// the same bits, discarded, and gone once a file holds it.
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "engine/session/kept_home.h"
#include "tests/ui/window/started.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/restore_panel.h"
#include "ui/theme/theme.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/opener.h"
#include "ui/window/restoring.h"
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTimer>

using namespace duet;
using namespace duet::ui;
namespace fs = std::filesystem;

namespace {

Opened small() { return few_images(640, 100, 2000); }

} // namespace

class TestRestoring : public QObject {
  Q_OBJECT
  WindowHome home_;

  fs::path home() const { return home_.path().toStdString() + "/autosave"; }
  std::unique_ptr<MainWindow> started(bool train = false) {
    auto window = std::make_unique<MainWindow>();
    window->keepWork(home());
    show_started(*window, small(), train);
    return window;
  }
  std::size_t folders() const {
    std::size_t count = 0;
    std::error_code error;
    for ([[maybe_unused]] const auto &each : fs::directory_iterator(home(), error))
      ++count;
    return count;
  }
  template <class T> static T *find(QWidget &window, const QString &name) {
    return window.findChild<T *>(name);
  }
  static bool listed(MainWindow &window, std::size_t count) {
    return QTest::qWaitFor([&] { return window.restoring().count() == count; }, 20000);
  }

private Q_SLOTS:
  void init() { home_.moveIn(); }

  void aWindowLeftUntouchedLeavesNothing() {
    auto window = started();
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    QVERIFY(window->close());
    window.reset();
    QCOMPARE(folders(), std::size_t{0});
    auto next = started();
    QTRY_COMPARE_WITH_TIMEOUT(phase(*next), Phase::ready, 10000);
    QVERIFY(next->restorePanel().isHidden());
    QVERIFY(!find<QAction>(*next, "restoreAction")->isEnabled());
  }

  void trainedAndEditedWorkComesBack() {
    {
      auto window = started();
      window->document().edit("training.learning_rate", 0.002);
      window->document().edit("quantum.qubits", 3LL); // waits for a Reset
      window->session().send(StepBatches{23});
      QTRY_COMPARE_WITH_TIMEOUT(step(*window), 23u, 20000);
      QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::paused, 20000);
      window->tabs().setCurrentIndex(2);
      window->selection().setImage(7);
      QVERIFY(window->close()); // nothing is asked
    }
    auto window = started();
    QVERIFY(listed(*window, 1));
    QVERIFY(window->restorePanel().isVisible());
    QCOMPARE(find<QLabel>(*window, "keptTitle_0")->text(),
             QStringLiteral("untitled: parallel fusion, MNIST mini"));
    const QString detail = find<QLabel>(*window, "keptDetail_0")->text();
    QTRY_COMPARE(find<QWidget>(*window, "kept_0")->height(), 44); // as high as its words at this width
    QVERIFY2(detail.startsWith(QStringLiteral("epoch 1 of 2000, step 23 \u00b7 test accuracy 0.")),
             qPrintable(detail));
    QVERIFY2(detail.contains(QDate::currentDate().toString(QStringLiteral("yyyy"))), qPrintable(detail));
    QVERIFY(find<QLabel>(*window, "restoreRule")->text().contains(QStringLiteral("newest 10")));
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    QCOMPARE(window->focusWidget()->objectName(), QStringLiteral("restore_0"));
    QTest::keyClick(window->focusWidget(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 23u, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(window->document().experiment().quantum.qubits, 3, 10000);
    QCOMPARE(window->document().running().quantum.qubits, 5);
    QCOMPARE(window->document().running().training.learning_rate, 0.002);
    QVERIFY(window->isWindowModified() && window->document().file().isEmpty());
    QTRY_COMPARE(window->selection().image(), 7u);
    QCOMPARE(window->tabs().currentIndex(), 2);
    QVERIFY(window->restorePanel().isHidden());
    QCOMPARE(folders(), std::size_t{1}); // this window's now
    find<QPushButton>(*window, "infoAction_Undo")->click();
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 0u, 10000);
    QCOMPARE(window->document().experiment(), small().experiment);
  }

  void savedWorkLeavesNothing() {
    auto window = started();
    window->session().send(StepBatches{3});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 3u, 20000);
    QCOMPARE(window->keepNow(), QString());
    QCOMPARE(folders(), std::size_t{1});
    const QString run = home_.filePath("run");
    QVERIFY(window->files().saveRun(run));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isWindowModified(), 10000);
    QVERIFY(window->close());
    window.reset();
    QCOMPARE(folders(), std::size_t{0});
  }

  void savedToAFileAndTrainedOnBelongsToThatFile() {
    const QString run = home_.filePath("run");
    {
      auto window = started();
      window->session().send(StepBatches{3});
      QTRY_COMPARE_WITH_TIMEOUT(step(*window), 3u, 20000);
      QVERIFY(window->files().saveRun(run));
      QTRY_COMPARE_WITH_TIMEOUT(window->document().file(), run, 10000);
      window->session().send(StepBatches{2});
      QTRY_COMPARE_WITH_TIMEOUT(step(*window), 5u, 20000);
      QVERIFY(window->close());
    }
    QCOMPARE(read_run(run.toStdString()).steps, std::uint64_t{3}); // closing saves nothing over it
    auto window = started();
    QVERIFY(listed(*window, 1));
    QCOMPARE(find<QLabel>(*window, "keptTitle_0")->text(), QStringLiteral("run"));
    find<QPushButton>(*window, "restore_0")->click();
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 5u, 20000);
    QTRY_COMPARE(window->document().file(), run);
    QVERIFY(window->isWindowModified());
    QVERIFY(window->files().save());
    QTRY_VERIFY_WITH_TIMEOUT(!window->isWindowModified(), 10000);
    QCOMPARE(read_run(run.toStdString()).steps, std::uint64_t{5});
  }

  void severalWindowsKeepSeveral() {
    {
      auto one = started(), two = started(true);
      one->document().edit("training.batch", 16LL);
      QTRY_VERIFY_WITH_TIMEOUT(step(*two) > 2, 20000);
      QCOMPARE(one->keepNow(), QString());
      QCOMPARE(two->keepNow(), QString());
      auto three = started(); // while both live it is offered nothing
      QTRY_COMPARE_WITH_TIMEOUT(phase(*three), Phase::ready, 10000);
      QVERIFY(list_kept(home()).empty());
      QCOMPARE(three->restoring().count(), std::size_t{0});
      one->close();
      two->close();
    }
    auto window = started();
    QVERIFY(listed(*window, 2));
    int trained = 0;
    for (int i = 0; i < 2; ++i)
      trained += find<QLabel>(*window, QStringLiteral("keptDetail_%1").arg(i))->text().startsWith("epoch");
    QCOMPARE(trained, 1); // the other has edits only
    // What another window takes meanwhile is not had twice.
    auto other = started();
    QVERIFY(listed(*other, 2));
    find<QPushButton>(*window, "restore_0")->click();
    QVERIFY(listed(*window, 1));
    find<QPushButton>(*other, "restore_0")->click();
    QVERIFY(other->infos().shows(QStringLiteral("file")));
    QVERIFY(listed(*other, 1));
  }

  void discardingCanBeTakenBack() {
    {
      auto window = started();
      window->document().edit("training.batch", 16LL);
      QVERIFY(window->close());
    }
    auto window = started();
    QVERIFY(listed(*window, 1));
    find<QPushButton>(*window, "discard_0")->click();
    QCOMPARE(window->restoring().count(), std::size_t{0});
    QVERIFY(window->restorePanel().isHidden());
    QVERIFY(list_kept(home()).empty()); // nobody else is offered it
    QCOMPARE(folders(), std::size_t{1});
    find<QPushButton>(*window, "infoAction_Undo")->click();
    QCOMPARE(window->restoring().count(), std::size_t{1});
    find<QPushButton>(*window, "discard_0")->click();
    window.reset();
    QCOMPARE(folders(), std::size_t{0});
  }

  void laterLeavesItForAnotherTime() {
    {
      auto window = started();
      window->document().edit("training.batch", 16LL);
      QVERIFY(window->close());
    }
    auto window = started();
    QVERIFY(listed(*window, 1));
    find<QPushButton>(*window, "restoreLater")->click();
    QVERIFY(window->restorePanel().isHidden());
    find<QAction>(*window, "restoreAction")->trigger();
    QVERIFY(window->restorePanel().isVisible());
    window->close();
    QCOMPARE(list_kept(home()).size(), std::size_t{1});
  }

  /// Training that went on in another document's place is not lost when the window closes.
  void whatAnotherDocumentReplacedIsKeptToo() {
    {
      auto window = started();
      window->session().send(StepBatches{4});
      QTRY_COMPARE_WITH_TIMEOUT(step(*window), 4u, 20000);
      window->opener().newFrom(QStringLiteral("serial"));
      QTRY_VERIFY_WITH_TIMEOUT(window->session().view()->experiment.model.kind == ModelKind::serial, 20000);
      QVERIFY(window->close()); // the new one is untouched
    }
    const auto list = list_kept(home());
    QCOMPARE(list.size(), std::size_t{1});
    QCOMPARE(list[0].manifest.run->step, std::uint64_t{4});
  }

  void whatCannotBeKeptIsSaidAndAsked() {
    write_file(home(), "a file in the way");
    auto window = started();
    window->document().edit("training.batch", 16LL);
    QVERIFY(!window->keepNow().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(window->infos().shows(QStringLiteral("keeping")), 10000);
    QString asked;
    const auto answer = [&asked](QMessageBox::StandardButton button) {
      QTimer::singleShot(0, [&asked, button] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        asked = box ? box->text() : QString();
        if (box)
          box->button(button)->click();
      });
    };
    answer(QMessageBox::Cancel);
    QVERIFY(!window->close());
    QVERIFY2(asked.contains(QStringLiteral("autosave")), qPrintable(asked));
    fs::remove(home()); // there is room again
    QCOMPARE(window->keepNow(), QString());
    QTRY_VERIFY_WITH_TIMEOUT(!window->infos().shows(QStringLiteral("keeping")), 10000);
    QVERIFY(window->close());
    QCOMPARE(list_kept(home()).size(), std::size_t{0}); // still held by the window
    window.reset();
    QCOMPARE(list_kept(home()).size(), std::size_t{1});
  }

  void whatIsDamagedSaysSoAndCanGo() {
    fs::create_directories(home() / "bad");
    write_file(home() / "bad" / "kept.json", "{");
    auto window = started();
    QVERIFY(listed(*window, 1));
    QVERIFY(!find<QPushButton>(*window, "restore_0")->isEnabled());
    QVERIFY(find<QLabel>(*window, "keptDetail_0")->text().contains("kept.json"));
    find<QPushButton>(*window, "discard_0")->click();
    window.reset();
    QCOMPARE(folders(), std::size_t{0});
  }

  /// The manifest is whole but the run beside it is not.
  void aDamagedRunChangesNothing() {
    {
      auto window = started();
      window->session().send(StepBatches{4});
      QTRY_COMPARE_WITH_TIMEOUT(step(*window), 4u, 20000);
      QVERIFY(window->close());
    }
    const KeptWork work = list_kept(home()).at(0);
    write_file(work.folder / work.manifest.run->folder / "checkpoint.safetensors", "damaged");
    auto window = started();
    QVERIFY(listed(*window, 1));
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    find<QPushButton>(*window, "restore_0")->click();
    QTRY_VERIFY_WITH_TIMEOUT(window->infos().shows(QStringLiteral("session")), 10000);
    QVERIFY(window->infos().textOf(QStringLiteral("session")).contains("checkpoint"));
    QCOMPARE(window->document().experiment(), small().experiment);
    QVERIFY(!window->document().undoStack().canUndo());
    QVERIFY(listed(*window, 1)); // it is still there
    QCOMPARE(list_kept(home()).size(), std::size_t{1});
  }
};

QTEST_MAIN(TestRestoring)
#include "test_restoring.moc"
