// How much of a circuit can be trained at all, with certainty.
#pragma once
#include "engine/circuit/circuit.h"
#include <optional>

namespace duet {

/// How many weights change any <Z_i> at all. Expectations are analytic in the angles, so a weight whose
/// derivative vanishes for every <Z_i> at several random places vanishes everywhere. Nothing for circuits
/// too large to try at once.
std::optional<int> acting_weights(const Circuit &circuit, bool amplitude_input);

} // namespace duet
