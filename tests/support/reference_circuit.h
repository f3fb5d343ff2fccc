// Slow, obvious twin of the circuit engine for whole-network checks: f64 matrices on a dense state vector,
// derivatives pushed forward one angle at a time. Shares no code with engine/simulator beyond the Circuit
// value.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/circuit/settings.h"
#include <complex>
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

/// The templates of contract 1.2, written out anew.
Circuit template_circuit(const QuantumSettings &settings);

} // namespace duet::reference
