#include "engine/simulator/density_matrix.h"
#include <algorithm>
#include <stdexcept>

namespace duet {

DensityMatrix::DensityMatrix(int qubits)
    : qubits_(qubits), waiting_(std::size_t(qubits), identity_superoperator()),
      waits_(std::size_t(qubits), false) {
  if (qubits < 1 || qubits > most_density_qubits)
    throw std::logic_error("a density matrix of too many qubits");
  start();
}

void DensityMatrix::start() {
  entries_.start(dimension() * dimension());
  std::fill(waits_.begin(), waits_.end(), false);
}

void DensityMatrix::start(std::span<const double> amplitudes) {
  start();
  for (std::size_t row = 0; row < dimension(); ++row)
    for (std::size_t column = 0; column < dimension(); ++column)
      entries_.re[row * dimension() + column] = amplitudes[row] * amplitudes[column];
}

void DensityMatrix::apply(const LocalGate &gate) {
  if (gate.controls == 0 && gate.targets == 1) {
    const QubitMatrix matrix = {gate.matrix[0], gate.matrix[1], gate.matrix[2], gate.matrix[3]};
    return apply(superoperator(std::span(&matrix, 1)), gate.qubits[0]);
  }
  for (const int qubit : gate.touched())
    settle(qubit);
  duet::apply(gate, qubits_, qubits_, entries_);
  duet::apply(conjugated(gate), qubits_, 0, entries_);
}

void DensityMatrix::apply(const Superoperator &superoperator, int qubit) {
  const auto q = std::size_t(qubit);
  waiting_[q] = waits_[q] ? product(superoperator, waiting_[q]) : superoperator;
  waits_[q] = true;
}

void DensityMatrix::settle(int qubit) {
  const auto q = std::size_t(qubit);
  if (!waits_[q])
    return;
  const std::size_t column = std::size_t{1} << (qubits_ - 1 - qubit), bits[2] = {column << qubits_, column};
  apply_to_bits(waiting_[q], bits, 0, entries_);
  waits_[q] = false;
}

void DensityMatrix::settle_all() {
  for (int q = 0; q < qubits_; ++q)
    settle(q);
}

std::complex<double> DensityMatrix::at(std::size_t row, std::size_t column) {
  settle_all();
  const std::size_t index = row * dimension() + column;
  return {entries_.re[index], entries_.im[index]};
}

void DensityMatrix::probabilities(std::span<double> probabilities) {
  settle_all();
  for (std::size_t k = 0; k < dimension(); ++k)
    probabilities[k] = entries_.re[k * (dimension() + 1)];
}

} // namespace duet
