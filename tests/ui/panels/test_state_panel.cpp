// The state on the way: what the panel and its picture say at every column.
#include "ui/circuit/circuit_widget.h"
#include "ui/circuit/state_picture.h"
#include "ui/panels/selection.h"
#include "ui/panels/state_page.h"
#include "ui/panels/state_panel.h"
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace duet;
using namespace duet::ui;

namespace {

/// H on q0, CX to q1, then RY(x1) and RZ(w0) on q1.
Circuit example() {
  Circuit circuit;
  circuit.qubits = 2;
  circuit.features = 2;
  circuit.weights = 1;
  circuit.operations = {Operation{Gate::h, {0}, {}}, Operation{Gate::cx, {0, 1}, {}},
                        Operation{Gate::ry, {1}, {}}, Operation{Gate::rz, {1}, {}}};
  circuit.operations[2].angles[0] = Angle::feature(1);
  circuit.operations[3].angles[0] = Angle::weight(0);
  return circuit;
}

std::shared_ptr<SessionView> view() {
  auto made = std::make_shared<SessionView>();
  auto circuit = std::make_shared<ShownCircuit>();
  circuit->circuit = example();
  made->circuit = circuit;
  made->training.circuit_weights = std::make_shared<const CircuitWeights>(CircuitWeights{{0.7F}, {0}});
  auto seen = std::make_shared<Inspection>();
  seen->index = 17;
  seen->angles = {0.1F, 0.5F};
  made->training.inspection = seen;
  return made;
}

} // namespace

class TestStatePanel : public QObject {
  Q_OBJECT

  static QString words(const StatePanel &panel) { return panel.findChild<QLabel *>("stateWords")->text(); }

private Q_SLOTS:
  void everyColumnIsNamedAndShown() {
    StatePanel panel;
    panel.setView(view());
    panel.resize(300, 260);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QCOMPARE(panel.columnsInAll(), 4);
    QCOMPARE(panel.columns(), 4); // the end, until somebody steps
    QCOMPARE(words(panel), QStringLiteral("State after column 4 of 4, image 17"));
    QCOMPARE(panel.lastOperation(), 3);
    QSignalSpy moved(&panel, &StatePanel::columnsChanged);
    panel.setColumns(1);
    QCOMPARE(moved.count(), 1);
    QCOMPARE(words(panel), QStringLiteral("State after column 1 of 4, image 17"));
    QCOMPARE(panel.picture().spokenPart(0).text, QStringLiteral("q0: x 1.00, y 0.00, z 0.00, length 1.00"));
    QCOMPARE(panel.picture().spokenPart(1).text, QStringLiteral("q1: x 0.00, y 0.00, z 1.00, length 1.00"));
    panel.setColumns(2);
    QCOMPARE(panel.picture().spokenPart(1).text, QStringLiteral("q1: x 0.00, y 0.00, z 0.00, length 0.00"));
    QCOMPARE(amplitude_words(*panel.picture().state(), 3),
             QStringLiteral("|11\u27e9: probability 0.500, phase 0.00 rad"));
    QCOMPARE(amplitude_words(*panel.picture().state(), 2), QStringLiteral("|10\u27e9: probability 0"));
    panel.goBehind(2); // RY(x1)
    QCOMPARE(panel.columns(), 3);
    panel.setColumns(0);
    QCOMPARE(words(panel), QStringLiteral("State before the first gate, image 17"));
    QCOMPARE(panel.lastOperation(), -1);
    QVERIFY(panel.picture().toCsv().startsWith("bits,re,im,probability,phase\n00,1,0,1,0\n01,0,"));
  }

  void itFollowsWeightsAndImage() {
    StatePanel panel;
    auto shown = view();
    panel.setView(shown);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    const auto before = panel.picture().state()->amplitudes;
    auto next = std::make_shared<SessionView>(*shown);
    next->training.circuit_weights = std::make_shared<const CircuitWeights>(CircuitWeights{{-0.2F}, {0}});
    panel.setView(next);
    QVERIFY(panel.picture().state()->amplitudes != before);
    const auto bloch = panel.picture().state()->bloch[1]; // of an entangled pair: no arrow
    QVERIFY(bloch.length() < 1e-9);
    auto none = std::make_shared<SessionView>(*next);
    none->circuit = nullptr;
    panel.setView(none);
    QCOMPARE(panel.picture().spokenText(), QStringLiteral("This model has no circuit."));
  }

  void aPageOpenedLaterKnowsWhatIsSelectedAndStepsToWhatIsClicked() {
    Selection selection;
    selection.setGate(2);
    StatePage page(selection);
    auto shown = view();
    shown->dataset = std::make_shared<const Dataset>();
    page.resize(900, 260);
    page.setView(shown);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    auto *circuit = page.findChild<CircuitWidget *>("stateCircuit");
    auto *panel = page.findChild<StatePanel *>();
    QCOMPARE(circuit->painter().selected(), 2);
    QCOMPARE(panel->columns(), 4);
    QTest::mouseClick(circuit->viewport(), Qt::LeftButton, {}, circuit->gatePosition(1));
    QCOMPARE(selection.gate(), std::optional<int>(1));
    QCOMPARE(panel->columns(), 2);
  }

  void ofManyAmplitudesTheLargestAreDrawnInOrder() {
    StateOnTheWay state;
    state.bloch.resize(7);
    state.amplitudes.assign(128, {0.01, 0});
    state.amplitudes[100] = {0.5, 0};
    state.amplitudes[3] = {0, 0.6};
    const auto drawn = drawn_amplitudes(state);
    QCOMPARE(drawn.size(), std::size_t{64});
    QVERIFY(std::ranges::is_sorted(drawn));
    QVERIFY(std::ranges::count(drawn, 100u) == 1 && std::ranges::count(drawn, 3u) == 1);
  }
};

QTEST_MAIN(TestStatePanel)
#include "test_state_panel.moc"
