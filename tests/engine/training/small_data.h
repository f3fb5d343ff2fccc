// A small made-up data set that a network can learn: a bright bar whose place is the class, on a dark ground.
#pragma once
#include "engine/base/random.h"
#include "engine/training/trainer.h"

namespace small_data {

inline duet::ImageSet images(std::size_t count, std::uint32_t stream) {
  const duet::RandomStream random(5, "test.small_data");
  duet::ImageSet set;
  set.rows = set.cols = 10;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto label = random.block(i, stream)[0] % 10;
    for (std::uint32_t p = 0; p < 100; ++p) {
      const auto words = random.block(i, stream, p + 1);
      const bool bar = p / 10 == label;
      set.pixels.push_back(static_cast<std::uint8_t>(bar                 ? 128 + words[0] % 128
                                                     : words[0] % 8 == 0 ? words[1] % 160
                                                                         : 0));
    }
    set.targets.push_back(static_cast<std::uint8_t>(label));
    set.file_index.push_back(3 * i + 1);
  }
  return set;
}

inline std::shared_ptr<const duet::Dataset> dataset(std::size_t train = 150, std::size_t test = 70,
                                                    std::size_t validation = 0) {
  auto data = std::make_shared<duet::Dataset>();
  data->files.source = "bars";
  data->train = images(train, 0);
  data->test = images(test, 1);
  data->validation = images(validation, 2);
  return data;
}

/// Both branches, small: 100 pixels, 20 neurons, 3 qubits.
inline duet::TrainerPlan plan() {
  duet::TrainerPlan p;
  p.seed = 9;
  p.architecture.pixels = 100;
  p.architecture.spiking.hidden = {20};
  p.architecture.quantum.qubits = 3;
  p.training.batch = 40; // the last batch of 150 is smaller, and no chunk of 16 divides it
  p.training.epochs = 3;
  p.training.learning_rate = 0.01;
  return p;
}

/// Trains on to the end of the given epoch or of the run.
inline void train(duet::Trainer &trainer, int epochs = 1000) {
  while (!trainer.finished() && trainer.epochs_done() < epochs)
    if (trainer.epoch_complete())
      trainer.finish_epoch(1.0);
    else
      trainer.step();
}

/// Variants that between them use every path of the engine.
inline std::vector<std::pair<const char *, duet::TrainerPlan>> variants() {
  using namespace duet;
  std::vector<std::pair<const char *, TrainerPlan>> list;
  const auto add = [&](const char *name, auto change) {
    TrainerPlan p = plan();
    change(p);
    list.emplace_back(name, p);
  };
  add("default", [](TrainerPlan &) {});
  add("rate", [](TrainerPlan &p) {
    p.architecture.spiking.neuron.kind = NeuronKind::rate;
    p.architecture.spiking.dt_ms = 10;
    p.architecture.quantum.projection = {18};
  });
  add("poisson", [](TrainerPlan &p) { p.architecture.spiking.encoder = Encoder::poisson; });
  add("latency, two layers", [](TrainerPlan &p) {
    p.architecture.spiking.encoder = Encoder::latency;
    p.architecture.spiking.hidden = {24, 17};
  });
  add("constant, two rate layers", [](TrainerPlan &p) {
    p.architecture.spiking.neuron.kind = NeuronKind::rate;
    p.architecture.spiking.dt_ms = 10;
    p.architecture.spiking.hidden = {24, 17};
  });
  add("serial, clipped, noisy", [](TrainerPlan &p) {
    p.architecture.model.kind = ModelKind::serial;
    p.training.clip_norm = 0.1;
    p.data.noise = {NoiseKind::gaussian, 0.2, NoiseApply::both};
    p.data.augment.shift_px = 1;
  });
  add("spiking, sgd, zero reset", [](TrainerPlan &p) {
    p.architecture.model.kind = ModelKind::spiking;
    p.architecture.spiking.neuron.reset = Reset::zero;
    p.training.optimizer = Optimizer::sgd;
    p.training.momentum = 0.9;
  });
  add("linear, ring, adamw", [](TrainerPlan &p) {
    p.architecture.quantum.input = QuantumInput::linear;
    p.architecture.quantum.ansatz = Ansatz::ring;
    p.training.optimizer = Optimizer::adamw;
    p.training.schedule = Schedule::cosine;
  });
  add("pooled, rmsprop", [](TrainerPlan &p) {
    p.architecture.quantum.input = QuantumInput::pooled;
    p.training.optimizer = Optimizer::rmsprop;
    p.training.schedule = Schedule::step;
    p.training.step_epochs = 1;
  });
  add("amplitude", [](TrainerPlan &p) {
    p.architecture.quantum.input = QuantumInput::amplitude;
    p.architecture.quantum.qubits = 7;
  });
  add("classical twin", [](TrainerPlan &p) { p.architecture.quantum.ansatz = Ansatz::none; });
  return list;
}

/// Same values, names and shapes; a NaN differs from itself, so none may hide here.
inline bool same(const duet::TensorFile &a, const duet::TensorFile &b) {
  return a.tensors == b.tensors && a.metadata == b.metadata;
}

inline bool same_row(const duet::EpochRow &a, const duet::EpochRow &b) {
  return a.epoch == b.epoch && a.train_loss == b.train_loss && a.train_accuracy == b.train_accuracy &&
         a.test_loss == b.test_loss && a.test_accuracy == b.test_accuracy &&
         a.test_accuracy_spiking == b.test_accuracy_spiking &&
         a.test_accuracy_quantum == b.test_accuracy_quantum;
}

} // namespace small_data
