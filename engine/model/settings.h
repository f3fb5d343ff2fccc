// What an experiment says about how the branches are put together. engine/MODEL.md 1.
#pragma once
#include "engine/circuit/settings.h"
#include "engine/spiking/settings.h"
#include <cstdint>

namespace duet {

enum class ModelKind { parallel, spiking, serial };

struct ModelSettings {
  ModelKind kind = ModelKind::parallel;
  double fusion_ratio = 0.6; ///< logits = (1 - r) * spiking + r * quantum
  bool operator==(const ModelSettings &) const = default;
};

constexpr bool has_spiking_branch(ModelKind kind) { return kind != ModelKind::serial; }
constexpr bool has_quantum_branch(ModelKind kind) { return kind != ModelKind::spiking; }
/// Two branches answer and the fusion ratio mixes them.
constexpr bool mixes(ModelKind kind) { return has_spiking_branch(kind) && has_quantum_branch(kind); }
/// The ratio at which the model's own answer stands: a branch that is alone is the whole answer.
constexpr double answer_ratio(const ModelSettings &model) {
  return mixes(model.kind) ? model.fusion_ratio : has_quantum_branch(model.kind) ? 1.0 : 0.0;
}

/// Everything that defines a model's shape and equations.
struct Architecture {
  ModelSettings model;
  SpikingSettings spiking;
  QuantumSettings quantum;
  int pixels = 784; ///< d, from the IDX header
  bool operator==(const Architecture &) const = default;
};

/// What has the settings of a whole model: an Architecture, an Experiment.
template <class T>
concept WholeModel = requires(const T &whole) {
  whole.model.kind;
  whole.spiking.hidden;
  whole.quantum.ansatz;
};
bool has_spiking_branch(const WholeModel auto &whole) { return has_spiking_branch(whole.model.kind); }
bool has_quantum_branch(const WholeModel auto &whole) { return has_quantum_branch(whole.model.kind); }
bool mixes(const WholeModel auto &whole) { return mixes(whole.model.kind); }
bool has_circuit(const WholeModel auto &whole) {
  return has_quantum_branch(whole) && whole.quantum.ansatz != Ansatz::none;
}
/// A quantum branch without a circuit: its values go straight to the last Linear.
bool is_twin(const WholeModel auto &whole) {
  return has_quantum_branch(whole) && whole.quantum.ansatz == Ansatz::none;
}
/// The quantum branch's own spiking encoder.
bool has_encoder(const WholeModel auto &whole) {
  return has_quantum_branch(whole) && whole.quantum.input == QuantumInput::spiking;
}
bool has_neurons(const WholeModel auto &whole) { return has_spiking_branch(whole) || has_encoder(whole); }

/// Only the circuit changes, as is_circuit_edit(QuantumSettings) says: a training can go on with it.
bool is_circuit_edit(const WholeModel auto &from, const WholeModel auto &to) {
  return from.model.kind == to.model.kind && has_quantum_branch(from) &&
         is_circuit_edit(from.quantum, to.quantum);
}

inline constexpr int class_count = 10; ///< logits, whatever classes are kept

} // namespace duet
