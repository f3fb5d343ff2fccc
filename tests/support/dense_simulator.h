// The slow twin of the circuit simulator: every gate's matrix, written straight from the contract, applied
// one after the other to complex<double> amplitudes. Shares no code with the fast path.
#pragma once
#include "engine/circuit/circuit.h"
#include <complex>
#include <span>

namespace duet::dense {

using Amplitudes = std::vector<std::complex<double>>;

/// How many angles a gate takes.
int angles_of(Gate gate);
/// How many qubits; 0 for barrier.
int qubits_of(Gate gate);

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
/// Of `value`, by parameter shifts of every single use of an angle: two terms where the generator's
/// eigenvalues differ by one gap, four where by two (controlled rotations; Wierichs et al. 2022).
Gradient gradient(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
                  std::span<const double> cotangent, std::span<const double> start = {});

} // namespace duet::dense
