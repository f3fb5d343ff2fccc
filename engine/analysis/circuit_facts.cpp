#include "engine/analysis/circuit_facts.h"
#include "engine/analysis/observables.h"
#include "engine/circuit/gates.h"
#include <algorithm>

namespace duet {

namespace {

int depth_of(const Circuit &circuit) {
  std::vector<int> layers(std::size_t(circuit.qubits), 0); ///< [qubit], so far
  for (const Operation &op : circuit.operations) {
    if (op.gate == Gate::barrier) {
      std::fill(layers.begin(), layers.end(), *std::max_element(layers.begin(), layers.end()));
      continue;
    }
    const auto on = std::span(op.qubits).first(std::size_t(facts(op.gate).qubits));
    int layer = 0;
    for (const int q : on)
      layer = std::max(layer, layers[std::size_t(q)] + 1);
    for (const int q : on)
      layers[std::size_t(q)] = layer;
  }
  return *std::max_element(layers.begin(), layers.end());
}

void count_gates(const Circuit &circuit, CircuitFacts &facts_of_it) {
  std::vector<std::size_t> counts(all_gates().size(), 0);
  for (const Operation &op : circuit.operations)
    ++counts[std::size_t(op.gate)];
  for (const GateFacts &record : all_gates()) {
    const std::size_t count = counts[std::size_t(record.gate)];
    if (count == 0 || record.gate == Gate::barrier)
      continue;
    facts_of_it.gates.emplace_back(record.qasm3, count);
    if (record.qubits == 2)
      facts_of_it.two_qubit_gates += count;
  }
}

std::vector<std::vector<int>> light_cones(const Circuit &circuit) {
  const int n = circuit.qubits;
  Observables observables(n);
  std::vector<std::uint32_t> cones;
  for (int i = 0; i < n; ++i)
    cones.push_back(1u << i);
  for (auto op = circuit.operations.rbegin(); op != circuit.operations.rend(); ++op) {
    const std::vector<PauliStep> steps = pauli_steps(*op);
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
      observables.meet(*step);
    for (int k = 0; k < facts(op->gate).qubits; ++k)
      for (int i = 0, q = op->qubits[std::size_t(k)]; i < n; ++i)
        if (!(cones[std::size_t(i)] >> q & 1) && observables.sees(i, q))
          cones[std::size_t(i)] |= 1u << q;
  }
  std::vector<std::vector<int>> qubits(cones.size());
  for (std::size_t i = 0; i < cones.size(); ++i)
    for (int q = 0; q < n; ++q)
      if (cones[i] >> q & 1)
        qubits[i].push_back(q);
  return qubits;
}

} // namespace

CircuitFacts circuit_facts(const Circuit &circuit) {
  CircuitFacts all;
  all.depth = depth_of(circuit);
  count_gates(circuit, all);
  all.weights = weight_facts(circuit);
  all.light_cones = light_cones(circuit);
  all.entangling = entangling_capability(circuit);
  all.expressibility = expressibility(circuit);
  return all;
}

} // namespace duet
