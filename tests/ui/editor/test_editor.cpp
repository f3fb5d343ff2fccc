// The circuit's editor by mouse and keys: what each gesture makes of the circuit, and what it is called.
#include "engine/circuit/gates.h"
#include "engine/circuit/templates.h"
#include "engine/qasm/qasm.h"
#include "ui/editor/editor_view.h"
#include "ui/editor/future_state.h"
#include "ui/editor/gate_palette.h"
#include "ui/theme/theme.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <set>

using namespace duet;
using namespace duet::ui;

class TestEditor : public QObject {
  Q_OBJECT
  std::unique_ptr<EditorView> view_;
  std::unique_ptr<GatePalette> palette_;
  QStringList labels_;
  QString refusal_;

  static Circuit program(const std::string &lines) {
    Circuit circuit =
        read_qasm("OPENQASM 3.0;\ninput float w0;\ninput float w1;\nqubit[3] q;\n" + lines, "test");
    circuit.features = 3;
    return circuit;
  }
  /// "h 0; cx 0 1": gates and wires in order of application.
  QString said() const {
    QStringList lines;
    for (const Operation &operation : view_->edited().operations) {
      const GateFacts &record = facts(operation.gate);
      QString line = QString::fromUtf8(record.qasm3.data(), qsizetype(record.qasm3.size()));
      for (int k = 0; k < record.parameters; ++k)
        line += u' ' + QString::fromStdString(angle_formula(operation.angles[std::size_t(k)], {}));
      for (int q = 0; q < record.qubits; ++q)
        line += u' ' + QString::number(operation.qubits[std::size_t(q)]);
      lines << line;
    }
    return lines.join(QStringLiteral("; "));
  }
  QWidget *port() const { return view_->viewport(); }
  QPoint gate(int operation) const { return view_->gatePosition(operation); }
  /// On the wire of one gate, in the column of another.
  QPoint at(int column_of, int wire_of) const { return {gate(column_of).x(), gate(wire_of).y()}; }
  void press(QPoint from, Qt::KeyboardModifiers keys = {}) {
    QTest::mousePress(port(), Qt::LeftButton, keys, from);
    QTest::mouseMove(port(), from + QPoint(9, 4));
  }
  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = {}) {
    press(from);
    QTest::mouseMove(port(), to);
    QTest::mouseRelease(port(), Qt::LeftButton, keys, to);
  }
  void click(QPoint where, Qt::KeyboardModifiers keys = {}) {
    QTest::mouseClick(port(), Qt::LeftButton, keys, where);
  }
  void key(Qt::Key key, Qt::KeyboardModifiers keys = {}) { QTest::keyClick(view_.get(), key, keys); }
  QPoint cellOf(const PaletteGate &gate) const {
    const auto &gates = palette_->gates();
    return palette_->cell(int(std::find(gates.begin(), gates.end(), gate) - gates.begin()))
        .center()
        .toPoint();
  }
  void dragFromPalette(const PaletteGate &gate, QPoint to) {
    const QPoint there = palette_->mapFromGlobal(port()->mapToGlobal(to));
    QTest::mousePress(palette_.get(), Qt::LeftButton, {}, cellOf(gate));
    QTest::mouseMove(palette_.get(), there);
    QTest::mouseRelease(palette_.get(), Qt::LeftButton, {}, there);
  }

private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void init() {
    view_ = std::make_unique<EditorView>();
    palette_ = std::make_unique<GatePalette>();
    labels_.clear();
    refusal_.clear();
    connect(view_.get(), &EditorView::wanted, this, [this](const NamedEdit &edit) {
      labels_ << edit.label;
      view_->setEdited(edit.edit.circuit);
    });
    connect(view_.get(), &EditorView::refused, this,
            [this](const QString &sentence) { refusal_ = sentence; });
    connect(palette_.get(), &GatePalette::taken, view_.get(), &EditorView::take);
    connect(palette_.get(), &GatePalette::carried, view_.get(),
            [this](QPoint global) { view_->carry(port()->mapFromGlobal(global), false); });
    connect(palette_.get(), &GatePalette::letGo, view_.get(), &EditorView::letGo);
    connect(palette_.get(), &GatePalette::chosen, view_.get(), &EditorView::append);
    view_->resize(800, 220);
    view_->show();
    palette_->show();
    // columns: h0 rx1 z2 | cx 0 1 | ry1 x2 is packed to column 1
    view_->setEdited(program("h q[0]; rx(w0) q[1]; cx q[0], q[1]; ry(w1) q[1]; z q[2];"));
  }
  void cleanup() { view_.reset(), palette_.reset(); }

  void everyGateIsInThePalette() {
    std::set<Gate> seen;
    for (const PaletteGate &gate : palette_->gates()) {
      QVERIFY(!gate.name().isEmpty() && gate.help().endsWith(u'.'));
      seen.insert(gate.gate);
    }
    QCOMPARE(seen.size(), all_gates().size());
    QCOMPARE(PaletteGate{Gate::cx}.name(), QStringLiteral("CX"));
    QCOMPARE((PaletteGate{Gate::rx, true}.name()), QStringLiteral("RX x"));
  }

  void aGateFromThePaletteGoesWhereItIsLetGo() {
    dragFromPalette({Gate::x}, gate(3) - QPoint(8, 0)); // the left half of ry
    QCOMPARE(said(), QStringLiteral("h 0; rx w0 1; cx 0 1; x 1; ry w1 1; z 2"));
    QCOMPARE(labels_, QStringList{QStringLiteral("Add X on q1")});
    dragFromPalette({Gate::rz}, gate(4) + QPoint(8, 0)); // the right half of ry: behind it
    QCOMPARE(said(), QStringLiteral("h 0; rx w0 1; cx 0 1; x 1; ry w1 1; z 2; rz w2 1"));
    dragFromPalette({Gate::ry, true}, at(3, 5)); // a free place
    QCOMPARE(said(), QStringLiteral("h 0; rx w0 1; cx 0 1; x 1; ry w1 1; z 2; rz w2 1; ry x2 2"));
    QCOMPARE(view_->marked(), std::vector<int>{7});
  }

  void whatIsSeenWhileAGateIsHeldIsTheFuture() {
    QSignalSpy future(view_.get(), &EditorView::futureShown);
    view_->setInspection({0.25, -0.5, 1}, {0.1f, 0.2f, 0.3f});
    const QPoint before = gate(3);
    view_->take({Gate::x});
    view_->carry(before - QPoint(8, 0), false);
    QCOMPARE(future.size(), 1);
    view_->carry(before - QPoint(7, 0), false); // the same place: nothing to work out
    QCOMPARE(future.size(), 1);
    QCOMPARE(view_->painter().circuit().operations.size(), std::size_t(6));
    QCOMPARE(view_->painter().ghosts(), std::vector<int>{3});
    QCOMPARE(gate(3).x() + 1, before.x() + 1); // it stands where the other did: nothing grew or shrank
    view_->setFuture({0.5, 0, -1});
    QCOMPARE(view_->painter().expectationZ(), (std::vector<double>{0.5, 0, -1}));
    QCOMPARE(view_->painter().past(), (std::vector<double>{0.25, -0.5, 1}));
    view_->cancel();
    QCOMPARE(view_->painter().circuit(), view_->edited());
    QCOMPARE(view_->painter().expectationZ(), (std::vector<double>{0.25, -0.5, 1}));
    QVERIFY(view_->painter().past().empty() && labels_.isEmpty());
  }

  void draggingMovesAndWithShiftCopies() {
    drag(gate(1), at(2, 4) + QPoint(12, 0)); // rx to q2, behind z
    QCOMPARE(said(), QStringLiteral("h 0; cx 0 1; ry w1 1; z 2; rx w0 2"));
    QCOMPARE(view_->edited().weights, 2);
    drag(gate(2), at(4, 0) + QPoint(200, 0), Qt::ShiftModifier); // ry behind everything of q0
    QCOMPARE(said(), QStringLiteral("h 0; cx 0 1; ry w1 1; z 2; rx w0 2; ry w2 0"));
    QCOMPARE(labels_, (QStringList{QStringLiteral("Move RX on q1"), QStringLiteral("Copy RY on q1")}));
    const Circuit same = view_->edited();
    drag(gate(2), gate(2) + QPoint(3, 2));
    QCOMPARE(view_->edited(), same);
    QCOMPARE(labels_.size(), 2);
  }

  void draggingOutDeletes() {
    drag(gate(1), QPoint(300, 400));
    QCOMPARE(said(), QStringLiteral("h 0; cx 0 1; ry w1 1; z 2"));
    QCOMPARE(labels_, QStringList{QStringLiteral("Delete RX on q1")});
    QCOMPARE(view_->edited().weights, 2); // its weight waits for undo
    QCOMPARE(view_->painter().summary(), QStringLiteral("3 qubits, 4 gates, 1 weight"));
  }

  void aDotAndATargetGoToOtherWires() {
    drag(at(2, 3), at(2, 4)); // the target to q2
    QVERIFY2(said().contains(QStringLiteral("cx 0 2")), qPrintable(said()));
    const int cx = view_->marked().front();
    drag({gate(cx).x(), gate(0).y()}, {gate(cx).x(), gate(1).y()}); // the dot to q1
    QVERIFY2(said().contains(QStringLiteral("cx 1 2")), qPrintable(said()));
    QCOMPARE(labels_, (QStringList{QStringLiteral("Change to CX on q0, q2"),
                                   QStringLiteral("Change to CX on q1, q2")}));
  }

  void manyAreMarkedByABandAndByShift() {
    QTest::mousePress(port(), Qt::LeftButton, {}, QPoint(gate(0).x() - 30, 2));
    QTest::mouseMove(port(), gate(1));
    QTest::mouseMove(port(), gate(1) + QPoint(4, 4));
    QTest::mouseRelease(port(), Qt::LeftButton, {}, gate(1) + QPoint(4, 4));
    QCOMPARE(view_->marked(), (std::vector<int>{0, 1}));
    click(gate(4), Qt::ShiftModifier);
    QCOMPARE(view_->marked(), (std::vector<int>{0, 1, 4}));
    QVERIFY(view_->spokenPart(4).selected && !view_->spokenPart(2).selected);
    click(gate(0), Qt::ShiftModifier);
    key(Qt::Key_Delete);
    QCOMPARE(said(), QStringLiteral("h 0; cx 0 1; ry w1 1"));
    QCOMPARE(labels_, QStringList{QStringLiteral("Delete 2 gates")});
    click(QPoint(gate(2).x() + 200, gate(2).y()));
    QVERIFY(view_->marked().empty());
  }

  void escapeLeavesEverythingAsItWas() {
    const Circuit before = view_->edited();
    press(gate(1));
    QTest::mouseMove(port(), gate(4));
    QVERIFY(view_->holds());
    key(Qt::Key_Escape);
    QVERIFY(!view_->holds());
    QTest::mouseRelease(port(), Qt::LeftButton, {}, gate(4));
    QCOMPARE(view_->edited(), before);
    QVERIFY(labels_.isEmpty());
  }

  void aHeldKeyAndAClickPlace() {
    QTest::mouseMove(port(), at(0, 4));
    QTest::keyPress(view_.get(), Qt::Key_Y);
    click(gate(4) - QPoint(8, 0));
    click(gate(0) - QPoint(8, 0));
    QTest::keyRelease(view_.get(), Qt::Key_Y);
    QCOMPARE(said().count(QStringLiteral("y ")), 2 + 1); // and "ry "
    QVERIFY(!view_->holds());
    QTest::keyPress(view_.get(), Qt::Key_R);
    click(QPoint(gate(0).x() + 400, gate(0).y()));
    QTest::keyRelease(view_.get(), Qt::Key_R);
    QVERIFY(said().endsWith(QStringLiteral("rx w2 0")));
  }

  void everyGestureHasAKey() {
    view_->mark({3});
    key(Qt::Key_Left, Qt::ControlModifier); // in front of cx
    QCOMPARE(said(), QStringLiteral("h 0; rx w0 1; ry w1 1; cx 0 1; z 2"));
    key(Qt::Key_Down, Qt::ControlModifier); // to q2
    QVERIFY(said().contains(QStringLiteral("ry w1 2")));
    QCOMPARE(view_->marked().size(), std::size_t(1));
    const int cx = int(said().split(QStringLiteral("; ")).indexOf(QStringLiteral("cx 0 1")));
    view_->mark({cx});
    key(Qt::Key_PageDown, Qt::ShiftModifier); // its target
    QVERIFY(said().contains(QStringLiteral("cx 0 2")));
    key(Qt::Key_PageDown); // its control
    QVERIFY(said().contains(QStringLiteral("cx 1 2")));
    QTest::keyClick(palette_.get(), Qt::Key_End);
    QTest::keyClick(palette_.get(), Qt::Key_Home);
    QTest::keyClick(palette_.get(), Qt::Key_Return);
    QVERIFY(said().contains(QStringLiteral("id 1")));
    QCOMPARE(labels_.last(), QStringLiteral("Add ID on q1"));
    key(Qt::Key_Home);
    QCOMPARE(view_->marked(), std::vector<int>{0});
    key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(view_->marked(), (std::vector<int>{0, 1}));
    key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view_->marked().size(), view_->edited().operations.size());
    key(Qt::Key_Backspace);
    QCOMPARE(said(), QString());
  }

  void theClipboardHoldsGatesAsAProgram() {
    view_->mark({1, 2});
    key(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("rx(w0) q[1];")));
    key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(said(), QStringLiteral("h 0; rx w0 1; cx 0 1; rx w2 1; cx 0 1; ry w1 1; z 2"));
    key(Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(labels_.last(), QStringLiteral("Delete 2 gates"));
    QGuiApplication::clipboard()->setText(QStringLiteral("rx(w0 q;"));
    key(Qt::Key_V, Qt::ControlModifier);
    QVERIFY2(refusal_.startsWith(QStringLiteral("The clipboard line 1: ")), qPrintable(refusal_));
  }

  void whatCannotBeIsSaid() {
    view_->setEdited(Circuit{1, 0, 0, {}});
    view_->take({Gate::cx});
    view_->carry(QPoint(200, 100), false);
    QCOMPARE(refusal_, QStringLiteral("CX needs 2 qubits, and this circuit has 1"));
    view_->letGo();
    QVERIFY(labels_.isEmpty());
    view_->take({Gate::rx, true});
    view_->carry(QPoint(200, 100), false);
    QCOMPARE(refusal_, QStringLiteral("This circuit has no features x: its input is the amplitudes"));
    view_->cancel();
    QVERIFY(refusal_.isEmpty());
  }

  void marksStayWhereOnlyAnglesChange() {
    view_->mark({1, 3});
    Circuit turned = view_->edited();
    turned.operations[1].angles[0] = Angle::constant(1);
    view_->setEdited(turned);
    QCOMPARE(view_->marked(), (std::vector<int>{1, 3}));
    QSignalSpy selected(view_.get(), &EditorView::gateSelected);
    view_->setEdited(program("h q[0];"));
    QVERIFY(view_->marked().empty());
    QCOMPARE(selected.last().first().toInt(), -1);
  }

  void theFutureIsWorkedOutAtOnceOrABitLater() {
    QuantumSettings star;
    star.qubits = 3;
    const Circuit circuit = build_template(star);
    const std::vector<float> angles = {0.3f, -0.2f, 0.5f}, weights(std::size_t(circuit.weights), 0.4f);
    const std::vector<double> z = expectation_z(circuit, weights, angles);
    QVERIFY(std::abs(z[0] + std::sin(double(0.3f))) < 1e-12); // H, then RY(x0)
    const CircuitEdit longer = place_new(circuit, Gate::rx, 0, 99);
    QVERIFY(std::abs(expectation_z(longer.circuit, weights, angles)[0] - z[0]) < 1e-12); // a new weight is 0
    FutureState future;
    QSignalSpy known(&future, &FutureState::known);
    future.ask(circuit, weights, angles);
    QCOMPARE(known.size(), 1);
    future.setCost(5);
    future.ask(circuit, weights, angles);
    future.ask(longer.circuit, weights, angles);
    QCOMPARE(known.size(), 1);
    QTRY_COMPARE(known.size(), 2); // once for both
  }
};

QTEST_MAIN(TestEditor)
#include "test_editor.moc"
