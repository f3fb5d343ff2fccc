#include "engine/session/shown_circuit.h"
#include "engine/model/build_circuit.h"
#include "engine/simulator/acting_weights.h"

namespace duet {

std::shared_ptr<const ShownCircuit> shown_circuit(const Experiment &experiment) {
  if (!has_circuit(experiment))
    return nullptr;
  auto shown = std::make_shared<ShownCircuit>();
  shown->circuit = build_circuit(experiment.quantum);
  shown->acting = acting_weights(shown->circuit, experiment.quantum.input == QuantumInput::amplitude);
  return shown;
}

} // namespace duet
