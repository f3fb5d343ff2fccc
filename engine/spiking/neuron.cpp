#include "engine/spiking/neuron.h"
#include <algorithm>
#include <cmath>

namespace duet {

NeuronConstants neuron_constants(const SpikingSettings &settings) {
  const NeuronSettings &neuron = settings.neuron;
  const bool leaky = neuron.kind == NeuronKind::lif;
  const double decay = leaky ? std::exp(-settings.dt_ms / neuron.tau_ms) : 1.0;
  NeuronConstants c{};
  c.kind = static_cast<int>(neuron.kind);
  c.surrogate = static_cast<int>(neuron.surrogate);
  c.zero_reset = neuron.reset == Reset::zero;
  c.refractory_steps = static_cast<int>( // longer than the run is as long as the run
      std::min(std::ceil(neuron.refractory_ms / settings.dt_ms - 1e-9), static_cast<double>(settings.steps)));
  c.steps = settings.steps;
  c.decay = static_cast<float>(decay);
  c.gain = leaky ? static_cast<float>(neuron.resistance * (1.0 - decay)) : 1.0f;
  c.leak = leaky ? static_cast<float>(neuron.v_rest * (1.0 - decay)) : 0.0f;
  c.threshold = static_cast<float>(neuron.threshold);
  c.v_reset = static_cast<float>(neuron.v_reset);
  c.start = static_cast<float>(leaky ? neuron.v_rest : neuron.v_reset);
  c.slope = static_cast<float>(neuron.slope);
  c.dt = static_cast<float>(settings.dt_ms / 1000.0);
  if (neuron.kind == NeuronKind::rate) { // no refractory time, and du enters the output itself
    c.refractory_steps = 0;
    c.gain = 1.0f;
  }
  return c;
}

} // namespace duet
