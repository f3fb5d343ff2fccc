#include "tests/support/random_circuit.h"
#include "engine/circuit/gates.h"
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace duet::dense {
namespace {

double uniform(std::mt19937 &random, double low, double high) {
  return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
}

int pick(std::mt19937 &random, std::size_t count) { return static_cast<int>(random() % count); }

Angle random_angle(std::mt19937 &random, int features, int weights) {
  const double scale = uniform(random, -1, 1), offset = uniform(random, -3, 3);
  switch (pick(random, 3)) {
  case 0:
    return features ? Angle::feature(pick(random, features), scale, offset) : Angle::constant(offset);
  case 1:
    return weights ? Angle::weight(pick(random, weights), scale, offset) : Angle::constant(offset);
  default:
    return Angle::constant(offset);
  }
}

/// So many different qubits.
GateQubits random_qubits(std::mt19937 &random, int qubits, int count) {
  std::vector<std::int16_t> order(std::size_t(qubits), 0);
  std::iota(order.begin(), order.end(), std::int16_t{0});
  GateQubits on;
  for (int k = 0; k < count; ++k) {
    std::swap(order[k], order[k + pick(random, qubits - k)]);
    on[k] = order[k];
  }
  return on;
}

/// Rows of random numbers: each of unit length, or each of absolute sum 1, or free.
enum class Norm { none, sum, length };
template <class Real>
std::vector<Real> random_rows(std::mt19937 &random, std::size_t rows, std::size_t width, Norm norm) {
  std::vector<Real> result;
  for (std::size_t r = 0; r < rows; ++r) {
    std::vector<double> row(width);
    double size = 0;
    for (double &value : row) {
      value = uniform(random, -3, 3);
      size += norm == Norm::length ? value * value : std::abs(value);
    }
    const double divisor = norm == Norm::none ? 1 : norm == Norm::sum ? size : std::sqrt(size);
    for (const double value : row)
      result.push_back(static_cast<Real>(value / divisor));
  }
  return result;
}

template <class Real>
std::vector<double> row_of(const std::vector<Real> &rows, std::size_t row, std::size_t width) {
  return {rows.begin() + static_cast<std::ptrdiff_t>(row * width),
          rows.begin() + static_cast<std::ptrdiff_t>((row + 1) * width)};
}

double distance(const std::vector<double> &expected, const auto *measured) {
  double largest = 0;
  for (std::size_t k = 0; k < expected.size(); ++k) {
    const double difference = std::abs(expected[k] - static_cast<double>(measured[k]));
    largest = std::isnan(difference) ? 1e300 : std::max(largest, difference);
  }
  return largest;
}

} // namespace

std::vector<Gate> gates() {
  std::vector<Gate> all;
  for (const GateFacts &record : all_gates())
    if (record.gate != Gate::barrier)
      all.push_back(record.gate);
  return all;
}

Circuit random_circuit(std::mt19937 &random, int qubits, int operations, int features, int weights,
                       const Gate *every_other) {
  Circuit circuit{qubits, features, weights, {}};
  constexpr std::size_t named = std::size_t(Gate::barrier); // so that later gates change no circuit
  while (static_cast<int>(circuit.operations.size()) < operations) {
    Operation op;
    op.gate = every_other && circuit.operations.size() % 2 ? *every_other : Gate(pick(random, named));
    const int arity = facts(op.gate).qubits;
    if (arity > qubits)
      continue;
    op.qubits = random_qubits(random, qubits, arity);
    for (int k = 0; k < facts(op.gate).parameters; ++k)
      op.angles[k] = random_angle(random, features, weights);
    circuit.operations.push_back(op);
  }
  return circuit;
}

Circuit random_circuit_of_all(std::mt19937 &random, int qubits, int operations, int features, int weights) {
  Circuit circuit{qubits, features, weights, {}};
  while (static_cast<int>(circuit.operations.size()) < operations) {
    const GateFacts &record = all_gates()[random() % all_gates().size()];
    if (record.qubits > qubits)
      continue;
    Operation op{record.gate, random_qubits(random, qubits, record.qubits)};
    for (int a = 0; a < record.parameters; ++a) {
      const int kind = pick(random, 6), index = pick(random, 6);
      op.angles[a] = kind < 3 && weights     ? Angle::weight(index % weights, 0.5 + 0.25 * index, 0.3)
                     : kind == 3 && features ? Angle::feature(index % features)
                     : kind == 4             ? Angle::constant(index * std::numbers::pi / 2)
                                             : Angle::constant(0.4 + index);
    }
    circuit.operations.push_back(op);
  }
  return circuit;
}

void Errors::add(const Errors &other) {
  expectation = std::max(expectation, other.expectation);
  gradient = std::max(gradient, other.gradient);
}

template <class Real>
Errors compare(const Circuit &circuit, bool amplitude_input, std::size_t samples, std::mt19937 &random,
               const Kernels &kernels, const MemoryLimits &limits) {
  Program<Real> program(circuit, amplitude_input, kernels, limits);
  typename Program<Real>::Workspace workspace;
  const std::size_t n = circuit.qubits, features = circuit.features;
  const std::size_t width = amplitude_input ? std::size_t{1} << n : features;
  const auto weights = random_rows<Real>(random, 1, circuit.weights, Norm::none);
  const auto inputs = random_rows<Real>(random, samples, width, amplitude_input ? Norm::length : Norm::none);
  const auto cotangent = random_rows<Real>(random, samples, n, Norm::sum);
  std::vector<Real> expectation(samples * n), values(samples * n), by_feature(samples * features),
      by_weight(circuit.weights);
  program.set_weights(weights);
  program.forward(samples, inputs.data(), values.data(), workspace);
  program.gradient(samples, inputs.data(), cotangent.data(), expectation.data(), by_feature.data(),
                   by_weight.data(), workspace);
  Errors errors;
  const std::vector<double> w(weights.begin(), weights.end());
  std::vector<double> weight_sum(w.size(), 0.0);
  for (std::size_t s = 0; s < samples; ++s) {
    const auto input = row_of(inputs, s, width), g = row_of(cotangent, s, n);
    const std::vector<double> x = amplitude_input ? std::vector<double>() : input;
    const std::vector<double> start = amplitude_input ? input : std::vector<double>();
    const auto expected = expectations(run(circuit, x, w, start));
    errors.add({distance(expected, values.data() + s * n), 0});
    errors.add({distance(expected, expectation.data() + s * n), 0});
    const Gradient slopes = gradient(circuit, x, w, g, start);
    if (!amplitude_input)
      errors.add({0, distance(slopes.features, by_feature.data() + s * features)});
    for (std::size_t k = 0; k < w.size(); ++k)
      weight_sum[k] += slopes.weights[k];
  }
  errors.add({0, distance(weight_sum, by_weight.data())});
  return errors;
}

template Errors compare<float>(const Circuit &, bool, std::size_t, std::mt19937 &, const Kernels &,
                               const MemoryLimits &);
template Errors compare<double>(const Circuit &, bool, std::size_t, std::mt19937 &, const Kernels &,
                                const MemoryLimits &);

} // namespace duet::dense
