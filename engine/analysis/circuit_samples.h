// What a circuit can do, estimated at random inputs and weights, all uniform in [0, 2 pi). The angles are the
// same for ever (random_angles.h).
#pragma once
#include "engine/circuit/circuit.h"
#include <optional>

namespace duet {

/// How much the circuit entangles its qubits: the mean over random states of Meyer and Wallach's measure
/// (2002) Q = 2 (1 - mean over qubits of Tr rho_q^2), 0 for product states, at most 1 (Sim, Johnson and
/// Aspuru-Guzik 2019).
struct EntanglingCapability {
  double value = 0;
  double standard_error = 0; ///< of the mean
  int samples = 0;
};
/// Nothing if the circuit is too large (sample_limit.h).
std::optional<EntanglingCapability> entangling_capability(const Circuit &circuit);

/// How far the circuit's states are from uniformly random ones (Sim, Johnson and Aspuru-Guzik 2019): the
/// Kullback-Leibler divergence, in nats, of the histogram of fidelities of pairs of random states from that
/// of Haar random states, 0 for a circuit that reaches all states evenly. A finite sample alone makes it
/// about (bins in use - 1) / (2 samples).
struct Expressibility {
  double value = 0;
  int samples = 0; ///< pairs
  int bins = 0;
};
/// Nothing if the circuit is too large (sample_limit.h).
std::optional<Expressibility> expressibility(const Circuit &circuit);

} // namespace duet
