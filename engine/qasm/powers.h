// Real powers of unitary matrices, and matrices as gates.
#pragma once
#include "engine/circuit/circuit.h"
#include <Eigen/Core>
#include <utility>

namespace duet::qasm {

/// Of a unitary matrix: every eigenvalue e^(i t), -pi < t <= pi, becomes e^(i t exponent).
Eigen::MatrixXcd principal_power(const Eigen::MatrixXcd &unitary, double exponent);

/// exp(i phase) times a gate on one qubit, where other qubits are as they should be.
struct ControlledTurn {
  std::vector<std::pair<int, bool>> controls; ///< qubit, and whether it must be 1
  int target = 0;
  double phase = 0; ///< to be seen where there are controls only
  Operation gate;   ///< its qubits are for the caller to fill in
};

/// Turns that multiply to the unitary matrix, the first applied first; qubit 0 is the most significant bit.
std::vector<ControlledTurn> decompose(const Eigen::MatrixXcd &unitary);

} // namespace duet::qasm
