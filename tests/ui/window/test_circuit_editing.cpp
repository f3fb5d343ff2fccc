// Editing the circuit in the whole window: every gesture is one step of the document's history.
#include "engine/model/build_circuit.h"
#include "tests/ui/window/started.h"
#include "ui/editor/angle_dial.h"
#include "ui/editor/editor_view.h"
#include "ui/editor/gate_palette.h"
#include "ui/panels/inspector.h"
#include "ui/window/bottom_tabs.h"
#include <QLabel>
#include <QTest>
#include <cmath>

using namespace duet;
using namespace duet::ui;

class TestCircuitEditing : public QObject {
  Q_OBJECT
  WindowHome home_;
  std::unique_ptr<MainWindow> window_;

  EditorView *view() const { return window_->findChild<EditorView *>(); }
  QString refusal() const { return window_->findChild<QLabel *>(QStringLiteral("circuitRefusal"))->text(); }
  const QuantumSettings &quantum() const { return window_->document().experiment().quantum; }
  QUndoStack &stack() { return window_->document().undoStack(); }
  void showPage() {
    window_->tabs().setCurrentIndex(4);
    QTRY_VERIFY(view() && view()->isVisible());
  }

private Q_SLOTS:
  void initTestCase() { home_.moveIn(); }
  void init() {
    window_ = started(few_images(640, 100, 10));
    QTRY_COMPARE_WITH_TIMEOUT(phase(*window_), Phase::ready, 10000);
    showPage();
  }
  void cleanup() { window_.reset(); }

  void aTemplateBecomesGatesOfOnesOwnWithoutAQuestion() {
    const Experiment before = window_->document().experiment();
    const Circuit star = build_circuit(before.quantum);
    QCOMPARE(view()->edited(), star);
    view()->append({Gate::rx});
    QVERIFY(quantum().ansatz == Ansatz::custom);
    const Circuit edited = build_circuit(quantum());
    QCOMPARE(edited, view()->edited());
    QCOMPARE(edited.operations.size(), star.operations.size() + 1);
    QCOMPARE(edited.weights, star.weights + 1);
    QCOMPARE(stack().count(), 1);
    QCOMPARE(stack().undoText(), QStringLiteral("Add RX on q0"));
    QCOMPARE(window_->selection().gate(), std::optional(view()->marked().front()));
    QTest::keyClick(view(), Qt::Key_Delete);
    QCOMPARE(stack().undoText(), QStringLiteral("Delete RX on q0"));
    QCOMPARE(build_circuit(quantum()).operations, star.operations);
    QVERIFY(!window_->selection().gate());
    stack().undo();
    QCOMPARE(view()->edited(), edited);
    stack().undo();
    QCOMPARE(window_->document().experiment(), before);
    QCOMPARE(view()->edited(), star);
    stack().redo();
    QCOMPARE(view()->edited(), edited);
  }

  void aDragOutOfThePaletteEndsInTheDocument() {
    auto *palette = window_->findChild<GatePalette *>();
    const auto &gates = palette->gates();
    const int z = int(std::find(gates.begin(), gates.end(), PaletteGate{Gate::z}) - gates.begin());
    const QPoint to = palette->mapFromGlobal(view()->viewport()->mapToGlobal(view()->gatePosition(2)));
    QTest::mousePress(palette, Qt::LeftButton, {}, palette->cell(z).center().toPoint());
    QTest::mouseMove(palette, to);
    QTest::mouseMove(palette, to + QPoint(6, 0));
    QVERIFY(view()->holds());
    QCOMPARE(view()->painter().past().size(), std::size_t(5));
    QCOMPARE(view()->painter().expectationZ().size(), std::size_t(5));
    // Z behind H turns its 1 into -1: what RY makes of it has the other sign
    QVERIFY(std::abs(view()->painter().expectationZ()[2] + view()->painter().past()[2]) < 1e-6);
    QTest::mouseRelease(palette, Qt::LeftButton, {}, to + QPoint(6, 0));
    QCOMPARE(stack().undoText(), QStringLiteral("Add Z on q2"));
    QVERIFY(!view()->holds() && view()->painter().past().empty());
  }

  void keysOfTheEditorAreItsOwnAndOthersTheWindows() {
    view()->setFocus();
    view()->mark({0});
    QTest::keyClick(view(), Qt::Key_Escape);
    QVERIFY(view()->marked().empty() && !window_->selection().gate());
    view()->mark({0});
    QTest::keyClick(view(), Qt::Key_Delete);
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(stack().index(), 0);
    window_->selection().setGate(3); // on the canvas
    QCOMPARE(view()->marked(), std::vector<int>{3});
  }

  void aDragOfTheDialIsOneStep() {
    view()->mark({3});
    auto *dial = window_->inspector().findChild<AngleDial *>();
    QVERIFY(!dial->isVisible()); // H
    const int rotation = 9;      // RY(x4)
    view()->mark({rotation});
    QTRY_VERIFY(dial->isVisible());
    const QPoint middle = dial->rect().center();
    QTest::mousePress(dial, Qt::LeftButton, {}, middle + QPoint(0, -20));
    QTest::mouseMove(dial, middle + QPoint(-20, 0));
    QTest::mouseMove(dial, middle + QPoint(-20, 4));
    QTest::mouseRelease(dial, Qt::LeftButton, {}, middle + QPoint(-20, 4));
    QCOMPARE(stack().count(), 1);
    QCOMPARE(stack().undoText(), QStringLiteral("Turn RY on q4"));
    QCOMPARE(build_circuit(quantum()).operations[rotation].angles[0].offset, dial->angle());
    QVERIFY(dial->angle() > 3);
    QCOMPARE(view()->marked(), std::vector<int>{rotation});
    stack().undo();
    QCOMPARE(dial->angle(), 0.0);
  }

  void whyThereIsNoCircuitIsSaid() {
    window_->document().edit("quantum.ansatz", std::string("none"));
    auto *summary = window_->findChild<QLabel *>(QStringLiteral("circuitSummary"));
    QVERIFY(summary->text().contains(QStringLiteral("5 plain values")));
    QVERIFY(!view()->isVisible() && !window_->findChild<GatePalette *>()->isVisible());
    stack().undo();
    QVERIFY(view()->isVisible());
    window_->document().edit("quantum.input", std::string("amplitude"));
    QCoreApplication::processEvents();
    const QRect place = view()->geometry();
    view()->append({Gate::rx, true});
    QCoreApplication::processEvents();
    QCOMPARE(view()->geometry(), place); // it does not move under the hand
    QCOMPARE(refusal(), QStringLiteral("This circuit has no features x: its input is the amplitudes"));
    QVERIFY(quantum().ansatz != Ansatz::custom);
  }
};

QTEST_MAIN(TestCircuitEditing)
#include "test_circuit_editing.moc"
