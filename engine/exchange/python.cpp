#include "engine/exchange/python.h"
#include "engine/circuit/definitions.h"
#include "engine/qasm/angle_text.h"

namespace duet {

namespace {

/// The lines of one library's gates, a level deep in a function.
class GateLines {
public:
  explicit GateLines(PythonLibrary library) : library_(library) {}

  std::string of(const Circuit &circuit) const {
    std::string text;
    for (const Operation &op : circuit.operations)
      add(op, circuit.qubits, text);
    return text;
  }

private:
  bool pennylane() const { return library_ == PythonLibrary::pennylane; }

  void add(const Operation &op, int qubits, std::string &text) const {
    const GateFacts &record = facts(op.gate);
    const std::string_view name = pennylane() ? record.pennylane : record.qiskit;
    if (op.gate == Gate::barrier)
      text += pennylane() ? "    qml.Barrier(wires=range(" + std::to_string(qubits) + "))\n"
                          : "    circuit.barrier()\n";
    else if (!name.empty())
      text += pennylane() ? pennylane_line(name, record, op) : qiskit_line(name, record, op);
    else if (pennylane() && record.controls > 0 && !facts(record.target).pennylane.empty())
      text += controlled_line(record, op);
    else
      for (const Operation &inner : written_definition(op.gate).operations)
        add(substituted(inner, op), qubits, text);
  }

  /// "qml.CRX(0.5*w[0], wires=[0, 1])"
  static std::string pennylane_line(std::string_view name, const GateFacts &record, const Operation &op) {
    return "    qml." + std::string(name) + "(" + angles(record, op) +
           "wires=" + wires(op, 0, record.qubits) + ")\n";
  }

  /// "qml.ctrl(qml.U3, control=[0])(x[0], 0.5, 0.0, wires=1)"
  static std::string controlled_line(const GateFacts &record, const Operation &op) {
    return "    qml.ctrl(qml." + std::string(facts(record.target).pennylane) + ", control=[" +
           qubits_of(op, 0, record.controls) + "])(" + angles(record, op) +
           "wires=" + wires(op, record.controls, record.qubits) + ")\n";
  }

  /// "circuit.crx(0.5*w[0], 0, 1)"
  static std::string qiskit_line(std::string_view name, const GateFacts &record, const Operation &op) {
    return "    circuit." + std::string(name) + "(" + angles(record, op) + qubits_of(op, 0, record.qubits) +
           ")\n";
  }

  /// "0.5*w[0], pi/2, ": a comma after each.
  static std::string angles(const GateFacts &record, const Operation &op) {
    std::string text;
    for (int a = 0; a < record.parameters; ++a) {
      const Angle &angle = op.angles[std::size_t(a)];
      text += angle_text(angle, (angle.source == Angle::Source::feature ? "x[" : "w[") +
                                    std::to_string(angle.index) + "]") +
              ", ";
    }
    return text;
  }

  static std::string qubits_of(const Operation &op, int first, int last) {
    std::string text;
    for (int q = first; q < last; ++q)
      text += (q == first ? "" : ", ") + std::to_string(op.qubits[std::size_t(q)]);
    return text;
  }

  static std::string wires(const Operation &op, int first, int last) {
    const std::string list = qubits_of(op, first, last);
    return last - first == 1 ? list : "[" + list + "]";
  }

  PythonLibrary library_;
};

/// "x = [0.3, 0.0]", a name of its own in a comment behind the value.
std::string values(const std::string &list, int count, std::span<const double> given,
                   const InputNames &names) {
  if (count == 0)
    return list + " = []\n";
  std::string text = list + " = [\n";
  for (int k = 0; k < count; ++k) {
    const std::string name = names.of(list == "x" ? Angle::feature(k) : Angle::weight(k));
    const double value = std::size_t(k) < given.size() ? given[std::size_t(k)] : 0;
    text += "    " + radians_text(value) + ",  # " + name + "\n";
  }
  return text + "]\n";
}

} // namespace

std::string write_python(const Circuit &circuit, PythonLibrary library, std::span<const double> features,
                         std::span<const double> weights) {
  const std::string n = std::to_string(circuit.qubits);
  const std::string inputs = "\n# Angles in radians.\n" +
                             values("x", circuit.features, features, circuit.names) +
                             values("w", circuit.weights, weights, circuit.names) + "\n\n";
  const std::string gates = GateLines(library).of(circuit);
  if (library == PythonLibrary::pennylane)
    return "\"\"\"<Z> of every qubit, by PennyLane. Wire i is q[i]; wire 0 is the leftmost bit of a bit "
           "string.\"\"\"\n"
           "from math import pi\n\nimport pennylane as qml\n" +
           inputs + "@qml.qnode(qml.device(\"default.qubit\", wires=" + n + "))\ndef expectation_z(x, w):\n" +
           gates + "    return [qml.expval(qml.PauliZ(i)) for i in range(" + n +
           ")]\n\n\nif __name__ == \"__main__\":\n    print([float(z) for z in expectation_z(x, w)])\n";
  return "\"\"\"<Z> of every qubit, by Qiskit. Qubit i is q[i]; Qiskit writes q[0] as the rightmost bit of a "
         "bit "
         "string, Duet as the leftmost.\"\"\"\n"
         "from math import pi\n\nfrom qiskit import QuantumCircuit\n"
         "from qiskit.quantum_info import Pauli, Statevector\n" +
         inputs + "def build(x, w):\n    circuit = QuantumCircuit(" + n + ")\n" + gates +
         "    return circuit\n\n\ndef expectation_z(x, w):\n    state = Statevector(build(x, w))\n"
         "    return [complex(state.expectation_value(Pauli(\"Z\"), [i])).real for i in range(" +
         n + ")]\n\n\nif __name__ == \"__main__\":\n    print(expectation_z(x, w))\n";
}

} // namespace duet
