// What a circuit is, in numbers that need no angles or that are means over random ones.
#pragma once
#include "engine/analysis/acting_weights.h"
#include "engine/analysis/circuit_samples.h"
#include <string>
#include <utility>
#include <vector>

namespace duet {

struct CircuitFacts {
  /// Layers of gates, as Qiskit counts: a gate stands in the layer after the last of its qubits' gates; a
  /// barrier adds none, but what follows it stands after all that is before it.
  int depth = 0;
  /// By name in OpenQASM 3, in the order of the gates' records; barriers are none.
  std::vector<std::pair<std::string, std::size_t>> gates;
  std::size_t two_qubit_gates = 0; ///< gates on exactly two qubits
  WeightFacts weights;
  /// [i]: the qubits, in order, on which a gate can change <Z_i>: i itself, and others where it meets what
  /// later gates make of Z_i and does not commute with it.
  std::vector<std::vector<int>> light_cones;
  std::optional<EntanglingCapability> entangling; ///< nothing: too large to sample
  std::optional<Expressibility> expressibility;   ///< likewise
};

/// Takes seconds for circuits that are almost too large to sample.
CircuitFacts circuit_facts(const Circuit &circuit);

} // namespace duet
