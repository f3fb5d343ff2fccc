#include "tests/support/noisy_reference.h"
#include "engine/circuit/gate_matrix.h"
#include <unsupported/Eigen/KroneckerProduct>

namespace duet::dense {
namespace {

using Eigen::MatrixXcd;

/// The matrix on qubits 0, 1, ... of n, then each basis state renamed so that they are those of `on`.
MatrixXcd on_qubits(const MatrixXcd &matrix, std::span<const std::int16_t> on, int n) {
  const Eigen::Index rest = (Eigen::Index{1} << n) / matrix.rows();
  const MatrixXcd first = Eigen::kroneckerProduct(matrix, MatrixXcd::Identity(rest, rest));
  std::vector<int> place(on.begin(), on.end()); // place[k]: the qubit that stands k-th
  for (int q = 0; q < n; ++q)
    if (std::find(on.begin(), on.end(), q) == on.end())
      place.push_back(q);
  const auto moved = [&](Eigen::Index index) {
    Eigen::Index to = 0;
    for (int k = 0; k < n; ++k)
      to |= (index >> (n - 1 - k) & 1) << (n - 1 - place[k]);
    return to;
  };
  MatrixXcd renamed(first.rows(), first.cols());
  for (Eigen::Index row = 0; row < first.rows(); ++row)
    for (Eigen::Index column = 0; column < first.cols(); ++column)
      renamed(moved(row), moved(column)) = first(row, column);
  return renamed;
}

double value(const Angle &angle, std::span<const double> features, std::span<const double> weights) {
  const double p = angle.source == Angle::Source::feature  ? features[angle.index]
                   : angle.source == Angle::Source::weight ? weights[angle.index]
                                                           : 0;
  return angle.scale * p + angle.offset;
}

void disturb(MatrixXcd &rho, const DeviceNoise &noise, std::int16_t qubit, int n) {
  for (const Channel &channel : noise.channels) {
    if (channel.kind == ChannelKind::readout)
      continue;
    MatrixXcd sum = MatrixXcd::Zero(rho.rows(), rho.cols());
    for (const QubitMatrix &k : facts(channel.kind).kraus(channel.strength)) {
      const MatrixXcd wide = on_qubits(Eigen::Matrix2cd{{k[0], k[1]}, {k[2], k[3]}}, std::span(&qubit, 1), n);
      sum += wide * rho * wide.adjoint();
    }
    rho = sum;
  }
}

} // namespace

MatrixXcd noisy_state(const Circuit &circuit, std::span<const double> features,
                      std::span<const double> weights, const DeviceNoise &noise, int scale,
                      std::span<const double> start) {
  Eigen::VectorXcd first = Eigen::VectorXcd::Unit(Eigen::Index{1} << circuit.qubits, 0);
  for (std::size_t k = 0; k < start.size(); ++k)
    first[k] = start[k];
  MatrixXcd rho = first * first.adjoint();
  for (int way = 0; way < scale; ++way)
    for (std::size_t k = 0; k < circuit.operations.size(); ++k) {
      const bool back = way % 2;
      const Operation &op = circuit.operations[back ? circuit.operations.size() - 1 - k : k];
      if (op.gate == Gate::barrier)
        continue;
      std::array<double, most_gate_angles> angles;
      for (std::size_t a = 0; a < angles.size(); ++a)
        angles[a] = value(op.angles[a], features, weights);
      const auto qubits = std::span(op.qubits).first(facts(op.gate).qubits);
      MatrixXcd u = on_qubits(gate_matrix(op.gate, angles), qubits, circuit.qubits);
      if (back)
        u.adjointInPlace();
      rho = u * rho * u.adjoint();
      for (const std::int16_t qubit : qubits)
        disturb(rho, noise, qubit, circuit.qubits);
    }
  return rho;
}

std::vector<double> diagonal(const MatrixXcd &rho) {
  std::vector<double> p;
  for (Eigen::Index k = 0; k < rho.rows(); ++k)
    p.push_back(rho(k, k).real());
  return p;
}

} // namespace duet::dense
