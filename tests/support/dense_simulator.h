// The slow twin of the circuit simulator: every gate's matrix (engine/circuit/gate_matrix.h, which the golden
// numbers check), applied one after the other to complex<double> amplitudes, with derivatives pushed forward.
// Shares no code with the fast path.
#pragma once
#include "engine/circuit/circuit.h"
#include <complex>
#include <span>

namespace duet::dense {

using Amplitudes = std::vector<std::complex<double>>;

/// The final state. start: the first amplitudes, or empty for |0..0>.
Amplitudes run(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
               std::span<const double> start = {});
/// <Z_i> of every qubit.
std::vector<double> expectations(const Amplitudes &state);
/// sum_i cotangent[i] <Z_i>.
double value(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
             std::span<const double> cotangent, std::span<const double> start = {});

struct Gradient {
  std::vector<double> features, weights;
};
/// Of `value`.
Gradient gradient(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
                  std::span<const double> cotangent, std::span<const double> start = {});

struct Jacobian {
  Amplitudes state;
  std::vector<std::vector<double>> features, weights; ///< [input][qubit], d<Z_i>/dx
};
Jacobian jacobian(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
                  std::span<const double> start = {});

} // namespace duet::dense
