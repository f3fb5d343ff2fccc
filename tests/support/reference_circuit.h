// The circuit of the slow network twin: the dense simulator's numbers in the network's order, and the
// templates written out anew.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/circuit/settings.h"
#include <vector>

namespace duet::reference {

struct CircuitResult {
  std::vector<double> probabilities;    ///< [2^n], q[0] the leftmost bit
  std::vector<double> expectation_z;    ///< [n]
  std::vector<double> feature_jacobian; ///< [n][features], d<Z_i>/dx_k
  std::vector<double> weight_jacobian;  ///< [n][weights], d<Z_i>/dw_j
};

/// start: amplitudes, or empty for |0..0>.
CircuitResult run_circuit(const Circuit &circuit, const std::vector<double> &features,
                          const std::vector<double> &weights, const std::vector<double> &start = {});

/// Any ansatz that is a template.
Circuit template_circuit(const QuantumSettings &settings);

} // namespace duet::reference
