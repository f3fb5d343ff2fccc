// The angles of a gate: what is typed, what the dial turns, what is tied to what, and what the labels say.
#include "engine/qasm/qasm.h"
#include "ui/editor/angle_dial.h"
#include "ui/panels/angle_editor.h"
#include "ui/panels/typed_field.h"
#include "ui/theme/theme.h"
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <numbers>

using namespace duet;
using namespace duet::ui;
using std::numbers::pi;

class TestAngleEditor : public QObject {
  Q_OBJECT
  std::unique_ptr<AngleEditor> editor_;
  Circuit circuit_;
  QStringList labels_;
  QList<bool> in_gesture_;

  template <class T> T *find(const char *name) const { return editor_->findChild<T *>(QLatin1String(name)); }
  TypedField *field(int k = 0) const {
    return editor_->findChild<TypedField *>(QStringLiteral("angleField%1").arg(k));
  }
  AngleDial *dial() const { return find<AngleDial>("angleDial"); }
  QString note() const { return find<QLabel>("angleNote")->text(); }
  QString problem() const { return find<QLabel>("angleProblem")->text(); }
  Angle angle(int operation, int k = 0) const {
    return circuit_.operations[std::size_t(operation)].angles[std::size_t(k)];
  }
  void type(const char *text, int k = 0) {
    field(k)->setFocus();
    field(k)->selectAll();
    QTest::keyClicks(field(k), QLatin1String(text));
    QTest::keyClick(field(k), Qt::Key_Return);
  }

private Q_SLOTS:
  void initTestCase() { theme().install(); }
  void init() {
    editor_ = std::make_unique<AngleEditor>();
    labels_.clear();
    in_gesture_.clear();
    circuit_ = read_qasm("OPENQASM 3.0;\ninput float x0;\ninput float w0;\ninput float theta;\nqubit[2] q;\n"
                         "rx(w0) q[0]; ry(2*theta + pi/2) q[1]; rz(pi/4) q[0]; ry(x0) q[0]; rx(w0) q[1]; "
                         "u3(0.5, w0, x0) q[0]; h q[0];",
                         "test");
    circuit_.features = 2;
    editor_->setCircuit(circuit_);
    connect(editor_.get(), &AngleEditor::wanted, this, [this](const NamedEdit &edit, bool in_gesture) {
      labels_ << edit.label;
      in_gesture_ << in_gesture;
      circuit_ = edit.edit.circuit;
      editor_->setCircuit(circuit_);
    });
    editor_->QWidget::show();
    editor_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(editor_.get()));
  }
  void cleanup() { editor_.reset(); }

  void everyAngleIsShownAsItIsWritten() {
    editor_->setGate(1);
    QCOMPARE(field()->text(), QStringLiteral("2.0*theta + pi/2"));
    QCOMPARE(dial()->angle(), pi / 2);
    QCOMPARE(dial()->spokenText(), QStringLiteral("1.571 rad (90.0°)"));
    QCOMPARE(note(), QStringLiteral("Trained: theta alone; the dial turns the offset."));
    QVERIFY(!find<QToolButton>("angleOwn")->isEnabled());
    editor_->setGate(0);
    QCOMPARE(note(), QStringLiteral("Tied: 3 angles follow w0; the dial turns the offset."));
    QCOMPARE(find<QToolButton>("angleOwn")->text(), QStringLiteral("Untie"));
    editor_->setGate(3);
    QCOMPARE(note(), QStringLiteral("Follows the image's x0; the dial turns the offset."));
    editor_->setGate(5);
    QVERIFY(field(2)->isVisible());
    QCOMPARE(field(2)->text(), QStringLiteral("x0"));
    QCOMPARE(note(), QStringLiteral("A constant; the dial turns it."));
    editor_->setGate(6);
    QVERIFY(!editor_->isVisible()); // H has no angle
    editor_->setGate(std::nullopt);
    QVERIFY(!editor_->isVisible());
  }

  void whatIsTypedBecomesTheAngle() {
    editor_->setGate(2);
    type("2*x1 + 1");
    QCOMPARE(angle(2), Angle::feature(1, 2, 1));
    type("-theta");
    QCOMPARE(angle(2), Angle::weight(1, -1));
    type("w2");
    QCOMPARE(angle(2), Angle::weight(2));
    QCOMPARE(circuit_.weights, 3);
    QCOMPARE(labels_, QStringList(3, QStringLiteral("Angle of RZ on q0")));
    editor_->setGate(5);
    type("pi", 1);
    QCOMPARE(angle(5, 1), Angle::constant(pi));
    QCOMPARE(dial()->angle(), pi); // the dial turns what was typed last
  }

  void whatCannotBeReadIsSaidInPlaceAndChangesNothing() {
    editor_->setGate(2);
    const Circuit before = circuit_;
    field()->setFocus();
    field()->selectAll();
    QTest::keyClicks(field(), QStringLiteral("2*y"));
    QVERIFY2(problem().startsWith(QStringLiteral("the name 'y' is not known: features x0 to x1")),
             qPrintable(problem()));
    QTest::keyClick(field(), Qt::Key_Return);
    QVERIFY(field()->isRefused());
    QCOMPARE(field()->text(), QStringLiteral("2*y")); // nothing is lost
    QTest::keyClick(field(), Qt::Key_Backspace);
    QTest::keyClicks(field(), QStringLiteral("3"));
    QVERIFY(problem().isEmpty() && !field()->isRefused());
    QCOMPARE(circuit_, before);
    QTest::keyClick(field(), Qt::Key_Escape);
    QCOMPARE(field()->text(), QStringLiteral("pi/4"));
    type("x5");
    QVERIFY(!problem().isEmpty());
    QVERIFY(labels_.isEmpty());
  }

  void theDialTurnsTheOffsetInOneGesture() {
    editor_->setGate(1);
    QSignalSpy begins(editor_.get(), &AngleEditor::gestureBegins);
    const QPoint middle = dial()->rect().center();
    QTest::mousePress(dial(), Qt::LeftButton, {}, middle + QPoint(0, 20));
    QTest::mouseMove(dial(), middle + QPoint(14, 14));
    QTest::mouseRelease(dial(), Qt::LeftButton, {}, middle + QPoint(14, 14));
    QCOMPARE(begins.size(), 1);
    QCOMPARE(angle(1).scale, 2.0);
    QVERIFY2(std::abs(angle(1).offset + pi / 4) < 0.08, qPrintable(QString::number(angle(1).offset)));
    QCOMPARE(in_gesture_, (QList<bool>{true, true}));
    QCOMPARE(labels_.first(), QStringLiteral("Turn RY on q1"));
    editor_->setGate(2);
    const double before = angle(2).offset;
    for (int k = 0; k < 2; ++k) {
      QWheelEvent wheel(middle, dial()->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                        Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(dial(), &wheel);
    }
    QCOMPARE(begins.size(), 2);
    QVERIFY(std::abs(angle(2).offset - before - 4 * pi / AngleDial::steps_a_turn) < 1e-12);
    QTest::keyClick(dial(), Qt::Key_Home);
    QCOMPARE(angle(2), Angle::constant(0));
  }

  void weightsAreTiedAndUntied() {
    editor_->setGate(0);
    find<QToolButton>("angleOwn")->click();
    QCOMPARE(angle(0), Angle::weight(2));
    QCOMPARE(angle(4), Angle::weight(0));
    editor_->setGate(2);
    auto *menu = find<QToolButton>("angleTie")->menu();
    Q_EMIT menu->aboutToShow();
    QStringList offered;
    for (const QAction *action : menu->actions())
      offered << action->text();
    QCOMPARE(offered, (QStringList{QStringLiteral("w0 of 2 gates"), QStringLiteral("theta of RY on q1"),
                                   QStringLiteral("w2 of RX on q0")}));
    menu->actions().at(1)->trigger();
    QCOMPARE(angle(2), Angle::weight(1));
    QCOMPARE(labels_, (QStringList{QStringLiteral("New weight for RX on q0"),
                                   QStringLiteral("Tie RZ on q0 to theta")}));
  }
};

QTEST_MAIN(TestAngleEditor)
#include "test_angle_editor.moc"
