// Matrices of gates and of whole circuits, from the gates' records. Plain and slow: for checks, for powers
// of gates and for the reference simulator. Brings Eigen; keep it out of headers.
#pragma once
#include "engine/circuit/gates.h"
#include <Eigen/Core>

namespace duet {

/// 2^q x 2^q on the gate's own q qubits, the first one the most significant bit. Angles in radians.
Eigen::MatrixXcd gate_matrix(Gate gate, std::array<double, most_gate_angles> angles = {});

/// The gate's matrix on some of the n qubits of columns of 2^n amplitudes, qubit 0 the most significant bit.
/// `on`: the gate's qubits.
void apply_matrix(const Eigen::MatrixXcd &matrix, std::span<const std::int16_t> on,
                  Eigen::Ref<Eigen::MatrixXcd> columns);

/// The matrix of operations with constant angles on n qubits.
Eigen::MatrixXcd matrix_of(std::span<const Operation> operations, int qubits);

} // namespace duet
