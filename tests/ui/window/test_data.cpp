// What the window says and does about data: sets that are missing, labels left out, noise that does nothing.
#include "engine/io/files.h"
#include "tests/engine/data/idx_writer.h"
#include "tests/ui/window/started.h"
#include "ui/data/gallery_filter_bar.h"
#include "ui/data/gallery_view.h"
#include "ui/panels/class_picker.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/inspector.h"
#include "ui/panels/setting_row.h"
#include "ui/panels/settings_form.h"
#include "ui/theme/theme.h"
#include "ui/window/data_dialog.h"
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace duet;
using namespace duet::test;
using namespace duet::ui;
namespace fs = std::filesystem;

class TestData : public QObject {
  Q_OBJECT
  WindowHome home_;

  static Experiment small() { return few_images(64, 200, 1).experiment; }
  static std::unique_ptr<MainWindow> started(const Experiment &experiment) {
    Opened opened;
    opened.experiment = experiment;
    return ui::started(opened);
  }
  static bool ready(MainWindow &window) { return window.session().phase() == Phase::ready; }
  static QString text(MainWindow &window, const char *key) {
    return window.infos().textOf(QLatin1String(key));
  }

  /// 60 training and 60 test images of labels 7, 3, 41 and 200 in turn.
  std::string letters() {
    const fs::path folder = home_.filePath("letters").toStdString();
    fs::create_directories(folder);
    std::string pixels;
    std::vector<int> labels;
    for (int i = 0; i < 60; ++i) {
      labels.push_back(std::array{7, 3, 41, 200}[static_cast<std::size_t>(i % 4)]);
      for (int k = 0; k < 16; ++k)
        pixels += static_cast<char>(i * 16 + k);
    }
    for (const std::string half : {"train", "test"}) {
      write_file(folder / ("emnist-few-" + half + "-images-idx3-ubyte"), idx_images(60, 4, 4, pixels));
      write_file(folder / ("emnist-few-" + half + "-labels-idx1-ubyte"), idx_labels(labels));
    }
    return folder.string();
  }

private Q_SLOTS:
  void initTestCase() {
    home_.moveIn();
    qputenv("DUET_KMNIST_URL", "http://127.0.0.1:9/"); // nobody answers there
    qunsetenv("DUET_DATA");
  }

  void aKindOfNoiseBringsAnAmountAndBothGoTogether() {
    auto window = started(small());
    QTRY_VERIFY_WITH_TIMEOUT(ready(*window), 10000);
    auto *kinds = window->form().row("data.noise.kind")->findChild<QComboBox *>();
    const int gaussian = kinds->findData(QStringLiteral("gaussian"));
    kinds->setCurrentIndex(gaussian);
    Q_EMIT kinds->activated(gaussian);
    const auto noise = [&] { return window->document().experiment().data.noise; };
    QCOMPARE(noise().kind, NoiseKind::gaussian);
    QCOMPARE(noise().amount, 0.2);
    QTRY_VERIFY(window->session().view()->experiment.data.noise == noise()); // it is live
    window->document().edit("data.noise.amount", 0.35);
    window->document().edit("data.noise.kind", std::string("uniform"));
    QCOMPARE(noise().amount, 0.35); // an amount that was given stays
    window->document().edit("data.noise.kind", std::string("none"));
    QCOMPARE(noise().amount, 0.35);
    QTRY_VERIFY(window->session().view()->experiment.data.noise.kind == NoiseKind::none);
    QCOMPARE(text(*window, "data"), QString()); // and without complaint
    for (int edits = 0; edits < 3; ++edits)
      window->document().undoStack().undo();
    QCOMPARE(noise().amount, 0.2);
    window->document().undoStack().undo();
    QVERIFY(noise() == NoiseSettings{});
    window->document().undoStack().redo();
    window->document().edit("data.noise.amount", 0.0);
    QTRY_VERIFY(text(*window, "data").contains("the images stay as they are"));
    QVERIFY2(!text(*window, "data").contains("data.noise"),
             qPrintable(text(*window, "data"))); // the form's words
    window->document().edit("data.noise.amount", 0.1);
    QTRY_COMPARE(text(*window, "data"), QString()); // gone with its cause
  }

  void aMissingSetIsToldWithAButtonToGetIt() {
    Experiment experiment;
    experiment.data.source = "kmnist";
    auto window = started(experiment);
    QTRY_COMPARE_WITH_TIMEOUT(text(*window, "session"), QString("KMNIST is not on this machine."), 10000);
    auto *get = window->infos().findChild<QPushButton *>("infoAction_GetKMNIST(about21MB)");
    QVERIFY(get);
    get->click();
    auto *dialog = window->findChild<DataDialog *>();
    QVERIFY(dialog);
    auto *state = dialog->findChild<QLabel *>("kmnist_state");
    QTRY_VERIFY_WITH_TIMEOUT(state->text().startsWith("Could not fetch kmnist"), 20000);
    QCOMPARE(dialog->findChild<QPushButton *>("kmnist_get")->text(), QString("Get"));
    dialog->close();
    window->document().edit("data.source", std::string("mnist-mini")); // its cause is gone, so is the notice
    QTRY_COMPARE(text(*window, "session"), QString());
  }

  void aSetIsToldMissingWhenItIsChosenNotAfterReset() {
    auto window = started(small());
    QTRY_VERIFY_WITH_TIMEOUT(ready(*window), 10000);
    window->document().edit("data.source", std::string("kmnist"));
    QTRY_COMPARE_WITH_TIMEOUT(text(*window, "session"), QString("KMNIST is not on this machine."), 10000);
    QVERIFY(ready(*window)); // the run is as it was
    window->document().undoStack().undo();
    QTRY_COMPARE(text(*window, "session"), QString());
  }

  void whatAFetchedSetIsForIsOffered() {
    auto window = started(small());
    QTRY_VERIFY_WITH_TIMEOUT(ready(*window), 10000);
    window->document().edit("data.source", std::string("kmnist"));
    window->showDataSets();
    Q_EMIT window->findChild<DataDialog *>()->fetched(QStringLiteral("mnist"));
    QCOMPARE(text(*window, "fetched"), QString()); // not what is waited for
    Q_EMIT window->findChild<DataDialog *>()->fetched(QStringLiteral("kmnist"));
    QVERIFY(text(*window, "fetched").contains("here now"));
  }

  void theDialogSaysSizesAndLicencesOfTheCatalog() {
    DataDialog dialog;
    QCOMPARE(dialog.findChild<QLabel *>("kmnist_state")->text(), QString("not here; about 21 MB to get"));
    QVERIFY(dialog.findChild<QPushButton *>("kmnist_get")->toolTip().contains("about 21 MB"));
    QStringList texts;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
      texts << label->text();
    QCOMPARE(texts.filter("CC BY-SA 4.0").size(), 1);
  }

  void anyTenLabelsCanBeTrainedOn() {
    auto window = started(small());
    QTRY_VERIFY_WITH_TIMEOUT(ready(*window), 10000);
    const auto *picker = window->form().row("data.classes")->findChild<ClassPicker *>();
    const auto *list = picker->findChild<QPushButton *>("classList");
    window->document().edit("data.source", letters());
    // Before any reset the picker offers what the files hold.
    QTRY_VERIFY_WITH_TIMEOUT(!list->isHidden(), 10000);
    QVERIFY(window->document().edit("data.classes", std::vector<int>{41, 7, 3}));
    QCOMPARE(list->text(), QString("41, 7, 3"));
    window->document().edit("data.train_limit", 0LL);
    window->document().edit("data.test_limit", 0LL);
    window->resetRun();
    QTRY_VERIFY_WITH_TIMEOUT(window->session().view()->run_id == 2, 10000);
    QTRY_VERIFY_WITH_TIMEOUT(ready(*window), 10000);
    QTRY_VERIFY(text(*window, "data").contains("15 of 60 training images and 15 of 60 test images"));
    const auto &classes = *window->inspector().filterBar().findChild<QComboBox *>("gallery.class");
    QCOMPARE(classes.itemText(1), QString("41"));
    QCOMPARE(classes.itemText(3), QString("3"));
    QTRY_COMPARE(window->inspector().gallery().shownCount(), 45);
    QVERIFY(window->inspector().gallery().describe(0).contains("truth 7"));
    QVERIFY(window->inspector().gallery().describe(2).contains("truth 41"));
  }

  void limitsAboveWhatThereIsAreToldAfterTheReset() {
    Experiment experiment = small();
    experiment.data.test_limit = 55600;
    auto window = started(experiment);
    QTRY_VERIFY_WITH_TIMEOUT(ready(*window), 10000);
    QTRY_COMPARE(text(*window, "data"),
                 QString("Test images is 55600, but mnist-mini has 2,000 test images: all are used."));
  }

  void aShareThatHoldsOutNothingIsToldInTheWindow() {
    Experiment experiment = small();
    experiment.data.validation = 0.01; // 64 images, at most 13 of a class
    auto window = started(experiment);
    QTRY_VERIFY_WITH_TIMEOUT(text(*window, "session").contains("holds out no image"), 10000);
    QVERIFY(text(*window, "session").startsWith("Validation is 0.01"));
  }
};

QTEST_MAIN(TestData)
#include "test_data.moc"
