// Every entry of the menus and its key, wherever the focus is.
#include "tests/ui/window/started.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/number_field.h"
#include "ui/panels/settings_form.h"
#include "ui/panels/top_bar.h"
#include "ui/theme/theme.h"
#include <QAbstractButton>
#include <QComboBox>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <set>

using namespace duet;
using namespace duet::ui;

class TestKeys : public QObject {
  Q_OBJECT
  WindowHome home_;
  std::unique_ptr<MainWindow> window_;

  QList<QAction *> entries() const {
    QList<QAction *> all;
    for (QMenu *menu : window_->menuBar()->findChildren<QMenu *>())
      for (QAction *action : menu->actions())
        if (!action->isSeparator() && !action->menu())
          all << action;
    return all;
  }
  QAction *entry(const char *name) const { return window_->findChild<QAction *>(QLatin1String(name)); }
  template <class T> T *find(const char *name) const { return window_->findChild<T *>(QLatin1String(name)); }
  Phase phase() const { return window_->session().phase(); }

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }

  void init() {
    window_ = started(few_images(640, 100, 2000));
    QTRY_COMPARE_WITH_TIMEOUT(phase(), Phase::ready, 10000);
  }
  void cleanup() { window_.reset(); }

  void everyEntryHasANameAndATip() {
    for (const QAction *action : entries()) {
      QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
      QVERIFY2(action->toolTip().size() > 8 && !action->statusTip().isEmpty(), qPrintable(action->text()));
      QVERIFY2(action->isEnabled() || action->toolTip().contains(QStringLiteral("Not now: ")),
               qPrintable(action->text()));
    }
    for (const char *name : {"runAction", "batchAction", "epochAction", "slowMotionAction", "resetAction",
                             "seedAction", "lockSpikingAction", "lockQuantumAction", "lensAction", "undo",
                             "redo", "save", "saveAs", "open", "quit"})
      QVERIFY2(entry(name) && !entry(name)->shortcut().isEmpty(), name);
  }

  void noKeyBelongsToTwo() {
    std::set<QString> keys;
    for (const QAction *action : entries())
      for (const QKeySequence &key : action->shortcuts())
        QVERIFY2(keys.insert(key.toString()).second, qPrintable(key.toString()));
  }

  /// All keys but those that open a dialog or end the window.
  void everyKeyDoesWhatItsEntrySays() {
    const std::set<QString> others = {"open", "openRun", "save", "saveAs", "quit", "firstMinuteAction"};
    window_->document().edit("training.batch", 64LL);
    window_->document().edit("training.batch", 16LL);
    window_->document().undoStack().undo(); // so that there is something to undo and to redo
    window_->document().edit("quantum.ansatz", std::string("custom"));
    window_->document().undoStack().undo();
    for (QAction *action : entries())
      for (const QKeySequence &key : action->shortcuts()) {
        if (!action->isEnabled() || others.contains(action->objectName()))
          continue;
        disconnect(action, &QAction::triggered, nullptr, nullptr);
        QSignalSpy triggered(action, &QAction::triggered);
        QTest::keySequence(window_.get(), key);
        QVERIFY2(triggered.count() == 1, qPrintable(action->objectName() + ' ' + key.toString()));
      }
  }

  void redoHasTwoKeys() {
    window_->document().edit("training.batch", 64LL);
    for (const auto &[key, modifiers] : {std::pair(Qt::Key_Y, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                         std::pair(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier)}) {
      QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
      QCOMPARE(window_->document().experiment().training.batch, 32);
      QTest::keyClick(window_.get(), key, modifiers);
      QCOMPARE(window_->document().experiment().training.batch, 64);
    }
  }

  void undoInAFieldIsTheDocuments() {
    auto *field = find<NumberField>("training_batch_number");
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("64"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(window_->document().experiment().training.batch, 64);
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window_->document().experiment().training.batch, 32);
    QCOMPARE(field->text(), QStringLiteral("32"));
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("48")); // not entered yet
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window_->document().experiment().training.batch, 32);
    QCOMPARE(field->text(), QStringLiteral("32"));
    QTest::keyClick(field, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(window_->document().experiment().training.batch, 48);
  }

  void theSpaceBarRunsWhereverTheFocusIs() {
    QSignalSpy wanted(entry("runAction"), &QAction::triggered);
    disconnect(entry("runAction"), &QAction::triggered, nullptr, nullptr);
    QSignalSpy ran(entry("runAction"), &QAction::triggered);
    int widgets = 0;
    for (QWidget *widget : window_->findChildren<QWidget *>()) {
      if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || !widget->isEnabled() ||
          qobject_cast<QLineEdit *>(widget))
        continue;
      widget->setFocus(Qt::TabFocusReason);
      if (!widget->hasFocus())
        continue;
      const bool checked = widget->property("checked").toBool();
      ran.clear();
      QTest::keyClick(widget, Qt::Key_Space);
      QVERIFY2(ran.count() == 1, qPrintable(widget->objectName()));
      QCOMPARE(widget->property("checked").toBool(), checked);
      ++widgets;
    }
    QVERIFY(widgets > 20);
    auto *number = find<NumberField>("training_batch_number");
    number->setFocus();
    ran.clear();
    QTest::keyClick(number, Qt::Key_Space);
    QCOMPARE(ran.count(), 0); // a number field takes no spaces and gives none away
    QCOMPARE(number->text(), QStringLiteral("32"));
  }

  void aClickedButtonTakesNoKeys() {
    auto *reset = find<QPushButton>("reset");
    QTest::mouseClick(reset, Qt::LeftButton);
    const int resets = window_->document().undoStack().count();
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(phase() == Phase::running, 5000);
    QCOMPARE(window_->document().undoStack().count(), resets);
    for (QAbstractButton *button : window_->centralWidget()->findChildren<QAbstractButton *>())
      QVERIFY2(!(button->focusPolicy() & Qt::ClickFocus), qPrintable(button->objectName()));
  }

  void enterPressesWhatHasTheFocus() {
    auto *lock = find<QPushButton>("lockSpiking");
    lock->setFocus(Qt::TabFocusReason);
    QTest::keyClick(lock, Qt::Key_Return);
    QVERIFY(!window_->document().experiment().training.train_spiking);
    auto *box = find<QComboBox>("training_optimizer_choice");
    box->setFocus(Qt::TabFocusReason);
    QTest::keyClick(box, Qt::Key_Return);
    QVERIFY(QApplication::activePopupWidget());
    box->hidePopup();
  }

  void menuAndTopBarShowTheSame() {
    QTest::keyClick(window_.get(), Qt::Key_F7);
    QVERIFY(!window_->document().experiment().training.train_spiking);
    QVERIFY(find<QPushButton>("lockSpiking")->isChecked() && entry("lockSpikingAction")->isChecked());
    QVERIFY(window_->document().experiment().training.train_quantum);
    QTest::keyClick(window_.get(), Qt::Key_F8);
    QVERIFY(!window_->document().experiment().training.train_quantum);
    QTest::mouseClick(find<QPushButton>("lockSpiking"), Qt::LeftButton);
    QVERIFY(!entry("lockSpikingAction")->isChecked() && entry("lockQuantumAction")->isChecked());
    QTest::keyClick(window_.get(), Qt::Key_F6);
    QVERIFY(find<QPushButton>("slowMotion")->isChecked() && entry("slowMotionAction")->isChecked());
    QTest::mouseClick(find<QPushButton>("slowMotion"), Qt::LeftButton);
    QVERIFY(!entry("slowMotionAction")->isChecked());
    QTest::keyClick(window_.get(), Qt::Key_F9);
    QVERIFY(find<QPushButton>("lensToggle")->isChecked() && entry("lensAction")->isChecked());
    window_->document().edit("model.kind", std::string("serial"));
    QVERIFY(entry("lockQuantumAction")->isEnabled());
    QVERIFY(!entry("lensAction")->isEnabled() && entry("lensAction")->toolTip().contains("model has one"));
    for (const QString &tip : {entry("lockSpikingAction")->toolTip(), entry("lockSpikingAction")->statusTip(),
                               find<QPushButton>("lockSpiking")->toolTip()})
      QVERIFY2(tip.contains("no spiking branch"), qPrintable(tip));
    window_->document().edit("model.kind", std::string("spiking"));
    QVERIFY(entry("lockSpikingAction")->isEnabled());
    QVERIFY(entry("lockQuantumAction")->toolTip().contains("no quantum branch"));
  }
};

QTEST_MAIN(TestKeys)
#include "test_keys.moc"
