// How large a circuit may be to be run at many random angles.
#pragma once
#include "engine/base/limits.h"
#include "engine/circuit/circuit.h"
#include <cmath>

namespace duet {

/// Ten thousand runs of what is smaller take a few seconds.
inline bool too_large_to_sample(const Circuit &circuit) {
  constexpr double most = 400'000; // gates times amplitudes
  return circuit.qubits > most_trained_qubits ||
         std::ldexp(double(circuit.operations.size()), circuit.qubits) > most;
}

} // namespace duet
