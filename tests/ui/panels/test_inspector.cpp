// The right dock says what was answered at the time cursor, and knows the past of a run that comes back.
#include "tests/ui/fabricated_view.h"
#include "ui/data/logits_fan.h"
#include "ui/panels/circuit_page.h"
#include "ui/panels/gate_inspector.h"
#include "ui/panels/inspector.h"
#include "ui/panels/selection.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QLabel>
#include <QtTest/QtTest>

using namespace duet;
using namespace duet::ui;

class TestInspector : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { theme().install(); }

  void everythingSaidIsOfTheStep() {
    Selection selection;
    Inspector inspector(selection);
    CircuitPage circuit(selection);
    const auto view = fabricated::view();
    inspector.setView(view);
    circuit.setView(view);
    auto *heading = inspector.findChild<QLabel *>(QStringLiteral("imageHeading"));
    auto *summary = circuit.findChild<QLabel *>(QStringLiteral("circuitSummary"));
    QCOMPARE(heading->text(), QStringLiteral("SELECTED IMAGE"));
    const QString whole = inspector.fan().toCsv();
    QVERIFY(whole.contains(number_text((*view->training.inspection->logits_spiking)[4])));
    selection.setStep(3);
    QCOMPARE(heading->text(), QStringLiteral("SELECTED IMAGE, STEP 4 OF 10"));
    QVERIFY(inspector.fan().toCsv().contains(
        number_text((*view->training.inspection->answer_at(3).logits_spiking)[4])));
    QVERIFY(inspector.fan().toCsv() != whole);
    QVERIFY(inspector.gate().painter().expectationZ() ==
            view->training.inspection->answer_at(3).expectation_z);
    QVERIFY(summary->text().contains(QStringLiteral("step 4 of 10, mean so far")));
    selection.setStep(std::nullopt);
    QCOMPARE(inspector.fan().toCsv(), whole);
    QCOMPARE(heading->text(), QStringLiteral("SELECTED IMAGE"));
    QVERIFY(inspector.gate().painter().expectationZ() == view->training.inspection->expectation_z);
    QVERIFY(!summary->text().contains(QStringLiteral("step")));
  }

  void aRunThatComesBackBringsItsCurve() {
    Selection selection;
    Inspector inspector(selection);
    const auto with_history = [](std::uint64_t run, int moments) {
      auto view = fabricated::view();
      view->run_id = run;
      auto past = std::make_shared<std::vector<CircuitMoment>>();
      for (int k = 0; k < moments; ++k)
        past->push_back(
            {0.1 * k, std::make_shared<const CircuitWeights>(CircuitWeights{
                          std::vector<float>(12, static_cast<float>(k)), std::vector<float>(12)})});
      view->training.circuit_weights = past->back().weights;
      view->training.circuit_history = past;
      return view;
    };
    const auto trained = with_history(1, 5);
    inspector.setView(trained);
    QCOMPARE(inspector.gate().historyOf(3).size(), std::size_t{5});
    inspector.setView(with_history(2, 1)); // Reset
    QCOMPARE(inspector.gate().historyOf(3).size(), std::size_t{1});
    inspector.setView(trained); // undone
    QCOMPARE(inspector.gate().historyOf(3).size(), std::size_t{5});
    QCOMPARE(inspector.gate().historyOf(3).back(), QPointF(0.4, 4));
    QVERIFY(inspector.gate().historyOf(99).empty());
  }
};

QTEST_MAIN(TestInspector)
#include "test_inspector.moc"
