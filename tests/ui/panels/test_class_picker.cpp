// The classes kept are chosen from all labels that the files hold, and keep the order given.
#include "tests/ui/settle.h"
#include "ui/panels/class_grid.h"
#include "ui/panels/class_picker.h"
#include "ui/panels/setting_row.h"
#include "ui/panels/settings_form.h"
#include "ui/panels/typed_field.h"
#include "ui/panels/value_slider.h"
#include "ui/theme/theme.h"
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

namespace {

using List = std::vector<int>;

/// Like EMNIST's balanced split: 47 labels, 2,400 images each in training and 400 in the test.
std::shared_ptr<Survey> emnist() {
  auto made = std::make_shared<Survey>();
  made->source = "emnist";
  for (std::size_t label = 0; label < 47; ++label) {
    made->train.images[label] = 2400;
    made->test.images[label] = 400;
  }
  return made;
}

List last(const QSignalSpy &spy) { return spy.back().front().value<List>(); }

void click(QWidget &grid, const QRectF &cell) {
  QTest::mouseClick(&grid, Qt::LeftButton, {}, cell.center().toPoint());
}

} // namespace

class TestClassPicker : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void aNewLabelGoesToItsPlaceOrToTheEnd() {
    QCOMPARE(toggled({0, 1, 2, 4}, 3), List({0, 1, 2, 3, 4}));
    QCOMPARE(toggled({7, 3, 41}, 5), List({7, 3, 41, 5}));
    QCOMPARE(toggled({7, 3, 41}, 3), List({7, 41}));
  }

  void tenDigitsStandInTheRow() {
    ClassPicker picker;
    picker.setClasses({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    picker.resize(150, 22);
    picker.show();
    auto *strip = picker.findChild<ClassGrid *>();
    QVERIFY(strip->isVisible());
    QVERIFY(!picker.findChild<QPushButton *>("classList")->isVisible());
    QSignalSpy edits(&picker, &ClassPicker::edited);
    click(*strip, strip->cell(4));
    QCOMPARE(last(edits), List({0, 1, 2, 3, 5, 6, 7, 8, 9}));
    picker.setClasses(last(edits));
    QTest::keyClick(strip, Qt::Key_4); // and it comes back to its place
    QCOMPARE(last(edits), List({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  }

  void allLabelsOfTheFilesCanBeChosen() {
    ClassPicker picker;
    picker.resize(150, 22);
    picker.setClasses({7, 3, 41});
    picker.setCounts(emnist()->train);
    picker.show();
    auto *list = picker.findChild<QPushButton *>("classList");
    QVERIFY(list->isVisible());
    QCOMPARE(list->text(), QString("7, 3, 41"));
    list->click();
    auto *grid = picker.findChild<ClassGrid *>("classGrid");
    QVERIFY(grid->isVisible());
    QCOMPARE(grid->labels().size(), std::size_t{47});
    QCOMPARE(picker.findChild<TypedField *>("classOrder")->text(), QString("7, 3, 41"));
    QCOMPARE(grid->describe(41), QString("Label 41: 2,400 training images; output 3 of the network"));
    QCOMPARE(grid->describe(12), QString("Label 12: 2,400 training images"));
    QSignalSpy edits(&picker, &ClassPicker::edited);
    click(*grid, grid->cell(12));
    QCOMPARE(last(edits), List({7, 3, 41, 12})); // the order given is kept
    picker.setClasses(last(edits));
    click(*grid, grid->cell(3));
    QCOMPARE(last(edits), List({7, 41, 12}));
  }

  void anEleventhClassAndNoneAreRefusedWithASentence() {
    ClassPicker picker;
    picker.setCounts(emnist()->train);
    picker.setClasses({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    picker.show();
    picker.openPopup();
    auto *grid = picker.findChild<ClassGrid *>("classGrid");
    const auto *note = picker.findChild<QLabel *>("classNote");
    QSignalSpy edits(&picker, &ClassPicker::edited);
    click(*grid, grid->cell(20));
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains("10 outputs"), qPrintable(note->text()));
    picker.setClasses({5});
    QVERIFY(!note->isVisible());
    click(*grid, grid->cell(5));
    QVERIFY(note->text().contains("One class has to stay"));
    QCOMPARE(edits.size(), 0);
  }

  void aTypedListIsAnEditOrRefusedBesideTheField() {
    const Field &field = *find_field("data.classes");
    SettingRow row(field, Voice::neutral);
    Experiment experiment;
    row.setSurvey(emnist());
    row.show(experiment);
    QWidget &shown = row;
    shown.resize(262, 60);
    shown.show();
    auto *picker = row.findChild<ClassPicker *>();
    picker->openPopup();
    auto *order = picker->findChild<TypedField *>("classOrder");
    QSignalSpy edits(&row, &SettingRow::committed);
    const auto type = [&](const char *text) {
      order->setFocus();
      order->selectAll();
      QTest::keyClicks(order, text);
      QTest::keyClick(order, Qt::Key_Return);
    };
    type("41, 7 255");
    QCOMPARE(edits.size(), 1);
    QVERIFY(std::get<List>(edits.back().front().value<Value>()) == List({41, 7, 255}));
    experiment.data.classes = {41, 7, 255};
    row.show(experiment);
    type("41, 7, 256");
    QCOMPARE(edits.size(), 1);
    QVERIFY(order->isRefused());
    const auto *note = picker->findChild<QLabel *>("classNote");
    QVERIFY2(note->isVisible() && note->text().contains("0 to 255"), qPrintable(note->text()));
  }

  void slidersEndWhereTheImagesDo() {
    SettingsForm form;
    Experiment experiment;
    experiment.data.classes = {7, 3, 41};
    form.show(experiment);
    QSignalSpy edits(&form, &SettingsForm::edited);
    const auto highest = [&](const char *path) {
      auto *slider = form.row(path)->findChild<ValueSlider *>();
      Q_EMIT slider->moved(1);
      return std::get<long long>(edits.back()[1].value<Value>());
    };
    QCOMPARE(highest("data.train_limit"), 60000LL); // nothing is known yet
    form.setSurvey(emnist());
    QCOMPARE(highest("data.train_limit"), 7200LL);
    QCOMPARE(highest("data.test_limit"), 1200LL);
    experiment.data.classes = {1};
    form.show(experiment);
    QCOMPARE(highest("data.train_limit"), 2400LL);
    form.setSurvey(nullptr);
    QCOMPARE(highest("data.test_limit"), 10000LL);
  }

  void theSetsAreThoseOfTheCatalog() {
    SettingsForm form;
    form.show(Experiment{});
    const auto *sets = form.row("data.source")->findChild<QComboBox *>();
    QStringList names;
    for (int i = 0; i < sets->count(); ++i)
      names << sets->itemText(i);
    QCOMPARE(names, QStringList({"MNIST mini", "MNIST", "Fashion-MNIST", "KMNIST", "Folder\u2026"}));
  }
};

QTEST_MAIN(TestClassPicker)
#include "test_class_picker.moc"
