// What a circuit holds on its way: the pure state after some of its operations.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/circuit/layout.h"
#include <complex>
#include <span>
#include <vector>

namespace duet {

/// One qubit of a state, the others left out: the means of X, Y and Z.
struct Bloch {
  double x = 0, y = 0, z = 1;
  /// 1: the qubit is pure; 0: it is entangled as much as can be.
  double length() const;
};

struct StateOnTheWay {
  std::vector<std::complex<double>> amplitudes; ///< [2^n], q[0] the leftmost bit of an index
  std::vector<Bloch> bloch;                     ///< [qubit]
};

/// The operations drawn up to and including this column; -1: none. In order of application.
std::vector<int> operations_up_to(const CircuitLayout &layout, int column);
/// The circuit's last state where `operations` are all. features, weights: radians, missing ones count as 0.
/// start: 2^n amplitudes, or empty for |0..0>. Gate by gate; 12 qubits and 300 gates take a few milliseconds.
StateOnTheWay state_after(const Circuit &circuit, std::span<const int> operations,
                          std::span<const double> features, std::span<const double> weights,
                          std::span<const double> start = {});

} // namespace duet
