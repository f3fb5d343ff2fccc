// From the quantum branch's settings to its circuit: the templates of contract section 1.2.
#pragma once
#include "engine/quantum/circuit.h"
#include "engine/quantum/settings.h"

namespace duet {

/// The whole circuit: encoding column, layers, re-upload columns. `features` is the number of angles the
/// branch computes (n, or 0 for amplitude input), used or not. `custom` reads settings.circuit; `none`
/// gives n bare qubits without features, operations and weights, since no circuit runs then.
/// Throws Error (exit 2) where the settings contradict each other or the custom program is wrong.
Circuit build_circuit(const QuantumSettings &settings);

/// Weights of one layer of a template on n qubits; 0 for custom and none.
int weights_per_layer(Ansatz ansatz, int qubits);

} // namespace duet
