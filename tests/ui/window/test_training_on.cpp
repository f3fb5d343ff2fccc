// Running on after all planned epochs, what advice does, and that whatever cannot be done says why.
#include "engine/experiment/presets.h"
#include "tests/ui/window/started.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/top_bar.h"
#include "ui/theme/theme.h"
#include <QAction>
#include <QPushButton>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

Opened small(int epochs) {
  Opened opened = few_images(200, 60, epochs);
  opened.experiment.spiking.hidden = {24};
  opened.experiment.spiking.steps = 5;
  opened.experiment.training.threads = 1;
  return opened;
}

} // namespace

class TestTrainingOn : public QObject {
  Q_OBJECT
  WindowHome home_;

  static int epochs(MainWindow &window) { return window.session().view()->training.epochs_done; }
  static void press(MainWindow &window, const QString &name) {
    auto *button = window.findChild<QPushButton *>(name);
    QVERIFY2(button && button->isEnabled(), qPrintable(name));
    button->click();
  }
  static QString message(MainWindow &window, const char *key) {
    return window.infos().textOf(QString::fromLatin1(key));
  }

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }

  void moreIsAlwaysTheRunsOwnNumber() {
    auto window = started(small(2));
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    for (int done = 2; done <= 8; done += 2) { // not 2, 4, 8
      press(*window, "run");
      QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::finished, 20000);
      QTRY_COMPARE_WITH_TIMEOUT(epochs(*window), done, 20000);
      QTRY_COMPARE(message(*window, "finished"), QStringLiteral("All %1 epochs are trained.").arg(done));
      QCOMPARE(window->findChild<QPushButton *>("run")->toolTip(), QString("Train 2 epochs more (Space)."));
    }
    press(*window, "infoAction_Train2more");
    QTRY_COMPARE_WITH_TIMEOUT(epochs(*window), 10, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::finished, 20000);
    window->document().undoStack().undo(); // the plan, not the training
    QCOMPARE(window->document().experiment().training.epochs, 8);
    press(*window, "run");
    QTRY_COMPARE_WITH_TIMEOUT(epochs(*window), 12, 20000);
  }

  void noEpochPlannedIsNoDeadEnd() {
    auto window = started(small(0));
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::finished, 10000);
    QTRY_COMPARE(message(*window, "finished"), QString("No epoch is planned."));
    QVERIFY(
        window->findChild<QPushButton *>("stepBatch")->toolTip().contains("No epoch is planned; Run trains"));
    const int usual = Experiment().training.epochs;
    press(*window, "run");
    QTRY_VERIFY_WITH_TIMEOUT(window->session().view()->training.step > 0, 10000);
    QCOMPARE(window->document().experiment().training.epochs, usual);
  }

  void adviceOnLocksIsMendedByItsButton() {
    Opened opened = small(500);
    opened.experiment.training.train_spiking = false;
    auto window = started(opened);
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    QVERIFY(message(*window, "session").isEmpty());
    press(*window, "lockQuantum");
    QTRY_VERIFY_WITH_TIMEOUT(message(*window, "session").startsWith("Both branches are locked"), 10000);
    press(*window, "infoAction_Unlockthespikingbranch");
    QTRY_VERIFY_WITH_TIMEOUT(message(*window, "session").isEmpty(), 10000);
    QVERIFY(window->document().experiment().training.train_spiking);
    window->document().undoStack().undo(); // its cause is back
    QTRY_VERIFY_WITH_TIMEOUT(message(*window, "session").startsWith("Both branches are locked"), 10000);
    press(*window, "lockQuantum"); // and gone another way
    QTRY_VERIFY_WITH_TIMEOUT(message(*window, "session").isEmpty(), 10000);
  }

  void whatCannotBeDoneSaysWhy_data() {
    QTest::addColumn<QString>("preset");
    QTest::newRow("parallel") << QString();
    for (const char *preset : {"spiking-only", "serial", "classical-twin"})
      QTest::newRow(preset) << QString::fromLatin1(preset);
  }
  void whatCannotBeDoneSaysWhy() {
    QFETCH(QString, preset);
    Opened opened = small(1);
    if (!preset.isEmpty()) {
      const Experiment small_one = opened.experiment;
      opened.experiment = draft_of(*find_preset(preset.toStdString())).resolve();
      opened.experiment.data = small_one.data;
      opened.experiment.training.epochs = 1;
    }
    auto window = started(opened);
    const auto all_say_why = [&] {
      QStringList silent;
      for (const QAbstractButton *button : window->findChildren<QAbstractButton *>())
        if (!button->isEnabled() && button->isVisible() && !button->toolTip().contains("Not now: "))
          silent << button->objectName() + " (" + button->toolTip() + ")";
      for (const QAction *action : window->findChildren<QAction *>())
        if (!action->isEnabled() && !action->isSeparator() && !action->text().isEmpty() &&
            !action->toolTip().contains("Not now: "))
          silent << action->objectName() + " (" + action->toolTip() + ")";
      return silent.join(", ");
    };
    QCOMPARE(all_say_why(), QString()); // while loading
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    QCOMPARE(all_say_why(), QString());
    press(*window, "run");
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::finished, 20000);
    QCOMPARE(all_say_why(), QString());
  }
};

QTEST_MAIN(TestTrainingOn)
#include "test_training_on.moc"
