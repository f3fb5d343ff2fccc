// The slow twin of circuits on devices: density matrices as dense matrices, every gate and Kraus operator as
// a 2^n x 2^n Kronecker product. Shares the gates' own small matrices with the engine (tests/golden checks
// those) and nothing else.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/simulator/device_noise.h"
#include <Eigen/Core>

namespace duet::dense {

/// Of U (U^-1 U)^k at the scale 2 k + 1, after noise on gates; no readout. start: amplitudes, or empty for
/// |0..0>.
Eigen::MatrixXcd noisy_state(const Circuit &circuit, std::span<const double> features,
                             std::span<const double> weights, const DeviceNoise &noise, int scale = 1,
                             std::span<const double> start = {});
/// The diagonal of a density matrix.
std::vector<double> diagonal(const Eigen::MatrixXcd &rho);

} // namespace duet::dense
