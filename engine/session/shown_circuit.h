// The circuit of a run as every view of it shows it, made once.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/experiment/experiment.h"
#include <memory>

namespace duet {

struct ShownCircuit {
  Circuit circuit;
  int acting = 0; ///< weights that change any <Z_i> at all (engine/analysis/acting_weights.h)
};

/// Null for a model without a circuit. Throws Error as build_circuit does.
std::shared_ptr<const ShownCircuit> shown_circuit(const Experiment &experiment);

} // namespace duet
