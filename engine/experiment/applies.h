// Where a setting has a meaning: what the settings' table says of each (settings_table.h).
#pragma once
#include "engine/experiment/experiment.h"
#include "engine/spiking/neuron_kinds.h"

namespace duet {

inline bool always(const Experiment &) { return true; }

inline bool disturbs(const Experiment &e) { return e.data.noise.kind != NoiseKind::none; }

inline bool draws_spikes(const Experiment &e) {
  return has_neurons(e) && e.spiking.encoder == Encoder::poisson;
}
inline bool leaks(const Experiment &e) { return has_neurons(e) && facts(e.spiking.neuron.kind).leaks; }
inline bool has_threshold(const Experiment &e) {
  return has_neurons(e) && facts(e.spiking.neuron.kind).has_threshold;
}
inline bool has_slope(const Experiment &e) {
  return has_threshold(e) && e.spiking.neuron.surrogate != Surrogate::straight_through;
}
/// An `if` neuron knows time only through its refractory period.
inline bool keeps_time(const Experiment &e) {
  return has_neurons(e) && (facts(e.spiking.neuron.kind).keeps_time || e.spiking.neuron.refractory_ms > 0);
}

inline bool has_own_circuit(const Experiment &e) {
  return has_quantum_branch(e) && e.quantum.ansatz == Ansatz::custom;
}
inline bool repeats_layers(const Experiment &e) {
  return has_circuit(e) && e.quantum.ansatz != Ansatz::custom;
}
inline bool uploads_again(const Experiment &e) {
  return repeats_layers(e) && e.quantum.input != QuantumInput::amplitude;
}

inline bool has_momentum(const Experiment &e) { return e.training.optimizer == Optimizer::sgd; }
inline bool decays_weights(const Experiment &e) { return e.training.optimizer == Optimizer::adamw; }
inline bool steps_rate(const Experiment &e) { return e.training.schedule == Schedule::step; }

} // namespace duet
