#include "engine/circuit/gate_matrix.h"
#include "engine/circuit/definitions.h"
#include <Eigen/Dense>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <unsupported/Eigen/KroneckerProduct>

namespace duet {

namespace {

using Eigen::MatrixXcd;
using Complex = std::complex<double>;
constexpr Complex imaginary{0.0, 1.0};

Eigen::Matrix2cd pauli(char letter) {
  switch (letter) {
  case 'X':
    return Eigen::Matrix2cd{{0, 1}, {1, 0}};
  case 'Y':
    return Eigen::Matrix2cd{{0, -imaginary}, {imaginary, 0}};
  default:
    return Eigen::Matrix2cd{{1, 0}, {0, -1}};
  }
}

/// exp(-i angle P/2) = cos(angle/2) - i sin(angle/2) P.
MatrixXcd turn(std::string_view letters, double angle) {
  MatrixXcd p = MatrixXcd::Ones(1, 1);
  for (const char letter : letters)
    p = Eigen::kroneckerProduct(p, pauli(letter)).eval();
  return std::cos(angle / 2) * MatrixXcd::Identity(p.rows(), p.cols()) - imaginary * std::sin(angle / 2) * p;
}

MatrixXcd core(const GateFacts &record, double angle) {
  switch (record.core) {
  case GateCore::turn:
    return turn(record.pauli, angle);
  case GateCore::flip:
    return pauli('X');
  case GateCore::hadamard:
    return (pauli('X') + pauli('Z')) * std::numbers::sqrt2 / 2;
  case GateCore::exchange:
    return (MatrixXcd::Identity(4, 4) + Eigen::kroneckerProduct(pauli('X'), pauli('X')) +
            Eigen::kroneckerProduct(pauli('Y'), pauli('Y')) +
            Eigen::kroneckerProduct(pauli('Z'), pauli('Z'))) /
           2;
  case GateCore::barrier:
    return MatrixXcd::Ones(1, 1);
  case GateCore::none:
    break;
  }
  throw std::logic_error("a gate without a core");
}

} // namespace

MatrixXcd gate_matrix(Gate gate, std::array<double, most_gate_angles> angles) {
  const GateFacts &record = facts(gate);
  if (record.core != GateCore::none)
    return core(record, angles[0]);
  const int size = 1 << record.qubits;
  if (record.controls > 0) {
    const MatrixXcd inner = gate_matrix(record.target, angles);
    MatrixXcd whole = MatrixXcd::Identity(size, size);
    whole.bottomRightCorner(inner.rows(), inner.cols()) = inner;
    return whole;
  }
  std::array<Angle, most_gate_angles> values;
  for (std::size_t a = 0; a < values.size(); ++a)
    values[a] = Angle::constant(angles[a]);
  const GateDefinition &meaning = meaning_of(gate);
  double phase = 0;
  for (const Angle &angle : meaning.phases)
    phase += substituted(angle, values).offset;
  std::vector<Operation> operations = meaning.operations;
  for (Operation &op : operations)
    for (Angle &angle : op.angles)
      angle = substituted(angle, values);
  return std::polar(1.0, phase) * matrix_of(operations, record.qubits);
}

void apply_matrix(const MatrixXcd &matrix, std::span<const std::int16_t> on, Eigen::Ref<MatrixXcd> columns) {
  int qubits = 0;
  while (Eigen::Index{1} << qubits < columns.rows())
    ++qubits;
  const auto bit = [&](std::size_t q) { return Eigen::Index{1} << (qubits - 1 - on[q]); };
  std::vector<Eigen::Index> offset(std::size_t(matrix.rows()),
                                   0); // of a row of the matrix, from the others' bits
  Eigen::Index mask = 0;
  for (std::size_t q = 0; q < on.size(); ++q) {
    mask |= bit(q);
    for (std::size_t row = 0; row < offset.size(); ++row)
      if (row >> (on.size() - 1 - q) & 1)
        offset[row] |= bit(q);
  }
  MatrixXcd before(matrix.rows(), columns.cols());
  for (Eigen::Index rest = 0; rest < columns.rows(); ++rest) {
    if (rest & mask)
      continue;
    for (std::size_t row = 0; row < offset.size(); ++row)
      before.row(Eigen::Index(row)) = columns.row(rest | offset[row]);
    const MatrixXcd after = matrix * before;
    for (std::size_t row = 0; row < offset.size(); ++row)
      columns.row(rest | offset[row]) = after.row(Eigen::Index(row));
  }
}

MatrixXcd matrix_of(std::span<const Operation> operations, int qubits) {
  MatrixXcd whole = MatrixXcd::Identity(Eigen::Index{1} << qubits, Eigen::Index{1} << qubits);
  for (const Operation &op : operations)
    if (op.gate != Gate::barrier)
      apply_matrix(gate_matrix(op.gate, {op.angles[0].offset, op.angles[1].offset, op.angles[2].offset}),
                   std::span(op.qubits).first(std::size_t(facts(op.gate).qubits)), whole);
  return whole;
}

} // namespace duet
