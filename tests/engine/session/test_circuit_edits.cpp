// Another circuit while a run goes on: weights go on by their numbers, and what was done can be done again.
#include "engine/base/error.h"
#include "engine/circuit/templates.h"
#include "engine/experiment/run_folder.h"
#include "engine/model/build_circuit.h"
#include "engine/qasm/qasm.h"
#include "engine/session/training_run.h"
#include "tests/support/small_experiments.h"
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace duet;

namespace {

TrainingRun new_run(const Experiment &e) {
  return TrainingRun(e, std::make_shared<const Dataset>(load_dataset(e.data, e.seed)),
                     std::make_shared<const Workers>(e.training.threads));
}

void advance_to(TrainingRun &run, std::uint64_t step) {
  while (run.trainer().steps_done() < step && run.advance()) {
  }
}

void finish(TrainingRun &run) {
  while (run.advance()) {
  }
}

void use(TrainingRun &run, const Circuit &circuit) {
  Experiment wanted = run.experiment();
  wanted.quantum.ansatz = Ansatz::custom;
  wanted.quantum.circuit = write_qasm3(circuit);
  run.change(wanted);
}

std::vector<float> values(const TrainingRun &run, const char *tensor = "quantum.circuit.weights") {
  return run.trainer().checkpoint().tensors.at(tensor).values;
}

Circuit star() { return build_circuit(small().quantum); }

/// The gate that weight number `weight` turns, left out.
Circuit without(Circuit circuit, int weight) {
  std::erase_if(circuit.operations, [&](const Operation &op) {
    return op.angles[0].source == Angle::Source::weight && op.angles[0].index == weight;
  });
  return circuit;
}

/// One more turn at the end.
Circuit with_one_more(Circuit circuit) {
  Operation turn{Gate::ry, {1}, {}};
  turn.angles[0] = Angle::weight(circuit.weights++);
  circuit.operations.push_back(turn);
  return circuit;
}

} // namespace

class TestCircuitEdits : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void aTemplateAsTheUsersOwnIsTheSameNetwork() {
    TrainingRun plain = new_run(small()), edited = new_run(small());
    finish(plain);
    advance_to(edited, 4);
    use(edited, star());
    QCOMPARE(edited.experiment().quantum.ansatz, Ansatz::custom);
    QCOMPARE(edited.trainer().steps_done(), std::uint64_t{4});
    finish(edited);
    QCOMPARE(edited.trainer().signature(), plain.trainer().signature());
    QCOMPARE(signature_of(edited.trainer().checkpoint()), signature_of(plain.trainer().checkpoint()));
    QCOMPARE(edited.look().epochs->back().test_loss, plain.look().epochs->back().test_loss);
    QCOMPARE(edited.look().batches->size(), plain.look().batches->size());
  }

  void weightsGoOnByTheirNumbersAndNewOnesBeginAtZero() {
    TrainingRun run = new_run(small());
    advance_to(run, 5);
    const TensorFile before = run.trainer().checkpoint();
    const int weights = star().weights;
    use(run, with_one_more(without(star(), 1)));
    const TensorFile after = run.trainer().checkpoint();
    QCOMPARE(after.tensors.size(), before.tensors.size());
    for (const auto &[name, tensor] : before.tensors) {
      std::vector<float> kept = after.tensors.at(name).values;
      if (name == "quantum.circuit.weights.first_moment" || name == "quantum.circuit.weights.second_moment") {
        QCOMPARE(kept[1], 0.0F);
        kept[1] = tensor.values[1];
      }
      if (name.starts_with("quantum.circuit.weights")) {
        QCOMPARE(kept.size(), tensor.values.size() + 1);
        QCOMPARE(kept.back(), 0.0F);
        kept.pop_back();
      }
      QVERIFY2(kept == tensor.values, name.c_str());
    }
    QCOMPARE(run.trainer().parameter_count(), new_run(small()).trainer().parameter_count() + 1);
    advance_to(run, 8);
    const auto later = values(run);
    QCOMPARE(later[1], before.tensors.at("quantum.circuit.weights").values[1]); // unused: it waits
    QVERIFY(later[std::size_t(weights)] != 0.0F);                               // it learns
    use(run, star()); // as undo does: the weight that waited is there again
    QCOMPARE(values(run)[1], later[1]);
    QCOMPARE(values(run).size(), std::size_t(weights));
  }

  void whatAnEditDoesToTheWeightsIsCounted() {
    const Circuit first = star(); // 12 weights
    QCOMPARE(weight_change(first, first), (WeightChange{12, 0, 0, 0}));
    QCOMPARE(weight_change(first, with_one_more(without(first, 1))), (WeightChange{11, 1, 0, 1}));
    QCOMPARE(weight_change(without(first, 1), first), (WeightChange{11, 0, 1, 0}));
    QCOMPARE(weight_change(with_one_more(first), Circuit{5, 5, 0, {}, {}}), (WeightChange{0, 0, 0, 13}));
  }

  void itIsLoggedMarkedResumedAndReplayed() {
    const Circuit own = with_one_more(without(star(), 4));
    TrainingRun played = new_run(small());
    advance_to(played, 4);
    use(played, own);
    advance_to(played, 9);
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    write_run(path, played.record());
    use(played, with_one_more(own));
    advance_to(played, 12);
    Experiment back = played.experiment();
    back.quantum = small().quantum;
    played.change(back);
    finish(played);
    std::vector<std::string> said;
    for (const Mark &mark : *played.marks())
      said.push_back(mark.label);
    QCOMPARE(said.front(), std::string("ansatz star to custom"));
    QCOMPARE(said[1], std::string("circuit text changed"));

    const RunRecord saved = read_run(path);
    const Experiment now = current_experiment(saved);
    TrainingRun resumed(saved, std::make_shared<const Dataset>(load_dataset(now.data, now.seed)),
                        std::make_shared<const Workers>(2));
    QVERIFY(build_circuit(resumed.experiment().quantum) == build_circuit(now.quantum));
    use(resumed, with_one_more(own));
    advance_to(resumed, 12);
    resumed.change(back);
    finish(resumed);
    QCOMPARE(resumed.trainer().signature(), played.trainer().signature());

    TrainingRun again = new_run(played.record().start);
    const auto log = played.record().changes;
    QCOMPARE(log.size(), std::size_t{3});
    std::size_t next = 0;
    do {
      while (next < log.size() && log[next].step <= again.trainer().steps_done())
        again.repeat(log[next++]);
    } while (again.advance());
    QCOMPARE(signature_of(again.trainer().checkpoint()), signature_of(played.trainer().checkpoint()));
  }

  void anyNumberOfThreadsGivesTheSameBits() {
    std::string one;
    for (const int threads : {1, 2, 4}) {
      TrainingRun run = new_run(small(threads));
      advance_to(run, 3);
      use(run, with_one_more(without(star(), 2)));
      finish(run);
      if (threads == 1)
        one = run.trainer().signature();
      QCOMPARE(run.trainer().signature(), one);
    }
  }

  /// Other qubits, another input, no circuit: another network, and nothing has changed.
  void whatIsNotTheCircuitAloneIsRefused() {
    TrainingRun run = new_run(small());
    advance_to(run, 3);
    const std::string before = signature_of(run.trainer().checkpoint());
    const auto refuses = [&](const auto &change, const char *path) {
      Experiment wanted = run.experiment();
      wanted.quantum.ansatz = Ansatz::custom;
      wanted.quantum.circuit = write_qasm3(star());
      change(wanted);
      try {
        run.change(wanted);
        return false;
      } catch (const Error &error) {
        return QString(error.what()).contains(path) && signature_of(run.trainer().checkpoint()) == before &&
               run.changes() == 0;
      }
    };
    QVERIFY(refuses(
        [](Experiment &e) {
          e.quantum.qubits = 3;
          Circuit smaller = build_template([&] {
            QuantumSettings q;
            q.qubits = 3;
            return q;
          }());
          e.quantum.circuit = write_qasm3(smaller);
        },
        "quantum.qubits"));
    QVERIFY(refuses([](Experiment &e) { e.quantum.input = QuantumInput::linear; }, "quantum.input"));
    QVERIFY(refuses([](Experiment &e) { e.quantum.ansatz = Ansatz::none; }, "quantum.ansatz"));
    QVERIFY(refuses([](Experiment &e) { e.quantum.ansatz = Ansatz::ring; }, "quantum.ansatz"));
    QVERIFY(refuses([](Experiment &e) { e.spiking.hidden = {9}; }, "spiking.hidden"));
    QVERIFY(refuses([](Experiment &e) { e.quantum.circuit = "qubit q; wrong"; }, "quantum.circuit"));
    QVERIFY(refuses(
        [](Experiment &e) {
          e.quantum.circuit = write_qasm3(Circuit{4, 4, 0, {}, {}});
        },
        "quantum.qubits"));
  }

  /// A circuit without weights, and back to one with.
  void allWeightsMayGo() {
    TrainingRun run = new_run(small());
    advance_to(run, 3);
    Circuit bare = star();
    bare.operations.clear();
    bare.weights = 0;
    use(run, bare);
    advance_to(run, 5);
    QVERIFY(!run.trainer().weights().tensors.contains("quantum.circuit.weights"));
    use(run, star());
    for (const float value : values(run))
      QCOMPARE(value, 0.0F);
    finish(run);
    QVERIFY(run.finished());
  }
};

QTEST_APPLESS_MAIN(TestCircuitEdits)
#include "test_circuit_edits.moc"
