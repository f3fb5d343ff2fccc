#include "tests/support/dense_simulator.h"
#include "engine/circuit/gate_matrix.h"
#include <cmath>
#include <numbers>

namespace duet::dense {
namespace {

using Eigen::MatrixXcd;
using Angles = std::array<double, most_gate_angles>;

/// By one of the angles. A gate's entries are sums of waves of frequency 0, 1/2 and 1 in each of its angles,
/// whose slope four shifted values give exactly (Wierichs et al. 2022).
MatrixXcd derivative(Gate gate, const Angles &angles, std::size_t which) {
  const auto difference = [&](double by) -> MatrixXcd {
    Angles up = angles, down = angles;
    up[which] += by;
    down[which] -= by;
    return gate_matrix(gate, up) - gate_matrix(gate, down);
  };
  constexpr double r = std::numbers::sqrt2, pi = std::numbers::pi;
  return (r + 1) / (4 * r) * difference(pi / 2) - (r - 1) / (4 * r) * difference(3 * pi / 2);
}

double resolve(const Angle &a, std::span<const double> features, std::span<const double> weights) {
  switch (a.source) {
  case Angle::Source::feature:
    return a.scale * features[a.index] + a.offset;
  case Angle::Source::weight:
    return a.scale * weights[a.index] + a.offset;
  default:
    return a.offset;
  }
}

/// The state, and behind it its derivatives by `inputs` features and weights, if any.
MatrixXcd columns(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
                  std::span<const double> start, std::size_t inputs) {
  MatrixXcd all = MatrixXcd::Zero(Eigen::Index{1} << circuit.qubits, Eigen::Index(1 + inputs));
  all(0, 0) = start.empty();
  for (std::size_t k = 0; k < start.size(); ++k)
    all(Eigen::Index(k), 0) = start[k];
  for (const Operation &op : circuit.operations) {
    if (op.gate == Gate::barrier)
      continue;
    const GateFacts &record = facts(op.gate);
    const auto on = std::span(op.qubits).first(std::size_t(record.qubits));
    Angles angles{};
    for (std::size_t a = 0; a < angles.size(); ++a)
      angles[a] = resolve(op.angles[a], features, weights);
    const MatrixXcd before = all.col(0);
    apply_matrix(gate_matrix(op.gate, angles), on, all);
    for (std::size_t a = 0; inputs > 0 && a < std::size_t(record.parameters); ++a) {
      const Angle &angle = op.angles[a];
      if (angle.source == Angle::Source::constant)
        continue;
      MatrixXcd moved = before;
      apply_matrix(derivative(op.gate, angles, a), on, moved);
      const bool weight = angle.source == Angle::Source::weight;
      all.col(1 + angle.index + (weight ? circuit.features : 0)) += angle.scale * moved;
    }
  }
  return all;
}

Amplitudes first_column(const MatrixXcd &all) { return {all.col(0).begin(), all.col(0).end()}; }

} // namespace

Amplitudes run(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
               std::span<const double> start) {
  return first_column(columns(circuit, features, weights, start, 0));
}

std::vector<double> expectations(const Amplitudes &state) {
  int qubits = 0;
  while (std::size_t{1} << qubits < state.size())
    ++qubits;
  std::vector<double> result(qubits, 0.0);
  for (std::size_t index = 0; index < state.size(); ++index)
    for (int q = 0; q < qubits; ++q)
      result[q] += (index >> (qubits - 1 - q) & 1 ? -1 : 1) * std::norm(state[index]);
  return result;
}

double value(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
             std::span<const double> cotangent, std::span<const double> start) {
  const auto z_values = expectations(run(circuit, features, weights, start));
  double sum = 0;
  for (std::size_t q = 0; q < z_values.size(); ++q)
    sum += cotangent[q] * z_values[q];
  return sum;
}

Jacobian jacobian(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
                  std::span<const double> start) {
  const std::size_t inputs = std::size_t(circuit.features) + std::size_t(circuit.weights);
  const MatrixXcd all = columns(circuit, features, weights, start, inputs);
  Jacobian result{first_column(all), {}, {}};
  for (std::size_t input = 0; input < inputs; ++input) {
    std::vector<double> slopes(circuit.qubits, 0.0);
    for (Eigen::Index index = 0; index < all.rows(); ++index) {
      const double overlap = 2 * std::real(std::conj(all(index, 0)) * all(index, Eigen::Index(1 + input)));
      for (int q = 0; q < circuit.qubits; ++q)
        slopes[q] += index >> (circuit.qubits - 1 - q) & 1 ? -overlap : overlap;
    }
    (input < std::size_t(circuit.features) ? result.features : result.weights).push_back(slopes);
  }
  return result;
}

Gradient gradient(const Circuit &circuit, std::span<const double> features, std::span<const double> weights,
                  std::span<const double> cotangent, std::span<const double> start) {
  const Jacobian slopes = jacobian(circuit, features, weights, start);
  const auto weighted = [&](const std::vector<std::vector<double>> &rows) {
    std::vector<double> sums;
    for (const auto &row : rows) {
      sums.push_back(0);
      for (std::size_t q = 0; q < row.size(); ++q)
        sums.back() += cotangent[q] * row[q];
    }
    return sums;
  };
  return {weighted(slopes.features), weighted(slopes.weights)};
}

} // namespace duet::dense
