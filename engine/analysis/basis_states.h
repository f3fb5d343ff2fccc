// What is certain of qubits while they are still 0 or 1.
#pragma once
#include "engine/circuit/circuit.h"
#include <vector>

namespace duet {

/// What a gate finds on the qubits that control it, whatever the inputs.
struct CertainControls {
  bool never = false;         ///< one of them is always 0: the gate does nothing
  std::uint8_t always_on = 0; ///< bit c: control c is always 1
};

/// [operation], of a circuit on |0..0>.
std::vector<CertainControls> certain_controls(const Circuit &circuit);

} // namespace duet
