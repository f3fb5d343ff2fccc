// From the quantum branch's settings to its circuit: the templates of engine/MODEL.md 1.2.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/circuit/settings.h"

namespace duet {

/// The whole circuit of any ansatz but `custom`: encoding column, layers, re-upload columns. `features` is
/// the number of angles the branch computes (n, or 0 for amplitude input), used or not. `none` gives n bare
/// qubits without features, operations and weights, since no circuit runs then.
/// Throws Error (exit 2) where the settings contradict each other.
Circuit build_template(const QuantumSettings &settings);

} // namespace duet
