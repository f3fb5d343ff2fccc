// What holds between settings: which have a meaning together, and which contradict each other.
#include "engine/experiment/choices.h"
#include "engine/experiment/describe.h"
#include "engine/model/build_circuit.h"
#include "engine/spiking/neuron_kinds.h"
#include <algorithm>
#include <set>

namespace duet {
namespace {

void check_data(const Experiment &e, std::vector<Problem> &problems) {
  const std::set<int> distinct(e.data.classes.begin(), e.data.classes.end());
  if (distinct.size() != e.data.classes.size())
    problems.push_back(
        {"data.classes", "data.classes is " + to_text(e.data.classes) + "; each class may be named once."});
  if (e.data.source.empty())
    problems.push_back(
        {"data.source",
         "data.source is empty; name a set (`duet-cli data list`) or a folder with the four IDX files."});
}

void check_neuron(const Experiment &e, std::vector<Problem> &problems) {
  const NeuronSettings &n = e.spiking.neuron;
  const auto below = [&](const char *path, double value) {
    if (value >= n.threshold)
      problems.push_back({path, std::string(path) + " is " + to_text(value) +
                                    "; it must lie below spiking.neuron.threshold, which is " +
                                    to_text(n.threshold) + "."});
  };
  below("spiking.neuron.v_rest", n.v_rest);
  below("spiking.neuron.v_reset", n.v_reset);
}

void check_amplitude(const Experiment &e, std::vector<Problem> &problems) {
  const QuantumSettings &q = e.quantum;
  if (q.input != QuantumInput::amplitude)
    return;
  if (q.reupload)
    problems.push_back({"quantum.reupload",
                        "quantum.reupload is true; with quantum.input set to amplitude there "
                        "are no angles to encode again: set it to false."});
  if (q.ansatz == Ansatz::none)
    problems.push_back({"quantum.ansatz", "quantum.ansatz is none; quantum.input set to amplitude needs a "
                                          "circuit: choose another ansatz or input."});
}

void check_custom(const Experiment &e, std::vector<Problem> &problems) {
  const QuantumSettings &q = e.quantum;
  if (q.ansatz != Ansatz::custom)
    return;
  if (q.circuit.empty()) {
    problems.push_back(
        {"quantum.circuit",
         "quantum.circuit is empty; quantum.ansatz set to custom needs an OpenQASM 3 program there."});
    return;
  }
  try {
    const Circuit circuit = build_circuit(q);
    if (circuit.qubits != q.qubits)
      problems.push_back({"quantum.qubits", "quantum.qubits is " + std::to_string(q.qubits) +
                                                "; the custom circuit has " + std::to_string(circuit.qubits) +
                                                " qubits: set it to that."});
  } catch (const Error &error) {
    problems.push_back({"quantum.circuit", error.what()});
  }
}

} // namespace

std::vector<Problem> check(const Experiment &e) {
  std::vector<Problem> problems;
  check_data(e, problems);
  check_neuron(e, problems);
  if (e.model.kind == ModelKind::serial && e.quantum.input != QuantumInput::spiking)
    problems.push_back({"quantum.input", std::string("quantum.input is ") + name_of(e.quantum.input) +
                                             "; model.kind set to serial needs spiking, since the spiking "
                                             "encoder comes before the circuit."});
  if (has_quantum_branch(e)) {
    check_amplitude(e, problems);
    check_custom(e, problems);
  }
  return problems;
}

} // namespace duet
