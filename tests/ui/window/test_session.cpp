// A session as a person has it: open, change, run, pause, step, reset, undo, save, reopen.
#include "engine/experiment/json.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include "engine/qasm/qasm.h"
#include "tests/ui/window/started.h"
#include "ui/canvas/canvas_view.h"
#include "ui/data/gallery_view.h"
#include "ui/panels/crossfader.h"
#include "ui/panels/gate_inspector.h"
#include "ui/panels/gate_mute.h"
#include "ui/panels/info_bars.h"
#include "ui/panels/inspector.h"
#include "ui/panels/number_field.h"
#include "ui/panels/selection.h"
#include "ui/panels/setting_row.h"
#include "ui/panels/settings_form.h"
#include "ui/panels/top_bar.h"
#include "ui/panels/value_slider.h"
#include "ui/theme/theme.h"
#include "ui/window/bottom_tabs.h"
#include "ui/window/export_menu.h"
#include "ui/window/opener.h"
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace duet;
using namespace duet::ui;

namespace {

Opened small() { return few_images(640, 100, 3); }

template <class T> T *find(QWidget &window, const char *name) {
  return window.findChild<T *>(QLatin1String(name));
}

void type(NumberField *field, const QString &text) {
  field->setFocus();
  field->selectAll();
  QTest::keyClicks(field, text);
  QTest::keyClick(field, Qt::Key_Return);
}

} // namespace

class TestSession : public QObject {
  Q_OBJECT
  WindowHome home_;

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }

  void runsPausesAndStepsByKeys() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    QTest::keyClick(window.get(), Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 1u, 10000);
    QTRY_COMPARE(phase(*window), Phase::paused);
    QTest::keyClick(window.get(), Qt::Key_Period, Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 20u, 10000);
    QTRY_COMPARE(phase(*window), Phase::paused);
    QCOMPARE(window->session().view()->training.epochs_done, 1);
    QTest::keyClick(window.get(), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::finished, 20000);
    QVERIFY(window->infos().shows(QStringLiteral("finished")));
    find<QPushButton>(*window, "infoAction_Train3more")->click();
    QTRY_VERIFY_WITH_TIMEOUT(window->session().view()->training.epochs_done > 3, 20000);
    window->close();
  }

  void pausesWhileRunning() {
    Opened opened = small();
    opened.experiment.training.epochs = 2000;
    auto window = started(opened, true);
    QTRY_VERIFY_WITH_TIMEOUT(phase(*window) == Phase::running && step(*window) > 3, 10000);
    auto *run = find<QPushButton>(*window, "run");
    QCOMPARE(run->text().trimmed(), QStringLiteral("Pause"));
    QTest::mouseClick(run, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::paused, 5000);
    QCOMPARE(run->text().trimmed(), QStringLiteral("Run"));
  }

  void changesWhileTrainingAndUndoes() {
    Opened opened = small();
    opened.experiment.training.epochs = 2000;
    auto window = started(opened, true);
    QTRY_VERIFY_WITH_TIMEOUT(step(*window) > 3, 10000);
    type(find<NumberField>(*window, "training_learning_rate_number"), QStringLiteral("0.003"));
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.training.learning_rate, 0.003, 5000);
    QTRY_VERIFY(window->session().view()->marks && !window->session().view()->marks->empty());
    QVERIFY(phase(*window) == Phase::running || phase(*window) == Phase::evaluating);
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.training.learning_rate, 0.001, 5000);
    QCOMPARE(find<NumberField>(*window, "training_learning_rate_number")->text(), QStringLiteral("0.001"));
    // A value out of range is refused beside its field and changes nothing.
    auto *batch = find<NumberField>(*window, "training_batch_number");
    type(batch, QStringLiteral("0"));
    auto *note = find<QLabel>(*window, "training_batch_note");
    QVERIFY2(note->text().startsWith(QStringLiteral("Batch is ")), qPrintable(note->text()));
    QVERIFY(note->isVisible() && batch->isRefused());
    QVERIFY(!window->infos().shows(QStringLiteral("refused")));
    QCOMPARE(window->document().experiment().training.batch, 32);
  }

  void anEditedCircuitGoesOnAndSaysWhatBecameOfItsWeights() {
    auto window = started(small());
    window->session().send(StepBatches{5});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 5u, 10000);
    QTRY_COMPARE(phase(*window), Phase::paused);
    Circuit circuit = window->session().view()->circuit->circuit;
    const auto weight_of = [](const Operation &op, int index) {
      return op.angles[0].source == Angle::Source::weight && op.angles[0].index == index;
    };
    std::erase_if(circuit.operations,
                  [&](const Operation &op) { return weight_of(op, 0) || weight_of(op, 3); });
    Operation turn{Gate::ry, {2}, {}};
    turn.angles[0] = Angle::weight(circuit.weights++);
    circuit.operations.push_back(turn);
    QVERIFY(window->document().editMany(
        {{"quantum.ansatz", std::string("custom")}, {"quantum.circuit", write_qasm3(circuit)}}, "Edit"));
    QTRY_VERIFY_WITH_TIMEOUT(window->session().view()->circuit->circuit == circuit, 5000);
    QCOMPARE(step(*window), 5u); // the same run
    QTRY_COMPARE(window->infos().textOf(QStringLiteral("circuit")),
                 QStringLiteral("The circuit changed: 10 weights go on, 1 is new, 2 are gone."));
    QCOMPARE(window->session().view()->training.circuit_weights->value.size(), std::size_t{13});
    QVERIFY(find<QPushButton>(*window, "quantumBadge")->isHidden());
    window->session().send(StepBatches{2});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 7u, 10000);
    find<QPushButton>(*window, "infoAction_Undo")->click();
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.quantum.ansatz, Ansatz::star, 5000);
    QTRY_COMPARE(window->infos().textOf(QStringLiteral("circuit")),
                 QStringLiteral("The circuit changed: 10 weights go on, 2 are back, 1 is gone."));
    find<QPushButton>(*window, "infoAction_Restart")->click();
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 0u, 10000);
    QVERIFY(!window->infos().shows(QStringLiteral("circuit")));
  }

  void aGateIsLeftOutByAKeyAndItsImagesAreListed() {
    auto window = started(small());
    window->session().send(StepBatches{25});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 25u, 10000);
    QTRY_COMPARE(phase(*window), Phase::paused);
    QVERIFY(!find<QAction>(*window, "muteGate")->isEnabled());
    window->selection().setGate(6); // RY(x1)
    QVERIFY(find<QAction>(*window, "muteGate")->isEnabled());
    QTest::keyClick(window.get(), Qt::Key_M);
    QTRY_VERIFY_WITH_TIMEOUT(window->session().view()->muted, 10000);
    const MutedAnswers muted = *window->session().view()->muted;
    QCOMPARE(muted.operations, std::vector<int>{6});
    QTRY_COMPARE(find<QLabel>(*window, "gate.muteWords")->text(), muted_words(muted));
    QCOMPARE(muted.step, std::uint64_t{25});
    if (!muted.changed.empty()) {
      find<QPushButton>(*window, "gate.muteShow")->click();
      QCOMPARE(window->inspector().gallery().shown(), muted.changed);
      QCOMPARE(window->selection().image(), muted.changed.front());
      QVERIFY(find<QLabel>(*window, "gallery.cell")->text().startsWith(changed_images(muted).words));
    }
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QCOMPARE(window->inspector().gallery().shownCount(), 100);
    find<QPushButton>(*window, "gate.muteNone")->click();
    QTRY_VERIFY_WITH_TIMEOUT(window->session().view()->muting.empty(), 5000);
    QTRY_VERIFY(find<QWidget>(*window, "gateMute")->isHidden());
  }

  void whatNeedsAResetWaitsAndComesBack() {
    auto window = started(small());
    window->session().send(StepBatches{5});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 5u, 10000);
    type(find<NumberField>(*window, "quantum_qubits_number"), QStringLiteral("3"));
    auto *badge = find<QPushButton>(*window, "quantumBadge");
    QVERIFY(!badge->isHidden());
    QCOMPARE(window->session().view()->experiment.quantum.qubits, 5);
    QTest::mouseClick(badge, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.quantum.qubits, 3, 10000);
    QVERIFY(badge->isHidden());
    QCOMPARE(step(*window), 0u);
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 5u, 10000);
    QCOMPARE(window->session().view()->experiment.quantum.qubits, 5);
    QVERIFY(!badge->isHidden()); // the edit itself is still there
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window->document().experiment().quantum.qubits, 5);
    QVERIFY(badge->isHidden());
  }

  void lensLooksWithoutChanging() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    auto *fader = window->findChild<Crossfader *>();
    fader->setFocus();
    QTest::keyClick(fader, Qt::Key_Home, Qt::ControlModifier);
    QVERIFY(window->selection().lens().has_value());
    QCOMPARE(*window->selection().lens(), 0.0);
    QCOMPARE(window->document().experiment().model.fusion_ratio, 0.6);
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QVERIFY(!window->selection().lens().has_value());
    fader->setFocus();
    QTest::keyClick(fader, Qt::Key_End);
    QCOMPARE(window->document().experiment().model.fusion_ratio, 1.0);
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.model.fusion_ratio, 1.0, 5000);
  }

  void locksHoldABranch() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    auto *lock = find<QPushButton>(*window, "lockQuantum");
    QTest::mouseClick(lock, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!window->session().view()->experiment.training.train_quantum, 5000);
    const auto before = *window->session().view()->training.circuit_weights;
    QTest::keyClick(window.get(), Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 1u, 10000);
    QVERIFY(window->session().view()->training.circuit_weights->value == before.value);
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!lock->isChecked());
  }

  void choosesImagesAndFollowsThem() {
    auto window = started(small());
    QTRY_VERIFY_WITH_TIMEOUT(window->session().view() && window->session().view()->training.inspection,
                             10000);
    QTest::keyClick(window.get(), Qt::Key_N);
    QCOMPARE(window->selection().image(), 1u);
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->training.inspection->index, 1u, 5000);
    QTest::keyClick(window.get(), Qt::Key_P);
    QCOMPARE(window->selection().image(), 0u);
  }

  void savesAndReopensARun() {
    auto window = started(small());
    window->session().send(StepBatches{6});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 6u, 10000);
    QVERIFY(window->isWindowModified());
    const QString run = home_.filePath("my run");
    QVERIFY(window->files().saveRun(run));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isWindowModified(), 10000);
    QVERIFY(QFile::exists(run + "/model.safetensors"));
    const std::string signature = read_run(run.toStdString()).signature;
    window->session().send(StepBatches{1});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 7u, 10000);
    window.reset();

    Opened reopened = open_path(run.toStdString());
    QVERIFY(reopened.is_run);
    auto again = started(reopened);
    QTRY_COMPARE_WITH_TIMEOUT(step(*again), 6u, 10000);
    QVERIFY(!again->isWindowModified());
    const QString copy = home_.filePath("copy");
    QVERIFY(again->files().saveRun(copy));
    QTRY_COMPARE_WITH_TIMEOUT(again->document().file(), copy, 10000);
    QTRY_COMPARE(read_run(copy.toStdString()).signature, signature);
    QVERIFY(!again->files().saveRun(run)); // holds another run now
    QVERIFY(again->infos().textOf(QStringLiteral("file")).contains(QStringLiteral("already holds")));
  }

  void savesAndReopensAnExperiment() {
    auto window = started(small());
    window->document().edit("spiking.steps", 12LL);
    const QString file = home_.filePath("a.json");
    QVERIFY(window->files().saveExperiment(file));
    window->document().edit("spiking.steps", 14LL);
    QVERIFY(window->files().save());
    QCOMPARE(parse_experiment(read_file(file.toStdString()), "a.json").spiking.steps, 14);
    QVERIFY(window->opener().open(file));
    QCOMPARE(window->document().experiment().spiking.steps, 14);
    QVERIFY(!window->opener().open(home_.filePath("none.json")));
    QVERIFY(window->infos().textOf(QStringLiteral("file")).contains(QStringLiteral("none.json")));
    QVERIFY(!window->files().saveExperiment(QStringLiteral("/proc/none/a.json")));
    QCOMPARE(window->document().file(), file);
  }

  void opensADroppedCircuit() {
    const QString file = home_.filePath("bell.qasm");
    write_file(
        file.toStdString(),
        "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] x0;\ninput float[64] w0;\nqubit[2] q;\n"
        "h q[0];\nry(x0) q[0];\nrx(w0) q[1];\ncx q[0], q[1];\n");
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.quantum.qubits, 2, 10000);
    QVERIFY(window->document().experiment().quantum.ansatz == Ansatz::custom);
    QVERIFY(phase(*window) != Phase::failed);
    const QString copy = home_.filePath("out.qasm");
    CircuitFigure figure = circuit_figure(window->document().running(), window->session().view().get());
    QCOMPARE(exportTo(figure, copy), QString());
    QVERIFY(QString::fromStdString(read_file(copy.toStdString())).contains("qubit[2]"));
  }

  void editsTheCustomCircuitAsText() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    QVERIFY(find<QPushButton>(*window, "circuitText")->isHidden());
    auto *ansatz = find<QComboBox>(*window, "quantum_ansatz_choice");
    ansatz->setCurrentIndex(ansatz->findData(QStringLiteral("custom")));
    Q_EMIT ansatz->activated(ansatz->currentIndex());
    QVERIFY(!find<QPushButton>(*window, "circuitText")->isHidden());
    find<QPushButton>(*window, "circuitText")->click();
    auto *text = find<QPlainTextEdit>(*window, "circuitProgram");
    auto *take = find<QPushButton>(*window, "circuitTake");
    QVERIFY(text && text->toPlainText().contains(QStringLiteral("qubit[5]")));
    text->setPlainText(QStringLiteral("OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[3] q;\nwarp q[0];\n"));
    QVERIFY(!take->isEnabled());
    QVERIFY(find<QLabel>(*window, "circuitVerdict")->text().contains(QStringLiteral("line 4")));
    text->setPlainText(QStringLiteral("OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[13] q;\nh q;\n"));
    QVERIFY(!take->isEnabled()); // it can be read, but the trainer would refuse it
    const QString verdict = find<QLabel>(*window, "circuitVerdict")->text();
    QVERIFY2(verdict.contains(QStringLiteral("13 qubits; at most 12")), qPrintable(verdict));
    QVERIFY(take->toolTip().contains(verdict));
    text->setPlainText(
        QStringLiteral("OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] x0;\ninput float[64] w0;\n"
                       "qubit[3] q;\nry(x0) q[0];\nrx(w0) q[1];\ncx q[0], q[2];\n"));
    QVERIFY(take->isEnabled());
    QCOMPARE(find<QLabel>(*window, "circuitVerdict")->text(),
             QStringLiteral("3 qubits, 3 gates, 1 inputs, 1 weights"));
    text->setPlainText(text->toPlainText().replace(QStringLiteral("w0"), QStringLiteral("theta")));
    QCOMPARE(find<QLabel>(*window, "circuitVerdict")->text(),
             QStringLiteral("3 qubits, 3 gates, 1 inputs, 1 weights (w0 = theta)"));
    take->click();
    QVERIFY(window->document().experiment().quantum.circuit.find("input float[64] theta;") !=
            std::string::npos);
    QCOMPARE(window->document().experiment().quantum.qubits, 3);
    QVERIFY(!find<QPushButton>(*window, "quantumBadge")->isHidden());
    window->resetRun();
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.quantum.qubits, 3, 10000);
    window->selection().setGate(1); // rx(w0) on q1
    QVERIFY(!window->inspector().gate().isHidden());
    QVERIFY(window->inspector().gate().accessibleName().contains(QStringLiteral("q1")));
    window->escape();
    QVERIFY(window->inspector().gate().isHidden());
  }

  void trainsWithTheRatioLookedThrough() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    auto *fader = window->findChild<Crossfader *>();
    fader->setFocus();
    QTest::keyClick(fader, Qt::Key_Home, Qt::ControlModifier);
    QVERIFY(window->infos().shows(QStringLiteral("lens")));
    find<QPushButton>(*window, "infoAction_Trainwithit")->click();
    QCOMPARE(window->document().experiment().model.fusion_ratio, 0.0);
    QVERIFY(!window->selection().lens().has_value());
    QVERIFY(!window->infos().shows(QStringLiteral("lens")));
  }

  void openingAndNewCanBeUndone() {
    auto window = started(small());
    window->session().send(StepBatches{4});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 4u, 10000);
    window->document().edit("spiking.neuron.threshold", 0.7);
    window->opener().newFrom(QStringLiteral("serial"));
    QVERIFY(window->infos().textOf(QStringLiteral("opened")).startsWith(QStringLiteral("serial: ")));
    QTRY_COMPARE_WITH_TIMEOUT(window->session().view()->experiment.model.kind, ModelKind::serial, 10000);
    find<QPushButton>(*window, "infoAction_Undo")->click();
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 4u, 10000);
    QCOMPARE(window->document().experiment().spiking.neuron.threshold, 0.7);
    QVERIFY(!window->infos().shows(QStringLiteral("opened")));
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier); // the history before it
    QCOMPARE(window->document().experiment().spiking.neuron.threshold, 1.0);
  }

  void aDamagedRunLeavesEverythingAsItWas() {
    auto window = started(small());
    window->session().send(StepBatches{4});
    QTRY_COMPARE_WITH_TIMEOUT(step(*window), 4u, 10000);
    const QString run = home_.filePath("damaged run");
    QVERIFY(window->files().saveRun(run));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isWindowModified(), 10000);
    write_file((run + "/checkpoint.safetensors").toStdString(), "no tensors");
    auto other = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*other), Phase::ready, 10000);
    window.reset(); // it holds the folder
    QVERIFY(other->opener().open(run));
    QTRY_VERIFY_WITH_TIMEOUT(other->infos().shows(QStringLiteral("session")), 10000);
    QVERIFY(other->infos().textOf(QStringLiteral("session")).contains(QStringLiteral("checkpoint")));
    QVERIFY(other->document().file().isEmpty() && !other->document().undoStack().canUndo());
    QCOMPARE(phase(*other), Phase::ready);
    // As what a window starts with.
    auto first = started(open_path(run.toStdString()));
    QTRY_COMPARE_WITH_TIMEOUT(phase(*first), Phase::ready, 10000);
    QVERIFY(first->infos().textOf(QStringLiteral("file")).contains(QStringLiteral("checkpoint")));
    QVERIFY(first->document().file().isEmpty());
  }

  void aMissingSetIsASentence() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    window->document().edit("data.source", std::string("/nowhere/images"));
    window->resetRun();
    QTRY_VERIFY_WITH_TIMEOUT(window->infos().shows(QStringLiteral("session")), 10000);
    QVERIFY(window->infos().textOf(QStringLiteral("session")).contains(QStringLiteral("/nowhere/images")));
    QTRY_COMPARE(phase(*window), Phase::ready); // the run there was is still there
    QVERIFY(!find<QPushButton>(*window, "dataBadge")->isHidden());
  }

  void themesRepaintEverything() {
    auto window = started(small());
    const QImage light = window->grab().toImage();
    theme().setMode(Theme::Mode::dark);
    const QImage dark = window->grab().toImage();
    theme().setMode(Theme::Mode::light);
    const auto brightness = [](const QImage &image) {
      double sum = 0;
      for (int y = 0; y < image.height(); y += 7)
        for (int x = 0; x < image.width(); x += 7)
          sum += qGray(image.pixel(x, y));
      return sum / (image.height() / 7.0 * image.width() / 7.0);
    };
    QVERIFY(brightness(light) > 200);
    QVERIFY(brightness(dark) < 70);
  }

  void holdsAtEverySize() {
    auto window = started(small());
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    for (const QSize &size : {QSize(1280, 800), QSize(1440, 900), QSize(1920, 1080)}) {
      window->resize(size);
      QTest::qWait(1);
      QCOMPARE(window->size(), size); // nothing inside forces it larger
      for (auto *button : find<TopBar>(*window, "topBar")->findChildren<QPushButton *>())
        QVERIFY2(button->width() >= button->fontMetrics().horizontalAdvance(button->text()) +
                                        (button->icon().isNull() ? 8 : 24),
                 qPrintable(button->objectName()));
    }
  }

  void everyControlIsNamedAndExplained() {
    auto window = started(small());
    for (int tab = 0; tab < window->tabs().count(); ++tab)
      window->tabs().setCurrentIndex(tab);
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window), Phase::ready, 10000);
    for (QWidget *widget : window->findChildren<QWidget *>()) {
      const bool control =
          qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
          (qobject_cast<QLineEdit *>(widget) && !qobject_cast<QComboBox *>(widget->parentWidget())) ||
          qobject_cast<ValueSlider *>(widget) || qobject_cast<Crossfader *>(widget);
      if (!control || widget->objectName().startsWith(QLatin1String("qt_")) ||
          qobject_cast<QMenu *>(widget) || widget->inherits("QTabBar") || widget->window() != window.get() ||
          (widget->parentWidget() && widget->parentWidget()->inherits("QTabBar")))
        continue;
      const QString who = QString::fromLatin1(widget->metaObject()->className()) + ' ' + widget->objectName();
      QVERIFY2(!widget->objectName().isEmpty(), qPrintable(who + " has no name"));
      QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(who + " has no tooltip"));
      QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(who + " has no accessible name"));
    }
  }
};

QTEST_MAIN(TestSession)
#include "test_session.moc"
