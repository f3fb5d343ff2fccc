#include "engine/bench/circuits.h"
#include "engine/base/limits.h"
#include "engine/base/random.h"
#include "engine/bench/stopwatch.h"
#include "engine/circuit/gates.h"
#include "engine/model/build_circuit.h"
#include <utility>

namespace duet::bench {
namespace {

Circuit template_circuit(Ansatz ansatz, int qubits, int layers) {
  QuantumSettings settings;
  settings.input = QuantumInput::linear;
  settings.qubits = qubits;
  settings.layers = layers;
  settings.ansatz = ansatz;
  return build_circuit(settings);
}

Circuit random_circuit(int qubits, int layers) {
  Circuit circuit = template_circuit(Ansatz::star, qubits, layers);
  const std::size_t count = circuit.operations.size();
  circuit.operations.resize(std::size_t(2) * qubits); // the encoding column
  circuit.weights = 0;
  const RandomStream stream(1, "bench circuit");
  for (std::uint32_t draw = 0; circuit.operations.size() < count; ++draw) {
    const auto block = stream.block(draw);
    const GateFacts &gate =
        facts(Gate(block[0] % (std::size_t(Gate::barrier) + 1))); // later gates change nothing
    if (gate.gate == Gate::id || gate.qubits == 0 || gate.qubits > qubits)
      continue;
    Operation op;
    op.gate = gate.gate;
    const auto n = static_cast<std::uint32_t>(qubits);
    const std::uint32_t first = block[1] % n, step = n > 1 ? 1 + block[2] % (n - 1) : 0;
    op.qubits[0] = static_cast<std::int16_t>(first);
    if (gate.qubits > 1)
      op.qubits[1] = static_cast<std::int16_t>((first + step) % n);
    for (std::uint32_t third = 0; gate.qubits > 2 && op.qubits[2] < 0; ++third)
      if (third != first && third != (first + step) % n)
        op.qubits[2] = static_cast<std::int16_t>(third);
    for (int k = 0; k < gate.parameters; ++k)
      op.angles[k] = Angle::weight(circuit.weights++);
    circuit.operations.push_back(op);
  }
  return circuit;
}

} // namespace

Circuit bench_circuit(std::string_view ansatz, int qubits, int layers) {
  if (ansatz == "random")
    return random_circuit(qubits, layers);
  constexpr std::pair<std::string_view, Ansatz> names[] = {
      {"ring", Ansatz::ring},
      {"linear", Ansatz::linear},
      {"all_to_all", Ansatz::all_to_all},
      {"strongly_entangling", Ansatz::strongly_entangling}};
  for (const auto &[name, kind] : names)
    if (name == ansatz)
      return template_circuit(kind, qubits, layers);
  return template_circuit(Ansatz::star, qubits, layers);
}

template <class Real>
CircuitBench<Real>::CircuitBench(const Circuit &circuit, const Kernels &kernels)
    : samples_(circuit.qubits <= most_trained_qubits ? 256 : 1), program_(circuit, false, kernels) {
  const RandomStream stream(1, "bench samples");
  std::uint32_t draw = 0;
  const auto fill = [&](std::vector<Real> &values, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k)
      values.push_back(static_cast<Real>(stream.normal(draw++)));
  };
  std::vector<Real> weights;
  fill(weights, circuit.weights);
  fill(inputs_, samples_ * circuit.features);
  fill(cotangent_, samples_ * circuit.qubits);
  expectation_.resize(samples_ * circuit.qubits);
  input_gradient_.resize(samples_ * circuit.features);
  weight_gradient_.resize(circuit.weights);
  program_.set_weights(weights);
}

template <class Real> void CircuitBench<Real>::forward() {
  program_.forward(samples_, inputs_.data(), expectation_.data(), workspace_);
}

template <class Real> void CircuitBench<Real>::gradient() {
  program_.gradient(samples_, inputs_.data(), cotangent_.data(), expectation_.data(), input_gradient_.data(),
                    weight_gradient_.data(), workspace_);
}

template class CircuitBench<float>;
template class CircuitBench<double>;

double circuit_forward_ns(const Circuit &circuit, const BenchOptions &options) {
  CircuitBench<float> bench(circuit);
  return best_seconds(options, [&] { bench.forward(); }) * 1e9 / static_cast<double>(bench.samples());
}

double circuit_gradient_ns(const Circuit &circuit, const BenchOptions &options) {
  CircuitBench<float> bench(circuit);
  return best_seconds(options, [&] { bench.gradient(); }) * 1e9 / static_cast<double>(bench.samples());
}

std::optional<double> circuit_gradient_goal_ns(std::string_view ansatz, int qubits, int layers) {
  constexpr struct {
    int qubits, layers;
    double ns;
  } star[] = {{5, 1, 70}, {8, 2, 1'300}, {12, 2, 41'000}, {16, 2, 900'000}};
  for (const auto &goal : star)
    if (goal.qubits == qubits && goal.layers == layers && (ansatz == "star" || ansatz == "random"))
      return ansatz == "star" ? goal.ns : 2.5 * goal.ns;
  return {};
}

std::vector<Figure> circuit_figures(const BenchOptions &options,
                                    const std::function<void(const std::string &)> &progress) {
  std::vector<Figure> figures;
  for (const char *ansatz : {"star", "ring", "strongly_entangling", "random"})
    for (const int qubits : {5, 8, 12, 16, 20}) {
      const int layers = qubits == 5 ? 1 : 2;
      const std::string key =
          std::string("circuit.") + ansatz + std::to_string(qubits) + "x" + std::to_string(layers);
      progress(key);
      const Circuit circuit = bench_circuit(ansatz, qubits, layers);
      const std::string note = "ns a sample, one thread, f32";
      figures.push_back({key + ".gradient_ns",
                         circuit_gradient_ns(circuit, options),
                         "ns",
                         circuit_gradient_goal_ns(ansatz, qubits, layers),
                         "forward and gradient, " + note,
                         true,
                         {}});
      figures.push_back({key + ".forward_ns",
                         circuit_forward_ns(circuit, options),
                         "ns",
                         {},
                         "values alone, " + note,
                         true,
                         {}});
    }
  return figures;
}

} // namespace duet::bench
