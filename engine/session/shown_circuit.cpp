#include "engine/session/shown_circuit.h"
#include "engine/analysis/acting_weights.h"
#include "engine/model/build_circuit.h"

namespace duet {

std::shared_ptr<const ShownCircuit> shown_circuit(const Experiment &experiment) {
  if (!has_circuit(experiment))
    return nullptr;
  auto shown = std::make_shared<ShownCircuit>();
  shown->circuit = build_circuit(experiment.quantum);
  shown->acting = weight_facts(shown->circuit, experiment.quantum.input == QuantumInput::amplitude).acting;
  return shown;
}

} // namespace duet
