// One neuron on its own, stepped by the kernel that trains: what it answers to a current, and the stand-in
// for its spike's derivative. No equation is written down a second time.
#pragma once
#include "engine/spiking/settings.h"
#include <span>
#include <vector>

namespace duet {

struct NeuronAnswer {
  double start = 0;             ///< the membrane before the first step
  std::vector<double> membrane; ///< [step], after input and before reset
  std::vector<double> after;    ///< [step], after reset
  std::vector<int> spikes;      ///< [step]
};

/// The answer to input[step]. A neuron that starts at random starts at 0 here.
NeuronAnswer answer_to(const SpikingSettings &settings, std::span<const float> input);
/// The same input at every step.
NeuronAnswer answer_to(const SpikingSettings &settings, double input, int steps);
/// The weakest constant input that makes this neuron spike at least so often in so many steps; where none
/// does, one that makes it spike as often as it can.
double input_for_spikes(const SpikingSettings &settings, int spikes, int steps);
/// The surrogate of the derivative by v at each distance = v - threshold; of a neuron without threshold the
/// output's derivative by u at each u.
std::vector<double> spike_derivative(const NeuronSettings &neuron, std::span<const float> distance);
/// The membrane value from which it spikes: its threshold, or one whole spike.
double crossing(const NeuronSettings &neuron);

} // namespace duet
