// The unitary matrix of a gate and its derivative by each angle, in double precision.
#pragma once
#include "engine/quantum/circuit.h"
#include <complex>
#include <span>

namespace duet::dense {

/// A 2x2, 4x4 or 8x8 matrix, row-major in `entry[row * dimension + column]`. The gate's first qubit is
/// the leftmost (most significant) bit of row and column.
struct GateMatrix {
  int dimension = 0;
  std::array<std::complex<double>, 64> entry = {};
};

/// How many qubits and angles the gate takes; barrier takes none.
int gate_qubits(Gate gate);
int gate_angles(Gate gate);

/// Contract section 1.2. Angles in radians, as many as the gate takes. Not for barrier.
GateMatrix gate_matrix(Gate gate, std::span<const double> angles);
/// d matrix / d angles[which].
GateMatrix gate_derivative(Gate gate, std::span<const double> angles, int which);

} // namespace duet::dense
