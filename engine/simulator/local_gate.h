// A gate as states take it that are kept in full: a small matrix on its targets, where its controls are 1.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/simulator/amplitudes.h"

namespace duet {

struct LocalGate {
  GateQubits qubits; ///< controls first, then targets
  int controls = 0, targets = 0;
  std::vector<std::complex<double>> matrix; ///< 2^targets square, row-major, the first target leftmost
  std::span<const std::int16_t> touched() const {
    return std::span(qubits).first(std::size_t(controls + targets));
  }
};

/// Not of a barrier. features, weights: radians; those that are missing count as 0.
LocalGate local_gate(const Operation &operation, std::span<const double> features,
                     std::span<const double> weights);
/// The gate that undoes it.
LocalGate undone(const LocalGate &gate);
/// The gate with its matrix's numbers conjugated.
LocalGate conjugated(const LocalGate &gate);

/// Of `qubits` qubits, the first the most significant of bits that begin `above` bits up.
void apply(const LocalGate &gate, int qubits, int above, Amplitudes &amplitudes);

} // namespace duet
