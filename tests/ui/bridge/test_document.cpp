// Edits, their history, and what of them reaches the session.
#include "engine/qasm/qasm.h"
#include "ui/bridge/document.h"
#include "ui/bridge/session_controller.h"
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace duet;
using namespace duet::ui;

namespace {

Experiment small() {
  Experiment experiment;
  experiment.data.train_limit = 320;
  experiment.data.test_limit = 50;
  experiment.training.epochs = 2;
  return experiment;
}

} // namespace

class TestDocument : public QObject {
  Q_OBJECT
private:
  QTemporaryDir folder_;

private Q_SLOTS:
  void initTestCase() { qputenv("XDG_DATA_HOME", folder_.path().toUtf8()); }

  void refusesWhatIsNotAllowed() {
    SessionController session;
    Document document(session);
    QSignalSpy refused(&document, &Document::refused);
    const Experiment before = document.experiment();
    QVERIFY(!document.edit("spiking.steps", 0LL));
    QVERIFY(!document.edit("spiking.neuron.v_rest", 5.0)); // above threshold
    QVERIFY(!document.editText("training.batch", "many"));
    QCOMPARE(refused.count(), 3);
    QVERIFY(document.experiment() == before);
    QVERIFY(!document.undoStack().canUndo());
  }

  void oneGestureIsOneUndo() {
    SessionController session;
    Document document(session);
    const int gesture = document.newGesture();
    for (double tau : {11.0, 15.0, 20.0})
      QVERIFY(document.edit("spiking.neuron.tau_ms", tau, gesture));
    QCOMPARE(document.undoStack().count(), 1);
    QVERIFY(document.edit("spiking.neuron.tau_ms", 30.0, document.newGesture()));
    QCOMPARE(document.undoStack().count(), 2);
    document.undoStack().undo();
    QCOMPARE(document.experiment().spiking.neuron.tau_ms, 20.0);
    document.undoStack().undo();
    QCOMPARE(document.experiment().spiking.neuron.tau_ms, 10.0);
    document.undoStack().redo();
    QCOMPARE(document.experiment().spiking.neuron.tau_ms, 20.0);
  }

  void aGestureThatComesBackLeavesNoTrace() {
    SessionController session;
    Document document(session);
    const int gesture = document.newGesture();
    document.edit("spiking.neuron.tau_ms", 20.0, gesture);
    document.edit("spiking.neuron.tau_ms", 10.0, gesture);
    QVERIFY(!document.undoStack().canUndo());
  }

  void kindsBringTheirDefaultsAlong() {
    SessionController session;
    Document document(session);
    QVERIFY(document.edit("spiking.neuron.kind", std::string("rate")));
    QCOMPARE(document.experiment().spiking.dt_ms, 10.0);
    QVERIFY(document.edit("spiking.neuron.surrogate", std::string("atan")));
    QCOMPARE(document.experiment().spiking.neuron.slope, 2.0);
    QVERIFY(document.edit("quantum.input", std::string("linear")));
    QVERIFY(document.edit("model.kind", std::string("serial")));
    QVERIFY(document.experiment().quantum.input == QuantumInput::spiking);
    QVERIFY(document.edit("model.kind", std::string("parallel")));
    QVERIFY(document.edit("quantum.input", std::string("amplitude")));
    QCOMPARE(document.experiment().quantum.qubits, 10);
  }

  void customStartsFromTheCircuitShown() {
    SessionController session;
    Document document(session);
    QVERIFY(document.edit("quantum.ansatz", std::string("custom")));
    QVERIFY(document.experiment().quantum.circuit.find("qubit[5]") != std::string::npos);
    document.undoStack().undo();
    QVERIFY(document.experiment().quantum.circuit.empty());
  }

  void anEditOfTheCircuitIsLive() {
    SessionController session;
    Document document(session);
    document.replace(small(), {});
    QTRY_VERIFY_WITH_TIMEOUT(session.phase() == Phase::ready, 10000);
    const auto star = session.view()->circuit;
    QVERIFY(document.edit("quantum.ansatz", std::string("custom")));
    QVERIFY(document.pending().empty());
    QTRY_VERIFY_WITH_TIMEOUT(session.view()->circuit != star, 5000);
    QVERIFY(session.view()->circuit->circuit == star->circuit); // the template's own gates
    Circuit shorter = star->circuit;
    shorter.operations.pop_back();
    QVERIFY(document.edit("quantum.circuit", write_qasm3(shorter)));
    QVERIFY(document.edit("quantum.layers", 2LL)); // without a meaning for it
    QVERIFY(document.pending().empty());
    QTRY_VERIFY_WITH_TIMEOUT(session.view()->circuit->circuit == shorter, 5000);
    document.undoStack().undo();
    document.undoStack().undo();
    document.undoStack().undo();
    QVERIFY(document.pending().empty());
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.quantum.ansatz, Ansatz::star, 5000);
    QVERIFY(document.edit("quantum.ansatz", std::string("ring"))); // another template is another network
    QCOMPARE(document.pending(), std::vector<std::string>{"quantum.ansatz"});
  }

  void resetNeedingEditsWait() {
    SessionController session;
    Document document(session);
    document.replace(small(), {});
    QTRY_VERIFY_WITH_TIMEOUT(session.phase() == Phase::ready, 10000);
    QVERIFY(document.pending().empty());
    QVERIFY(document.edit("quantum.qubits", 3LL));
    QCOMPARE(document.pending(), std::vector<std::string>{"quantum.qubits"});
    QCOMPARE(document.running().quantum.qubits, 5);
    QVERIFY(document.edit("training.learning_rate", 0.01)); // live, beside the one that waits
    QCOMPARE(document.running().training.learning_rate, 0.01);
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.training.learning_rate, 0.01, 5000);
    QCOMPARE(session.view()->experiment.quantum.qubits, 5);
    document.reset();
    QVERIFY(document.pending().empty());
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.quantum.qubits, 3, 10000);
  }

  void undoOfALiveChangeSendsTheInverse() {
    SessionController session;
    Document document(session);
    document.replace(small(), {});
    QTRY_VERIFY_WITH_TIMEOUT(session.phase() == Phase::ready, 10000);
    document.edit("spiking.neuron.threshold", 0.5);
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.spiking.neuron.threshold, 0.5, 5000);
    document.undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.spiking.neuron.threshold, 1.0, 5000);
  }

  void undoOfAResetRestoresTheWeights() {
    SessionController session;
    Document document(session);
    document.replace(small(), {});
    session.send(StepBatches{7});
    QTRY_VERIFY_WITH_TIMEOUT(session.phase() == Phase::paused, 20000);
    QCOMPARE(session.view()->training.step, 7u);
    const auto run = session.view()->run_id;
    const float weight = session.view()->training.circuit_weights->value.front();
    document.newSeed();
    QTRY_VERIFY_WITH_TIMEOUT(session.view()->run_id != run, 10000);
    QCOMPARE(session.view()->training.step, 0u);
    QCOMPARE(session.view()->experiment.seed, 2u);
    document.undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->training.step, 7u, 10000);
    QCOMPARE(session.view()->run_id, run);
    QCOMPARE(session.view()->training.circuit_weights->value.front(), weight);
    QCOMPARE(document.experiment().seed, 1u);
    QVERIFY(document.pending().empty());
    document.undoStack().redo();
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.seed, 2u, 10000);
  }

  void openingBringsBackEverythingWhenUndone() {
    SessionController session;
    Document document(session);
    document.replace(small(), QStringLiteral("/somewhere/first.json"));
    session.send(StepBatches{7});
    QTRY_VERIFY_WITH_TIMEOUT(session.phase() == Phase::paused, 20000);
    QVERIFY(document.edit("training.batch", 64LL));
    QVERIFY(document.edit("quantum.qubits", 3LL)); // waits for a Reset
    const DocumentState before = document.state();
    const float weight = session.view()->training.circuit_weights->value.front();
    Experiment other = small();
    other.seed = 5;
    document.open(document.fresh(other, QStringLiteral("/somewhere/second.json")), QStringLiteral("Open"));
    QCOMPARE(document.title(), QStringLiteral("second.json"));
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.seed, 5u, 10000);
    QVERIFY(!document.isModified() && document.pending().empty());
    session.send(StepBatches{2});
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->training.step, 2u, 10000);
    QVERIFY(document.edit("training.batch", 8LL));
    document.markSaved(QStringLiteral("/somewhere/third.json"), document.experiment());

    document.undoStack().undo(); // the edit
    document.undoStack().undo(); // the opening
    QCOMPARE(document.title(), QStringLiteral("first.json"));
    QCOMPARE(document.experiment(), before.experiment);
    QCOMPARE(document.running(), before.running);
    QCOMPARE(document.pending(), std::vector<std::string>{"quantum.qubits"});
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->training.step, 7u, 10000);
    QCOMPARE(session.view()->training.circuit_weights->value.front(), weight);
    QVERIFY(document.isModified());
    document.undoStack().redo();
    QCOMPARE(document.title(), QStringLiteral("third.json")); // as it was left
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->training.step, 2u, 10000);
    document.undoStack().undo();
    document.undoStack().undo(); // the history before the opening is still there
    document.undoStack().undo();
    QCOMPARE(document.experiment().training.batch, 32);
    QCOMPARE(document.experiment().quantum.qubits, 5);
  }

  /// Undo and redo may come before the session has read anything.
  void hastyUndoAndRedoAgreeWithTheSession() {
    SessionController session;
    Document document(session);
    document.replace(small(), {});
    Experiment other = small();
    other.seed = 5;
    document.open(document.fresh(other, {}), QStringLiteral("Open"));
    document.newSeed();
    document.undoStack().undo();
    document.undoStack().undo();
    document.undoStack().redo();
    QTRY_VERIFY_WITH_TIMEOUT(session.view() && session.view()->run_id == document.currentRun() &&
                                 session.phase() == Phase::ready,
                             20000);
    QCOMPARE(session.view()->experiment.seed, 5u);
    document.undoStack().redo();
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->experiment.seed, 6u, 10000);
    QCOMPARE(document.running(), session.view()->experiment);
  }

  /// Images that are not there: the settings stand, the run there was goes on, and undo is still right.
  void openingWhatCannotBeReadLeavesTheRun() {
    SessionController session;
    Document document(session);
    document.replace(small(), {});
    session.send(StepBatches{3});
    QTRY_VERIFY_WITH_TIMEOUT(session.phase() == Phase::paused, 20000);
    const auto run = document.currentRun();
    Experiment lost = small();
    lost.data.source = "/nowhere";
    document.open(document.fresh(lost, {}), QStringLiteral("Open"));
    QTRY_VERIFY_WITH_TIMEOUT(session.view()->notice && session.view()->notice->is_error, 10000);
    QCOMPARE(document.currentRun(), run);
    QCOMPARE(document.pending(), std::vector<std::string>{"data.source"});
    document.undoStack().undo();
    QVERIFY(document.pending().empty());
    QTRY_COMPARE_WITH_TIMEOUT(session.view()->training.step, 3u, 10000);
  }

  void knowsWhatNoFileHolds() {
    SessionController session;
    Document document(session);
    document.replace(small(), {});
    QTRY_VERIFY_WITH_TIMEOUT(session.phase() == Phase::ready, 10000);
    QVERIFY(!document.isModified());
    document.edit("training.batch", 64LL);
    QVERIFY(document.isModified());
    document.undoStack().undo();
    QVERIFY(!document.isModified());
    session.send(StepBatches{1});
    QTRY_VERIFY_WITH_TIMEOUT(document.isModified(), 10000);
  }
};

QTEST_MAIN(TestDocument)
#include "test_document.moc"
