#include "engine/simulator/local_gate.h"
#include "engine/circuit/gate_matrix.h"

namespace duet {
namespace {

double angle_value(const Angle &angle, std::span<const double> features, std::span<const double> weights) {
  if (angle.source == Angle::Source::constant)
    return angle.offset;
  const auto values = angle.source == Angle::Source::feature ? features : weights;
  const auto index = std::size_t(angle.index);
  return angle.scale * (index < values.size() ? values[index] : 0.0) + angle.offset;
}

} // namespace

LocalGate local_gate(const Operation &operation, std::span<const double> features,
                     std::span<const double> weights) {
  const GateFacts &record = facts(operation.gate);
  LocalGate gate;
  gate.qubits = operation.qubits;
  gate.controls = record.controls;
  gate.targets = record.qubits - record.controls;
  std::array<double, most_gate_angles> angles;
  for (std::size_t a = 0; a < angles.size(); ++a)
    angles[a] = angle_value(operation.angles[a], features, weights);
  const Eigen::MatrixXcd matrix = gate_matrix(record.target, angles);
  for (Eigen::Index row = 0; row < matrix.rows(); ++row)
    for (Eigen::Index column = 0; column < matrix.cols(); ++column)
      gate.matrix.push_back(matrix(row, column));
  return gate;
}

LocalGate undone(const LocalGate &gate) {
  LocalGate back = gate;
  const std::size_t width = std::size_t{1} << gate.targets;
  for (std::size_t row = 0; row < width; ++row)
    for (std::size_t column = 0; column < width; ++column)
      back.matrix[row * width + column] = std::conj(gate.matrix[column * width + row]);
  return back;
}

LocalGate conjugated(const LocalGate &gate) {
  LocalGate mirrored = gate;
  for (auto &entry : mirrored.matrix)
    entry = std::conj(entry);
  return mirrored;
}

void apply(const LocalGate &gate, int qubits, int above, Amplitudes &amplitudes) {
  std::array<std::size_t, most_gate_qubits> bits{};
  std::size_t controls = 0;
  for (int k = 0; k < gate.controls + gate.targets; ++k) {
    const std::size_t bit = std::size_t{1} << (above + qubits - 1 - gate.qubits[std::size_t(k)]);
    if (k < gate.controls)
      controls |= bit;
    else
      bits[std::size_t(k - gate.controls)] = bit;
  }
  apply_to_bits(gate.matrix, std::span(bits).first(std::size_t(gate.targets)), controls, amplitudes);
}

} // namespace duet
