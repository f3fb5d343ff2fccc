#include "engine/analysis/acting_weights.h"
#include "engine/analysis/random_angles.h"
#include "engine/analysis/sample_limit.h"
#include "engine/simulator/program.h"
#include <algorithm>
#include <cmath>

namespace duet {

namespace {

/// [weight]: the largest derivative, in size, of a random mixture of all <Z_i>, which vanishes only where
/// each of theirs does.
std::vector<double> largest_derivatives(const Circuit &circuit, bool any_start) {
  constexpr std::uint32_t places = 8;
  Program<double> program(circuit, any_start);
  Program<double>::Workspace workspace;
  std::vector<double> input(any_start ? std::size_t{1} << circuit.qubits : std::size_t(circuit.features));
  std::vector<double> weights(std::size_t(circuit.weights)), gradient(weights.size());
  std::vector<double> largest(weights.size(), 0.0), cotangent(std::size_t(circuit.qubits));
  for (std::uint32_t place = 0; place < places; ++place) {
    RandomAngles angles(AngleUse::place, place);
    angles.fill(weights);
    angles.fill(cotangent);
    angles.fill(input);
    double norm = 0;
    for (const double value : input)
      norm += value * value;
    for (double &value : input)
      value /= any_start ? std::sqrt(norm) : 1;
    program.set_weights(weights);
    program.gradient(1, input.data(), cotangent.data(), nullptr, nullptr, gradient.data(), workspace);
    for (std::size_t w = 0; w < weights.size(); ++w)
      largest[w] = std::max(largest[w], std::abs(gradient[w]));
  }
  return largest;
}

} // namespace

WeightFacts weight_facts(const Circuit &circuit, bool any_start) {
  WeightFacts facts;
  facts.dead = dead_weights(circuit, any_start);
  const int left = circuit.weights - int(facts.dead.size());
  facts.measured = left == 0 || !too_large_to_sample(circuit);
  if (left > 0 && facts.measured) {
    constexpr double rounding = 1e-12;
    const std::vector<double> largest = largest_derivatives(circuit, any_start);
    for (int w = 0; w < circuit.weights; ++w)
      if (largest[std::size_t(w)] < rounding &&
          std::none_of(facts.dead.begin(), facts.dead.end(),
                       [&](const DeadWeight &d) { return d.weight == w; }))
        facts.idle.push_back(w);
  }
  facts.acting = left - int(facts.idle.size());
  return facts;
}

} // namespace duet
