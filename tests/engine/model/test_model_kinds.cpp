// Which parts a model is said to have are those it has weights for.
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/experiment/describe.h"
#include "engine/model/network.h"
#include <QTest>

using namespace duet;

class TestModelKinds : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void parts_said_are_parts_built() {
    for (const ModelKind kind : {ModelKind::parallel, ModelKind::spiking, ModelKind::serial})
      for (const QuantumInput input : {QuantumInput::spiking, QuantumInput::linear, QuantumInput::pooled})
        for (const Ansatz ansatz : {Ansatz::star, Ansatz::none}) {
          if (kind == ModelKind::serial && input != QuantumInput::spiking)
            continue;
          Architecture a;
          a.model.kind = kind;
          a.quantum.input = input;
          a.quantum.ansatz = ansatz;
          const Network network(a, 1);
          TensorFile file;
          export_tensors(network.layout(), network.weights(), "", file);
          const auto there = [&](const char *name) { return file.tensors.count(name) > 0; };
          QCOMPARE(has_spiking_branch(a), there("spiking.readout.weight"));
          QCOMPARE(has_quantum_branch(a), there("quantum.readout.weight"));
          QCOMPARE(has_circuit(a), there("quantum.circuit.weights"));
          QCOMPARE(has_encoder(a), there("quantum.encoder.0.weight"));
          QCOMPARE(has_neurons(a), there("spiking.0.weight") || there("quantum.encoder.0.weight"));
          QCOMPARE(is_twin(a), there("quantum.readout.weight") && !there("quantum.circuit.weights"));
          QCOMPARE(mixes(a), has_spiking_branch(a) && has_quantum_branch(a));
        }
  }

  /// Lists of events name a pixel in 16 bits.
  void no_model_takes_more_pixels_than_a_list_can_name() {
    Architecture a;
    a.model.kind = ModelKind::spiking;
    a.spiking.hidden = {1};
    a.pixels = max_pixels;
    QCOMPARE(Network(a, 1).layout().parameters, std::size_t{max_pixels + 1 + 20});
    a.pixels = max_pixels + 1;
    QVERIFY_EXCEPTION_THROWN(Network(a, 1), Error);
  }

  void a_branch_alone_is_the_whole_answer() {
    ModelSettings model{ModelKind::parallel, 0.3};
    QCOMPARE(answer_ratio(model), 0.3);
    model.kind = ModelKind::spiking;
    QCOMPARE(answer_ratio(model), 0.0);
    model.kind = ModelKind::serial;
    QCOMPARE(answer_ratio(model), 1.0);
  }

  /// What is frozen stays frozen in a model of one branch, so its lock must be in reach there too.
  void locks_apply_where_their_branch_is() {
    Experiment e;
    e.model.kind = ModelKind::spiking;
    QVERIFY(applies(e, "training.train_spiking") && !applies(e, "training.train_quantum"));
    e.model.kind = ModelKind::serial;
    QVERIFY(!applies(e, "training.train_spiking") && applies(e, "training.train_quantum"));
    QVERIFY(!applies(e, "model.fusion_ratio"));
  }
};

QTEST_APPLESS_MAIN(TestModelKinds)
#include "test_model_kinds.moc"
