// The state of qubits that noise acts on: 2^n x 2^n numbers, changed in place.
#pragma once
#include "engine/simulator/local_gate.h"
#include "engine/simulator/superoperator.h"

namespace duet {

class DensityMatrix {
public:
  explicit DensityMatrix(int qubits); ///< at most most_density_qubits
  int qubits() const { return qubits_; }

  /// From |0..0>, or from amplitudes of length 1.
  void start();
  void start(std::span<const double> amplitudes);
  /// rho becomes U rho U*.
  void apply(const LocalGate &gate);
  void apply(const Superoperator &superoperator, int qubit);

  /// rho's entry; q[0] is the leftmost bit of row and column.
  std::complex<double> at(std::size_t row, std::size_t column);
  /// The diagonal, [2^n].
  void probabilities(std::span<double> probabilities);

private:
  void settle(int qubit);
  void settle_all();
  std::size_t dimension() const { return std::size_t{1} << qubits_; }

  int qubits_;
  Amplitudes entries_; ///< index = row * 2^n + column
  /// What is still to happen to each qubit alone: gates and channels of one qubit are gathered, for a pass
  /// over the entries costs more than a product of such small matrices.
  std::vector<Superoperator> waiting_;
  std::vector<bool> waits_; ///< [qubit], false: waiting_ is the identity
};

} // namespace duet
