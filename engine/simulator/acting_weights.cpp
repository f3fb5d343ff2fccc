#include "engine/simulator/acting_weights.h"
#include "engine/base/limits.h"
#include "engine/simulator/program.h"
#include <cmath>
#include <random>
#include <vector>

namespace duet {

std::optional<int> acting_weights(const Circuit &circuit, bool amplitude_input) {
  if (circuit.weights == 0)
    return 0;
  const double work = std::ldexp(static_cast<double>(circuit.operations.size()), circuit.qubits);
  if (circuit.qubits > most_trained_qubits || work > 4e5)
    return std::nullopt;
  constexpr int places = 3;
  std::mt19937_64 engine(20240401);
  std::uniform_real_distribution<double> angle(-3.0, 3.0);
  Program<double> program(circuit, amplitude_input);
  Program<double>::Workspace workspace;
  const auto n = static_cast<std::size_t>(circuit.qubits);
  std::vector<double> input(amplitude_input ? std::size_t{1} << n
                                            : static_cast<std::size_t>(circuit.features));
  std::vector<double> weights(static_cast<std::size_t>(circuit.weights)), gradient(weights.size());
  std::vector<double> largest(weights.size(), 0.0), cotangent(n);
  for (int place = 0; place < places; ++place) {
    double norm = 0;
    for (double &value : input) {
      value = angle(engine);
      norm += value * value;
    }
    if (amplitude_input)
      for (double &value : input)
        value /= std::sqrt(norm);
    for (double &value : weights)
      value = angle(engine);
    program.set_weights(weights);
    for (double &value : cotangent) // a random mixture of all <Z_i> vanishes only where each one does
      value = angle(engine);
    program.gradient(1, input.data(), cotangent.data(), nullptr, nullptr, gradient.data(), workspace);
    for (std::size_t w = 0; w < weights.size(); ++w)
      largest[w] = std::max(largest[w], std::abs(gradient[w]));
  }
  int acting = 0;
  for (const double value : largest)
    acting += value > 1e-10;
  return acting;
}

} // namespace duet
