// One neuron on its own, for the small drawings of the form. Contract 1.1, with the engine's constants.
#pragma once
#include "engine/spiking/settings.h"
#include <vector>

namespace duet::ui {

struct NeuronResponse {
  double input = 0;             ///< u, the same at every step
  std::vector<double> membrane; ///< [step], after input and before reset
  std::vector<double> after;    ///< [step], after reset
  std::vector<int> spikes;      ///< [step]
};

/// The answer to a constant input. lif and if: v as in the contract; rate: v starts at 0.
NeuronResponse neuron_response(const SpikingSettings &settings, double input, int steps);
/// An input that makes this neuron fire about every eight steps: one and a half times what a lif neuron
/// needs to reach threshold at all.
double telling_input(const SpikingSettings &settings);
/// The stand-in for a spike's derivative at d = membrane - threshold.
double surrogate_gradient(const NeuronSettings &neuron, double d);

} // namespace duet::ui
