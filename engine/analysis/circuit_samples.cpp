#include "engine/analysis/circuit_samples.h"
#include "engine/analysis/random_angles.h"
#include "engine/analysis/sample_limit.h"
#include "engine/circuit/definitions.h"
#include "engine/simulator/program.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace duet {

namespace {

constexpr int states = 2000, pairs = 5000, bins = 75;

/// All inputs as features, the weights after the features, counted from `first`.
Circuit with_inputs_from(const Circuit &circuit, int first) {
  Circuit free = circuit;
  free.features = first + circuit.features + circuit.weights;
  free.weights = 0;
  for (Operation &op : free.operations)
    for (Angle &angle : op.angles)
      if (angle.source != Angle::Source::constant) {
        angle.index += first + (angle.source == Angle::Source::weight ? circuit.features : 0);
        angle.source = Angle::Source::feature;
      }
  return free;
}

/// [sample][input]
std::vector<double> random_inputs(AngleUse use, int samples, int inputs) {
  std::vector<double> all(std::size_t(samples) * std::size_t(inputs));
  for (int s = 0; s < samples; ++s)
    RandomAngles(use, std::uint32_t(s))
        .fill(std::span(all).subspan(std::size_t(s * inputs), std::size_t(inputs)));
  return all;
}

/// [sample][qubit]: the mean of a Pauli operator, which the gates turn into Z.
std::vector<double> means(Circuit circuit, std::initializer_list<Gate> to_z,
                          const std::vector<double> &inputs) {
  for (int q = 0; q < circuit.qubits; ++q)
    for (const Gate gate : to_z)
      circuit.operations.push_back({gate, {std::int16_t(q)}, {}});
  Program<double> program(circuit);
  Program<double>::Workspace workspace;
  std::vector<double> all(std::size_t(states) * std::size_t(circuit.qubits));
  program.set_weights({});
  program.forward(states, inputs.data(), all.data(), workspace);
  return all;
}

/// The circuit, then one with inputs of its own backwards: |0..0> comes back with the fidelity of their
/// states.
Circuit there_and_back(const Circuit &circuit) {
  Circuit both = with_inputs_from(circuit, 0);
  const Circuit other = with_inputs_from(circuit, both.features);
  both.features = other.features;
  for (auto op = other.operations.rbegin(); op != other.operations.rend(); ++op)
    if (op->gate != Gate::barrier)
      for (const Operation &inverse : inverse_of(*op))
        both.operations.push_back(inverse);
  return both;
}

/// The logarithm of the share of pairs of Haar random states of N amplitudes with a fidelity in the bin: the
/// density is (N - 1) (1 - F)^(N - 2).
double log_haar_share(int bin, int qubits) {
  const double power = std::ldexp(1.0, qubits) - 1;
  const double low = 1 - double(bin) / bins, high = 1 - double(bin + 1) / bins; // 1 - F at the bin's ends
  return power * std::log(low) + std::log1p(-std::pow(std::max(high, 0.0) / low, power));
}

} // namespace

std::optional<EntanglingCapability> entangling_capability(const Circuit &circuit) {
  if (too_large_to_sample(circuit))
    return std::nullopt;
  const Circuit free = with_inputs_from(circuit, 0);
  const std::vector<double> inputs = random_inputs(AngleUse::state, states, free.features);
  const std::array lengths = {means(free, {Gate::h}, inputs), means(free, {Gate::sdg, Gate::h}, inputs),
                              means(free, {}, inputs)};
  double sum = 0, squares = 0;
  const std::size_t n = std::size_t(circuit.qubits);
  for (std::size_t s = 0; s < states; ++s) {
    double q = 1; // Tr rho^2 = (1 + x^2 + y^2 + z^2) / 2
    for (std::size_t k = s * n; k < (s + 1) * n; ++k)
      for (const std::vector<double> &length : lengths)
        q -= length[k] * length[k] / double(n);
    q = std::clamp(q, 0.0, 1.0);
    sum += q;
    squares += q * q;
  }
  const double mean = sum / states, variance = std::max(0.0, squares - sum * mean) / (states - 1);
  return EntanglingCapability{mean, std::sqrt(variance / states), states};
}

std::optional<Expressibility> expressibility(const Circuit &circuit) {
  if (too_large_to_sample(circuit))
    return std::nullopt;
  const Circuit both = there_and_back(circuit);
  const std::vector<double> inputs = random_inputs(AngleUse::pair, pairs, both.features);
  Program<double> program(both);
  Program<double>::Workspace workspace;
  program.set_weights({});
  std::vector<double> probabilities(std::size_t{1} << circuit.qubits);
  std::array<int, bins> counts{};
  for (std::size_t p = 0; p < pairs; ++p) {
    program.probabilities(inputs.data() + p * std::size_t(both.features), probabilities.data(), workspace);
    ++counts[std::size_t(std::clamp(int(probabilities[0] * bins), 0, bins - 1))];
  }
  double divergence = 0;
  for (int bin = 0; bin < bins; ++bin)
    if (const double share = double(counts[std::size_t(bin)]) / pairs; share > 0)
      divergence += share * (std::log(share) - log_haar_share(bin, circuit.qubits));
  return Expressibility{divergence, pairs, bins};
}

} // namespace duet
