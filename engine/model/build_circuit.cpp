#include "engine/model/build_circuit.h"
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/circuit/templates.h"
#include "engine/qasm/qasm.h"
#include <string>

namespace duet {
namespace {

Error usage(const std::string &sentence) { return Error(ExitCode::usage, sentence); }

Circuit custom(const QuantumSettings &settings) {
  if (settings.circuit.empty())
    throw usage("quantum.circuit is empty: the ansatz 'custom' needs an OpenQASM 3 program there");
  Circuit circuit = read_qasm(settings.circuit, "quantum.circuit");
  const std::string qubits = std::to_string(circuit.qubits);
  if (circuit.qubits > most_trained_qubits)
    throw usage("quantum.circuit has " + qubits + " qubits; at most " + std::to_string(most_trained_qubits) +
                " can be trained: write a smaller circuit");
  if (circuit.qubits != settings.qubits)
    throw usage("quantum.qubits is " + std::to_string(settings.qubits) +
                ", but the program in quantum.circuit has " + qubits + " qubits: set quantum.qubits to " +
                qubits);
  if (settings.input == QuantumInput::amplitude && circuit.features > 0)
    throw usage("quantum.circuit uses the feature x" + std::to_string(circuit.features - 1) +
                ", but amplitude input has no angles: take the inputs x out of the program");
  if (circuit.features > circuit.qubits)
    throw usage("quantum.circuit uses the feature x" + std::to_string(circuit.features - 1) + ", but " +
                qubits + " qubits have only the features x0 to x" + std::to_string(circuit.qubits - 1));
  circuit.features = settings.input == QuantumInput::amplitude ? 0 : circuit.qubits;
  return circuit;
}

} // namespace

Circuit build_circuit(const QuantumSettings &settings) {
  return settings.ansatz == Ansatz::custom ? custom(settings) : build_template(settings);
}

} // namespace duet
