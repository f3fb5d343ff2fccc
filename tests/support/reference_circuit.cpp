#include "tests/support/reference_circuit.h"
#include "tests/support/dense_simulator.h"
#include <stdexcept>

namespace duet::reference {

CircuitResult run_circuit(const Circuit &circuit, const std::vector<double> &features,
                          const std::vector<double> &weights, const std::vector<double> &start) {
  const auto n = std::size_t(circuit.qubits);
  const dense::Jacobian slopes = dense::jacobian(circuit, features, weights, start);
  CircuitResult out{{},
                    dense::expectations(slopes.state),
                    std::vector<double>(n * features.size()),
                    std::vector<double>(n * weights.size())};
  for (const auto &amplitude : slopes.state)
    out.probabilities.push_back(std::norm(amplitude));
  for (std::size_t q = 0; q < n; ++q) {
    for (std::size_t k = 0; k < features.size(); ++k)
      out.feature_jacobian[q * features.size() + k] = slopes.features[k][q];
    for (std::size_t k = 0; k < weights.size(); ++k)
      out.weight_jacobian[q * weights.size() + k] = slopes.weights[k][q];
  }
  return out;
}

Circuit template_circuit(const QuantumSettings &s) {
  const int n = s.qubits;
  const bool encode = s.input != QuantumInput::amplitude;
  Circuit c;
  c.qubits = n;
  c.features = encode ? n : 0;
  const auto add = [&](Gate g, int a, int b = -1, Angle angle = {}) {
    c.operations.push_back(
        {g, {static_cast<std::int16_t>(a), static_cast<std::int16_t>(b), -1}, {angle, {}, {}}});
  };
  const auto turn = [&](Gate g, int a, int b = -1) { add(g, a, b, Angle::weight(c.weights++)); };
  const auto column = [&] {
    for (int i = 0; i < n; ++i)
      add(Gate::ry, i, -1, Angle::feature(i));
  };
  if (encode) {
    for (int i = 0; i < n; ++i)
      add(Gate::h, i);
    column();
  }
  for (int layer = 0; layer < s.layers; ++layer) {
    if (layer > 0 && s.reupload)
      column();
    switch (s.ansatz) {
    case Ansatz::star:
      for (int i = 1; i < n; ++i) {
        add(Gate::cx, 0, i);
        turn(Gate::rz, i), turn(Gate::rx, i), turn(Gate::rz, i);
        add(Gate::cx, 0, i);
      }
      break;
    case Ansatz::ring:
      for (int i = 0; i < n; ++i)
        turn(Gate::ry, i);
      for (int i = 0; n > 1 && i < n; ++i)
        add(Gate::cx, i, (i + 1) % n);
      break;
    case Ansatz::linear:
      for (int i = 0; i < n; ++i)
        turn(Gate::ry, i), turn(Gate::rz, i);
      for (int i = 0; i + 1 < n; ++i)
        add(Gate::cx, i, i + 1);
      break;
    case Ansatz::all_to_all:
      for (int i = 0; i < n; ++i)
        for (int j = i + 1; j < n; ++j)
          turn(Gate::crz, i, j);
      for (int i = 0; i < n; ++i)
        turn(Gate::rz, i), turn(Gate::rx, i);
      break;
    case Ansatz::strongly_entangling:
      for (int i = 0; i < n; ++i)
        turn(Gate::rz, i), turn(Gate::ry, i), turn(Gate::rz, i);
      for (int i = 0; n > 1 && i < n; ++i)
        add(Gate::cx, i, (i + 1 + layer % (n - 1)) % n);
      break;
    case Ansatz::custom:
    case Ansatz::none:
      throw std::logic_error("not a template");
    }
  }
  return c;
}

} // namespace duet::reference
