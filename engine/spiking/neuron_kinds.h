// What each kind of neuron is, beside its equation (kernels/dense/neurons.cpp): one record a kind, read by
// checks, defaults, captions and memory alike.
#pragma once
#include "engine/kernels/kinds.h"

namespace duet {

struct NeuronFacts {
  const char *name = nullptr;  ///< as in experiment.json
  const char *title = nullptr; ///< in captions: "LIF"
  const char *help = nullptr;  ///< one sentence
  bool leaks = false;          ///< has tau, resistance and v_rest
  bool has_threshold = false;  ///< and reset, refractory time and surrogate; else it counts whole numbers
  bool starts_at_random = false;
  bool keeps_time = false; ///< its equation holds the step length, even without a refractory time
  double default_dt_ms = 1;
};

constexpr NeuronFacts facts(NeuronKind kind) {
  switch (kind) {
  case NeuronKind::lif:
    return {.name = "lif",
            .title = "LIF",
            .help = "Leaky integrate-and-fire: the membrane forgets with its time constant.",
            .leaks = true,
            .has_threshold = true,
            .keeps_time = true};
  case NeuronKind::integrate_and_fire:
    return {.name = "if",
            .title = "IF",
            .help = "Integrate-and-fire: the membrane adds up its input and forgets nothing.",
            .has_threshold = true};
  case NeuronKind::rate:
    return {
        .name = "rate",
        .title = "rate",
        .help =
            "Spiking rectifier: spikes at a rate equal to its positive input, as in the published notebooks.",
        .starts_at_random = true,
        .keeps_time = true,
        .default_dt_ms = 10};
  }
  return {};
}

/// How many kinds there are.
inline constexpr int neuron_kind_count = [] {
  int count = 0;
  while (facts(static_cast<NeuronKind>(count)).name)
    ++count;
  return count;
}();

} // namespace duet
