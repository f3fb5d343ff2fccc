// From a neuron's settings to the constants of its equation.
#pragma once
#include "engine/kernels/dense.h"
#include "engine/spiking/neuron_kinds.h"
#include "engine/spiking/settings.h"

namespace duet {

/// engine/MODEL.md 1.1: a = exp(-dt/tau), g = R (1 - a); refractory steps = ceil(refractory / dt).
NeuronConstants neuron_constants(const SpikingSettings &settings);

} // namespace duet
