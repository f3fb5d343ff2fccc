// From the quantum branch's settings to its circuit, whether a template or the user's own.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/circuit/settings.h"

namespace duet {

/// A template's circuit (engine/circuit/templates.h), or for `custom` the one that settings.circuit spells
/// out, with as many features as the branch computes. Throws Error (exit 2) where the settings contradict
/// each other or the program is wrong.
Circuit build_circuit(const QuantumSettings &settings);

} // namespace duet
