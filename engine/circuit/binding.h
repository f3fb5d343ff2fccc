// Inputs of a circuit put in by value.
#pragma once
#include "engine/circuit/circuit.h"
#include <span>

namespace duet {

/// The same circuit with its weights as constants; missing ones count as 0. Features stay inputs.
Circuit with_weights(const Circuit &circuit, std::span<const double> weights);

} // namespace duet
