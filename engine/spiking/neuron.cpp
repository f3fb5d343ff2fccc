#include "engine/spiking/neuron.h"
#include <algorithm>
#include <cmath>

namespace duet {

NeuronConstants neuron_constants(const SpikingSettings &settings) {
  const NeuronSettings &neuron = settings.neuron;
  const NeuronFacts kind = facts(neuron.kind);
  const double decay = kind.leaks ? std::exp(-settings.dt_ms / neuron.tau_ms) : 1.0;
  NeuronConstants c{};
  c.kind = neuron.kind;
  c.surrogate = neuron.surrogate;
  c.reset = neuron.reset;
  if (kind.has_threshold) // longer than the run is as long as the run
    c.refractory_steps = static_cast<int>(std::min(std::ceil(neuron.refractory_ms / settings.dt_ms - 1e-9),
                                                   static_cast<double>(settings.steps)));
  c.steps = settings.steps;
  c.decay = static_cast<float>(decay);
  c.gain = kind.leaks ? static_cast<float>(neuron.resistance * (1.0 - decay)) : 1.0f;
  c.leak = kind.leaks ? static_cast<float>(neuron.v_rest * (1.0 - decay)) : 0.0f;
  c.threshold = static_cast<float>(neuron.threshold);
  c.v_reset = static_cast<float>(neuron.v_reset);
  c.start = static_cast<float>(kind.leaks ? neuron.v_rest : neuron.v_reset);
  c.slope = static_cast<float>(neuron.slope);
  c.dt = static_cast<float>(settings.dt_ms / 1000.0);
  return c;
}

} // namespace duet
