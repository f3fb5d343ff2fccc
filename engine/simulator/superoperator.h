// What happens to one qubit of a density matrix, and what a device's noise is to a qubit after a gate.
#pragma once
#include "engine/simulator/device_noise.h"

namespace duet {

/// 4 x 4, row-major, on the pair (row bit, column bit) of a qubit's density matrix.
using Superoperator = std::array<std::complex<double>, 16>;

Superoperator identity_superoperator();
/// rho becomes the sum of K rho K*.
Superoperator superoperator(std::span<const QubitMatrix> kraus);
/// `after` acts on what `before` leaves.
Superoperator product(const Superoperator &after, const Superoperator &before);
/// All channels after a gate, in their order.
Superoperator superoperator(const DeviceNoise &noise);

} // namespace duet
