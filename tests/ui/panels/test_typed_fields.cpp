// Text fields as hands use them: what is typed, refused, taken back and left.
#include "ui/panels/crossfader.h"
#include "ui/panels/number_field.h"
#include "ui/panels/setting_row.h"
#include "ui/panels/settings_form.h"
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace duet;
using namespace duet::ui;

namespace {

/// A field in a window with an undo action, a key and a button beside it.
struct Bench {
  QWidget window;
  NumberField *field = new NumberField(&window);
  QPushButton *button = new QPushButton(&window);
  QAction *undo = new QAction(&window), *key = new QAction(&window);
  QSignalSpy committed{field, &TypedField::committed};
  QSignalSpy undone{undo, &QAction::triggered}, pressed{key, &QAction::triggered};

  Bench() {
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(field);
    layout->addWidget(button);
    button->setFocusPolicy(Qt::TabFocus);
    undo->setShortcut(QKeySequence(QStringLiteral("Ctrl+Z")));
    key->setShortcut(QKeySequence(QStringLiteral("Ctrl+S")));
    window.addActions({undo, key});
    field->setNumber(QStringLiteral("10"), QStringLiteral("ms"));
    window.show();
    window.activateWindow();
    field->setFocus();
  }
  bool ready() { return QTest::qWaitForWindowActive(&window); }
  void type(const QString &text) {
    field->selectAll();
    QTest::keyClicks(field, text);
  }
  QString last() const { return committed.isEmpty() ? QString() : committed.last().at(0).toString(); }
};

} // namespace

class TestTypedFields : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void spacesAreNoPartOfANumberAndNoKey() {
    Bench bench;
    QVERIFY(bench.ready());
    QAction run;
    run.setShortcut(QKeySequence(Qt::Key_Space));
    bench.window.addAction(&run);
    QSignalSpy ran(&run, &QAction::triggered);
    bench.type(QStringLiteral("1 000"));
    QCOMPARE(bench.field->text(), QStringLiteral("1000"));
    QCOMPARE(ran.count(), 0);
    bench.window.setFocus();
    QTest::keyClick(&bench.window, Qt::Key_Space);
    QCOMPARE(ran.count(), 1);
  }

  void undoTakesTheTypedTextFirst() {
    Bench bench;
    QVERIFY(bench.ready());
    bench.type(QStringLiteral("25"));
    QTest::keyClick(bench.field, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.last(), QStringLiteral("25"));
    QCOMPARE(bench.undone.count(), 1);
    // Nothing typed: the document's own last edit.
    bench.field->setNumber(QStringLiteral("10"), QStringLiteral("ms"));
    QTest::keyClick(bench.field, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.committed.count(), 1);
    QCOMPARE(bench.undone.count(), 2);
  }

  void undoOfARefusedTextIsAllItTakesBack() {
    Bench bench;
    QVERIFY(bench.ready());
    connect(bench.field, &TypedField::committed, bench.field,
            [&] { bench.field->refuse(QStringLiteral("no")); });
    bench.type(QStringLiteral("x"));
    QTest::keyClick(bench.field, Qt::Key_Return);
    QVERIFY(bench.field->isRefused());
    QCOMPARE(bench.field->accessibleDescription(), QStringLiteral("no"));
    QTest::keyClick(bench.field, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.field->text(), QStringLiteral("10 ms"));
    QVERIFY(!bench.field->isRefused() && bench.field->accessibleDescription().isEmpty());
    QCOMPARE(bench.undone.count(), 0);
  }

  void keysAndClicksFindWhatWasTyped() {
    Bench bench;
    QVERIFY(bench.ready());
    bench.type(QStringLiteral("11"));
    QTest::keyClick(bench.field, Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(bench.last(), QStringLiteral("11"));
    QCOMPARE(bench.pressed.count(), 1);
    bench.type(QStringLiteral("12"));
    QString seen;
    connect(bench.button, &QPushButton::clicked, bench.button, [&] { seen = bench.last(); });
    QTest::mouseClick(bench.button, Qt::LeftButton);
    QCOMPARE(seen, QStringLiteral("12"));
  }

  void escapeIsTheTextsFirst() {
    Bench bench;
    QVERIFY(bench.ready());
    bench.key->setShortcut(QKeySequence(Qt::Key_Escape));
    bench.type(QStringLiteral("3"));
    QTest::keyClick(bench.field, Qt::Key_Escape);
    QCOMPARE(bench.field->text(), QStringLiteral("10 ms"));
    QCOMPARE(bench.pressed.count(), 0);
    QTest::keyClick(bench.field, Qt::Key_Escape);
    QCOMPARE(bench.pressed.count(), 1);
  }

  void whatIsLeftRefusedGoesBackAndSaysWhy() {
    Bench bench;
    QVERIFY(bench.ready());
    connect(bench.field, &TypedField::committed, bench.field,
            [&] { bench.field->refuse(QStringLiteral("no")); });
    QSignalSpy ended(bench.field, &TypedField::refusalEnded);
    bench.type(QStringLiteral("x"));
    ended.clear();
    bench.field->clearFocus();
    QCOMPARE(bench.field->text(), QStringLiteral("10 ms"));
    QCOMPARE(ended.count(), 0); // the sentence stays for the reader
    bench.field->setFocus();
    QCOMPARE(ended.count(), 1);
  }

  void aListGoesBackToWhatIs() {
    SettingsForm form;
    form.resize(262, 900);
    form.show(Experiment());
    form.QWidget::show();
    form.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&form));
    QSignalSpy committed(&form, &SettingsForm::committed);
    auto *hidden = form.findChild<TypedField *>(QStringLiteral("spiking_hidden_text"));
    auto *note = form.findChild<QLabel *>(QStringLiteral("spiking_hidden_note"));
    form.reveal("spiking.hidden");
    hidden->selectAll();
    QTest::keyClicks(hidden, QStringLiteral("128 many"));
    QTest::keyClick(hidden, Qt::Key_Return);
    QVERIFY(hidden->isRefused() && note->isVisible());
    QVERIFY2(note->text().startsWith(QStringLiteral("Hidden is ")), qPrintable(note->text()));
    hidden->clearFocus();
    QCOMPARE(hidden->text(), QStringLiteral("128"));
    QVERIFY(!hidden->isRefused());
    QCOMPARE(committed.count(), 0);
    hidden->setFocus();
    hidden->selectAll();
    QTest::keyClicks(hidden, QStringLiteral("128 64")); // a space in text is a space
    QTest::keyClick(hidden, Qt::Key_Return);
    QCOMPARE(committed.last().at(1).value<Value>(), Value(std::vector<int>{128, 64}));
  }

  void aRefusedChoiceGoesBackToWhatIs() {
    SettingsForm form;
    form.show(Experiment());
    auto *box = form.findChild<QComboBox *>(QStringLiteral("quantum_input_choice"));
    const QString before = box->currentText();
    connect(&form, &SettingsForm::committed, &form,
            [&](const std::string &path) { form.row(path)->refuse(QStringLiteral("not with this model")); });
    box->setCurrentIndex(1);
    Q_EMIT box->activated(1);
    QCOMPARE(box->currentText(), before);
    auto *note = form.findChild<QLabel *>(QStringLiteral("quantum_input_note"));
    QCOMPARE(note->text(), QStringLiteral("not with this model"));
    QVERIFY(!note->isHidden());
    form.show(Experiment()); // the next edit that is taken
    QVERIFY(note->isHidden());
  }

  void theEyeAndTheRightButtonLook() {
    Crossfader fader;
    fader.resize(560, 44);
    QSignalSpy ratios(&fader, &Crossfader::ratioWanted), lenses(&fader, &Crossfader::lensWanted);
    connect(&fader, &Crossfader::lensWanted, &fader, &Crossfader::setLens);
    const auto lens = [&] { return lenses.last().at(0).value<std::optional<double>>(); };
    QTest::mousePress(&fader, Qt::RightButton, {}, QPoint(150, 22));
    QTest::mouseRelease(&fader, Qt::RightButton, {}, QPoint(150, 22));
    QVERIFY(lens().has_value());
    QCOMPARE(ratios.count(), 0);
    QVERIFY(fader.eye().isChecked()); // there is a lens
    const double first = *lens();
    QTest::keyClick(&fader, Qt::Key_Right); // the eye is pressed: looking goes on
    QCOMPARE(*lens(), std::round(first * 100 + 1) / 100);
    QCOMPARE(ratios.count(), 0);
    fader.eye().click();
    QVERIFY(!lens().has_value() && !fader.eye().isChecked());
    QTest::keyClick(&fader, Qt::Key_Right);
    QCOMPARE(ratios.count(), 1);
    QTest::mousePress(&fader, Qt::LeftButton, Qt::ControlModifier, QPoint(150, 22));
    QTest::mouseRelease(&fader, Qt::LeftButton, Qt::ControlModifier, QPoint(150, 22));
    QVERIFY(lens().has_value());
    QCOMPARE(ratios.count(), 1);
    // What window managers keep for themselves is an ordinary drag here.
    fader.setLens(std::nullopt);
    QTest::mousePress(&fader, Qt::LeftButton, Qt::AltModifier, QPoint(150, 22));
    QCOMPARE(ratios.count(), 2);
  }
};

QTEST_MAIN(TestTypedFields)
#include "test_typed_fields.moc"
