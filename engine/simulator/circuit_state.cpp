#include "engine/simulator/circuit_state.h"
#include "engine/simulator/local_gate.h"
#include <algorithm>
#include <cmath>

namespace duet {

double Bloch::length() const { return std::sqrt(x * x + y * y + z * z); }

std::vector<int> operations_up_to(const CircuitLayout &layout, int column) {
  std::vector<int> operations;
  for (const DrawnGate &gate : layout.gates)
    if (gate.column <= column)
      operations.insert(operations.end(), gate.operations.begin(), gate.operations.end());
  std::ranges::sort(operations);
  return operations;
}

StateOnTheWay state_after(const Circuit &circuit, std::span<const int> operations,
                          std::span<const double> features, std::span<const double> weights,
                          std::span<const double> start) {
  const std::size_t size = std::size_t{1} << circuit.qubits;
  Amplitudes amplitudes;
  amplitudes.start(size);
  if (start.size() == size)
    amplitudes.re.assign(start.begin(), start.end());
  for (const int index : operations)
    if (const Operation &operation = circuit.operations[static_cast<std::size_t>(index)];
        operation.gate != Gate::barrier)
      apply(local_gate(operation, features, weights), circuit.qubits, 0, amplitudes);
  StateOnTheWay state;
  for (int q = 0; q < circuit.qubits; ++q) {
    const auto rho = reduced_to_bit(amplitudes, std::size_t{1} << (circuit.qubits - 1 - q));
    state.bloch.push_back({2 * rho[1].real(), -2 * rho[1].imag(), rho[0].real() - rho[3].real()});
  }
  state.amplitudes.reserve(size);
  for (std::size_t k = 0; k < size; ++k)
    state.amplitudes.emplace_back(amplitudes.re[k], amplitudes.im[k]);
  return state;
}

} // namespace duet
