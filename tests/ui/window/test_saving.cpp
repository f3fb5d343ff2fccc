// Save as, exports and the window's shape: nothing is replaced without one question that names it.
#include "engine/experiment/json.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "tests/ui/window/started.h"
#include "ui/circuit/circuit_figure.h"
#include "ui/dialogs/file_dialogs.h"
#include "ui/plots/export_desk.h"
#include "ui/theme/theme.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/export_menu.h"
#include "ui/window/window_shape.h"
#include <QDir>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace duet;
using namespace duet::ui;

namespace {

/// What a person does while a dialog is open: types a name, takes the offered filter, answers questions.
struct Hand {
  QString name, filter;
  bool replace = false;
  QStringList questions; ///< that were asked

  void work() {
    QTimer::singleShot(0, [this] { onDialog(); });
  }
  void onDialog() {
    auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
    if (!dialog)
      return;
    if (!filter.isEmpty())
      dialog->selectNameFilter(filter);
    auto *line = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    line->setText(name);
    QTimer::singleShot(0, [this] { onQuestion(); });
    QTest::keyClick(line, Qt::Key_Return);
    if (dialog->isVisible()) { // cancelled at the question, or gone into a folder
      onQuestion();
      dialog->reject();
    }
  }
  void onQuestion() {
    auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
    if (!box)
      return;
    questions << box->text() + ' ' + box->informativeText();
    for (QAbstractButton *button : box->buttons())
      if ((box->buttonRole(button) == QMessageBox::DestructiveRole) == replace)
        return button->click();
  }
};

} // namespace

class TestSaving : public QObject {
  Q_OBJECT
  WindowHome home_;

  QString path(const QString &name) const { return home_.filePath(name); }

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }

  void aNewNameIsNotAskedAbout() {
    Hand hand{path("new"), {}, false, {}};
    hand.work();
    SaveQuestion question{QStringLiteral("Save"), {}, {"Picture (*.png)", "Numbers (*.csv)"}, {}};
    QCOMPARE(ask_where_to_save(nullptr, question), path("new.png"));
    QVERIFY(hand.questions.isEmpty());
  }

  void whatIsThereIsAskedAboutOnceByName() {
    write_file(path("old.csv").toStdString(), "kept");
    for (const bool replace : {false, true}) {
      // Without its ending: the question is about the file that would be written.
      Hand hand{path("old"), QStringLiteral("Numbers (*.csv)"), replace, {}};
      hand.work();
      SaveQuestion question{QStringLiteral("Save"), {}, {"Picture (*.png)", "Numbers (*.csv)"}, {}};
      QCOMPARE(ask_where_to_save(nullptr, question), replace ? path("old.csv") : QString());
      QCOMPARE(hand.questions.size(), 1);
      QVERIFY2(hand.questions.first().contains(QStringLiteral("old.csv")),
               qPrintable(hand.questions.first()));
    }
  }

  void endingsAreGivenOnce() {
    const QStringList filters = {"Picture (*.png)", "Numbers (*.csv)"};
    QCOMPARE(with_ending("a", filters[1], filters), QStringLiteral("a.csv"));
    QCOMPARE(with_ending("a.png", filters[1], filters), QStringLiteral("a.png"));
    QCOMPARE(with_ending("run-0.5", filters[0], filters), QStringLiteral("run-0.5.png")); // no ending of ours
    QCOMPARE(with_ending("a", "Run folder (*)", filters), QStringLiteral("a"));
  }

  void saveAsOverAnExperimentAsksOnce() {
    auto window = started(few_images(64, 20, 10));
    write_file(path("exists.json").toStdString(), "something else");
    Hand refusing{path("exists"), QStringLiteral("Experiment: the settings (*.json)"), false, {}};
    refusing.work();
    QVERIFY(!window->files().askSaveAs());
    QCOMPARE(refusing.questions.size(), 1);
    QCOMPARE(read_file(path("exists.json").toStdString()), std::string("something else"));
    Hand agreeing{path("exists"), QStringLiteral("Experiment: the settings (*.json)"), true, {}};
    agreeing.work();
    QVERIFY(window->files().askSaveAs());
    QCOMPARE(agreeing.questions.size(), 1);
    QCOMPARE(parse_experiment(read_file(path("exists.json").toStdString()), "x"),
             window->document().experiment());
    QCOMPARE(window->document().file(), path("exists.json"));
  }

  void saveAsOverARunAsksOnce() {
    const QString runs = QStringLiteral("Run folder: settings, weights and curves (*)");
    auto window = started(few_images(64, 20, 10));
    window->session().send(StepBatches{1});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 1u, 10000);
    QVERIFY(window->files().saveRun(path("run")));
    QTRY_COMPARE_WITH_TIMEOUT(window->document().file(), path("run"), 10000);
    write_file(path("run/notes.txt").toStdString(), "mine");
    window.reset(); // it holds the folder
    auto other = started(few_images(64, 20, 10));
    other->session().send(StepBatches{2});
    QTRY_COMPARE_WITH_TIMEOUT(step(*other), 2u, 10000);
    Hand refusing{path("run"), runs, false, {}};
    refusing.work();
    QVERIFY(!other->files().askSaveAs());
    QCOMPARE(refusing.questions.size(), 1);
    QVERIFY2(refusing.questions.first().contains(path("run")), qPrintable(refusing.questions.first()));
    QCOMPARE(read_run(path("run").toStdString()).steps, std::uint64_t{1});
    Hand agreeing{path("run"), runs, true, {}};
    agreeing.work();
    QVERIFY(other->files().askSaveAs());
    QCOMPARE(agreeing.questions.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(other->document().file(), path("run"), 10000);
    QCOMPARE(read_run(path("run").toStdString()).steps, std::uint64_t{2});
    QCOMPARE(read_file(path("run/notes.txt").toStdString()), std::string("mine"));
  }

  /// A folder with other things in it is gone into, not written over.
  void anOrdinaryFolderIsGoneInto() {
    QDir().mkpath(path("documents/letters"));
    Hand hand{path("documents"), QStringLiteral("Run folder: settings, weights and curves (*)"), true, {}};
    auto window = started(few_images(64, 20, 10));
    hand.work();
    QVERIFY(!window->files().askSaveAs());
    QVERIFY(hand.questions.isEmpty());
    QCOMPARE(QDir(path("documents")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{"letters"});
  }

  void exportsAskToo() {
    auto window = started(few_images(64, 20, 10));
    QTRY_VERIFY_WITH_TIMEOUT(window->session().phase() == Phase::ready, 10000);
    write_file(path("circuit.svg").toStdString(), "kept");
    write_file(path("chart.svg").toStdString(), "kept");
    CircuitFigure figure = circuit_figure(window->document().running(), window->session().view().get());
    Hand circuit{path("circuit"), {}, false, {}};
    circuit.work();
    export_desk().askAndSave(figure, window.get());
    QCOMPARE(circuit.questions.size(), 1);
    Hand chart{path("chart"), {}, false, {}};
    chart.work();
    export_desk().askAndSave(*window->charts().first(), window.get());
    QCOMPARE(chart.questions.size(), 1);
    QCOMPARE(read_file(path("circuit.svg").toStdString()) + read_file(path("chart.svg").toStdString()),
             std::string("keptkept"));
  }

  /// The buttons of Qt's own dialog have room for their pictures.
  void theDialogsButtonsCanBeSeen() {
    QFileDialog dialog;
    dialog.setOption(QFileDialog::DontUseNativeDialog);
    dialog.show();
    int buttons = 0;
    for (const QToolButton *button : dialog.findChildren<QToolButton *>()) {
      if (!button->isVisible() || !button->isEnabled() || button->icon().isNull())
        continue;
      const QImage picture = const_cast<QToolButton *>(button)->grab().toImage();
      const QRect middle(picture.width() / 4, picture.height() / 4, picture.width() / 2,
                         picture.height() / 2);
      const QRgb ground = picture.pixel(3, picture.height() / 2);
      int ink = 0;
      for (int y = middle.top(); y <= middle.bottom(); ++y)
        for (int x = middle.left(); x <= middle.right(); ++x)
          ink += std::abs(qGray(picture.pixel(x, y)) - qGray(ground)) > 40;
      QVERIFY2(ink > 8, qPrintable(button->objectName()));
      ++buttons;
    }
    QVERIFY(buttons >= 4);
  }

  void theShapeIsTakenOnlyWhole() {
    auto window = started(few_images(64, 20, 10));
    window->resize(1300, 820);
    const ShapedWindow parts{window.get(), window->findChild<QSplitter *>(QStringLiteral("across")),
                             window->findChild<QSplitter *>(QStringLiteral("down")), &window->tabs()};
    parts.down->setSizes({450, 300});
    parts.tabs->setCurrentIndex(2);
    const QByteArray good = shape_of(parts);
    const QList<int> down = parts.down->sizes();
    auto other = started(few_images(64, 20, 10));
    const ShapedWindow theirs{other.get(), other->findChild<QSplitter *>(QStringLiteral("across")),
                              other->findChild<QSplitter *>(QStringLiteral("down")), &other->tabs()};
    QVERIFY(take_shape(theirs, good));
    QCOMPARE(theirs.tabs->currentIndex(), 2);
    QCOMPARE(other->size(), QSize(1300, 820));
    QVERIFY(std::abs(theirs.down->sizes()[0] - down[0]) <= 2);
    const auto changed = [&good](const char *key, const QJsonValue &value) {
      QJsonObject json = QJsonDocument::fromJson(good).object();
      json[QLatin1String(key)] = value;
      return QJsonDocument(json).toJson();
    };
    const QByteArray before = shape_of(theirs);
    for (const QByteArray &bad :
         {QByteArray(), QByteArray("garbage"), good.left(good.size() / 2), changed("duet_window", 2),
          changed("tab", 99), changed("tab", -1), changed("across", QJsonArray{1, 2}),
          changed("across", QJsonArray{100, -5, 100}), changed("down", QJsonArray{1e9, 10}),
          changed("down", QJsonValue("x")), changed("geometry", QJsonValue("AAAA")),
          changed("geometry", QJsonValue())}) {
      QVERIFY2(!take_shape(theirs, bad), bad.constData());
      QCOMPARE(shape_of(theirs), before);
    }
  }
};

QTEST_MAIN(TestSaving)
#include "test_saving.moc"
