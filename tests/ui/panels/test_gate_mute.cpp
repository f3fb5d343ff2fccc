// Leaving a gate out: what the switch asks for, and what is said of the count.
#include "engine/circuit/templates.h"
#include "ui/panels/gate_mute.h"
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace duet;
using namespace duet::ui;

namespace {

MutedAnswers counted() { return {{4}, 1380, 2000, 0.871, 0.939, {7, 12, 1999}}; }

std::shared_ptr<SessionView> view() {
  auto made = std::make_shared<SessionView>();
  auto circuit = std::make_shared<ShownCircuit>();
  circuit->circuit = build_template({});
  made->circuit = circuit;
  made->phase = Phase::paused;
  return made;
}

} // namespace

class TestGateMute : public QObject {
  Q_OBJECT

  static QString words(const GateMute &mute) {
    const auto *label = mute.findChild<QLabel *>("gate.muteWords");
    return label->isVisibleTo(&mute) ? label->text() : QString();
  }

private Q_SLOTS:
  void theSentenceHasEveryNumberUnderItsName() {
    QCOMPARE(muted_words(counted()),
             QStringLiteral("Test accuracy without this gate: 0.871 (\u22120.068), 3 of "
                            "2,000 answers change."));
    MutedAnswers better = counted();
    better.operations = {1, 4, 9};
    better.accuracy = 0.94;
    better.changed = {5};
    QCOMPARE(muted_words(better),
             QStringLiteral("Test accuracy without 3 gates: 0.940 (+0.001), 1 of 2,000 answers changes."));
    better.accuracy = better.accuracy_with_them;
    better.changed.clear();
    QCOMPARE(muted_words(better),
             QStringLiteral("Test accuracy without 3 gates: 0.939 (+0.000), no answer of 2,000 changes."));
    QCOMPARE(changed_images(counted()).images, (std::vector<std::uint32_t>{7, 12, 1999}));
    QCOMPARE(changed_images(counted()).words, QStringLiteral("3 answers change without this gate"));
  }

  void theSwitchAsksForTheSelectedGateBesideThoseLeftOut() {
    GateMute mute;
    mute.setCircuit(build_template({}));
    QSignalSpy wanted(&mute, &GateMute::muteWanted);
    auto shown = view();
    mute.setView(shown);
    QVERIFY(mute.isHidden()); // no gate is selected
    mute.toggle();
    QCOMPARE(wanted.count(), 0);
    mute.setGate(4);
    QVERIFY(!mute.isHidden());
    auto *box = mute.findChild<QCheckBox *>("gate.mute");
    QVERIFY(!box->isChecked());
    box->click();
    QCOMPARE(wanted.last().first().value<std::vector<int>>(), (std::vector<int>{4}));
    shown = view();
    shown->muting = {2, 4};
    mute.setView(shown);
    QVERIFY(box->isChecked());
    QCOMPARE(words(mute), QStringLiteral("Counting the test set."));
    mute.toggle();
    QCOMPARE(wanted.last().first().value<std::vector<int>>(), (std::vector<int>{2}));
    mute.setGate(7);
    QVERIFY(!box->isChecked());
    mute.findChild<QPushButton *>("gate.muteNone")->click();
    QVERIFY(wanted.last().first().value<std::vector<int>>().empty());
    Circuit longer = build_template({});
    longer.operations.push_back(longer.operations.front());
    mute.setCircuit(longer); // edited, and waiting: its gate 7 may be another than the running circuit's
    QVERIFY(box->isHidden());
    const auto asked = wanted.count();
    mute.toggle();
    QCOMPARE(wanted.count(), asked);
    mute.setCircuit(build_template({}));
    QVERIFY(!box->isHidden());
    mute.setGate(std::nullopt);
    QVERIFY(!mute.isHidden()); // gates are still left out
    mute.setView(view());
    QVERIFY(mute.isHidden());
  }

  void theCountIsSaidWithItsStepWhileItTrainsOn() {
    GateMute mute;
    mute.setCircuit(build_template({}));
    QSignalSpy listed(&mute, &GateMute::listWanted);
    auto shown = view();
    shown->muting = {4};
    shown->muted = std::make_shared<const MutedAnswers>(counted());
    mute.setGate(4);
    mute.setView(shown);
    QVERIFY(words(mute).startsWith("Test accuracy without this gate: 0.871"));
    auto *show = mute.findChild<QPushButton *>("gate.muteShow");
    QVERIFY(show->isVisibleTo(&mute));
    QCOMPARE(show->text(), QStringLiteral("Show 3"));
    show->click();
    QCOMPARE(listed.last().first().value<ImageList>(), changed_images(counted()));
    auto running = std::make_shared<SessionView>(*shown);
    running->phase = Phase::running;
    mute.setView(running);
    QVERIFY2(words(mute).endsWith("As of step 1,380."), qPrintable(words(mute)));
    running = std::make_shared<SessionView>(*running);
    running->muted = nullptr;
    mute.setView(running);
    QCOMPARE(words(mute), QStringLiteral("Counted once the training holds."));
  }
};

QTEST_MAIN(TestGateMute)
#include "test_gate_mute.moc"
