// What an experiment says about its spiking layers. engine/MODEL.md 1.1.
#pragma once
#include "engine/kernels/kinds.h"
#include <vector>

namespace duet {

enum class Encoder { constant, poisson, latency };

struct NeuronSettings {
  NeuronKind kind = NeuronKind::lif;
  double tau_ms = 10;
  double threshold = 1;
  double v_rest = 0;
  double v_reset = 0;
  double resistance = 10;
  double refractory_ms = 0;
  Reset reset = Reset::subtract;
  Surrogate surrogate = Surrogate::fast_sigmoid;
  double slope = 25; ///< default follows the surrogate: 25, 2, 25, 1, (unused)
  bool operator==(const NeuronSettings &) const = default;
};

struct SpikingSettings {
  Encoder encoder = Encoder::constant;
  double max_rate = 1.0;
  int steps = 10;
  double dt_ms = 1; ///< default follows the neuron: rate 10, else 1
  std::vector<int> hidden = {128};
  NeuronSettings neuron;
  bool operator==(const SpikingSettings &) const = default;
};

} // namespace duet
