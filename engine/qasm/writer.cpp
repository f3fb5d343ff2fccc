#include "engine/base/error.h"
#include "engine/circuit/definitions.h"
#include "engine/circuit/layout.h"
#include "engine/qasm/angle_text.h"
#include "engine/qasm/qasm.h"
#include "engine/qasm/statements.h"
#include <cmath>
#include <limits>
#include <set>

namespace duet {

namespace {

/// What the inputs are called in OpenQASM 3: names that mean something there, and that of the qubits, get _.
InputNames written_names(const Circuit &circuit) {
  InputNames names = circuit.names;
  std::set<std::string> taken(names.weights.begin(), names.weights.end());
  for (std::string &name : names.weights)
    if (name == "q" || qasm::has_meaning(name))
      do
        name += '_';
      while (!taken.insert(name).second);
  return names;
}

/// The lines of one version of the language.
class Writer {
public:
  explicit Writer(int version) : version_(version) {}

  /// "crz(0.5) q[0], q[1];"
  template <class AngleText, class QubitText>
  std::string gate(const Operation &op, const AngleText &angle_text, const QubitText &qubit_text) const {
    const GateFacts &record = facts(op.gate);
    std::string text(name(record));
    for (int a = 0; a < record.parameters; ++a)
      text += (a == 0 ? "(" : ", ") + angle_text(op.angles[std::size_t(a)]);
    text += record.parameters > 0 ? ") " : " ";
    for (int q = 0; q < record.qubits; ++q)
      text += (q == 0 ? "" : ", ") + qubit_text(op.qubits[std::size_t(q)]);
    return text + ";";
  }

  template <class AngleText> std::string gates(const Circuit &circuit, const AngleText &angle_text) const {
    std::string text;
    for (const Operation &op : circuit.operations)
      text += (op.gate == Gate::barrier
                   ? "barrier q;"
                   : gate(op, angle_text, [](int q) { return "q[" + std::to_string(q) + "]"; })) +
              "\n";
    return text;
  }

  /// Definitions of the gates that the standard file does not have, each after those it is made of.
  std::string definitions(const Circuit &circuit) {
    std::string text;
    std::set<Gate> used;
    for (const Operation &op : circuit.operations)
      used.insert(op.gate);
    for (const Gate gate : used)
      define(gate, text);
    return text;
  }

private:
  std::string_view name(const GateFacts &record) const { return version_ == 2 ? record.qasm2 : record.qasm3; }

  void define(Gate gate, std::string &text) {
    const GateFacts &record = facts(gate);
    const bool standard = record.standard == GateFile::both || record.core == GateCore::barrier ||
                          (record.standard == GateFile::qelib1 && version_ == 2);
    if (standard || !defined_.insert(gate).second)
      return;
    const GateDefinition &definition = written_definition(gate);
    for (const Operation &inner : definition.operations)
      define(inner.gate, text);
    const auto parameter = [&](const Angle &angle) {
      return angle_text(angle, std::string(record.parameter_names[std::size_t(angle.index)]));
    };
    const auto qubit = [](int q) { return std::string(1, char('a' + q)); };
    text += "gate " + std::string(name(record));
    for (int a = 0; a < record.parameters; ++a)
      text += (a == 0 ? "(" : ", ") + std::string(record.parameter_names[std::size_t(a)]);
    text += record.parameters > 0 ? ") " : " ";
    for (int q = 0; q < record.qubits; ++q)
      text += (q == 0 ? "" : ", ") + qubit(q);
    text += " {";
    for (const Angle &angle : definition.phases)
      if (version_ == 3)
        text += " gphase(" + parameter(angle) + ");";
    for (const Operation &inner : definition.operations)
      text += " " + this->gate(inner, parameter, qubit);
    text += " }\n";
  }

  int version_;
  std::set<Gate> defined_;
};

} // namespace

std::string write_qasm3(const Circuit &circuit) {
  const InputNames names = written_names(circuit);
  Writer writer(3);
  std::string text = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n" + writer.definitions(circuit);
  for (int i = 0; i < circuit.features; ++i)
    text += "input float[64] " + names.of(Angle::feature(i)) + ";\n";
  for (int i = 0; i < circuit.weights; ++i)
    text += "input float[64] " + names.of(Angle::weight(i)) + ";\n";
  text += "qubit[" + std::to_string(circuit.qubits) + "] q;\n";
  return text + writer.gates(circuit, [&](const Angle &angle) { return angle_text(angle, names); });
}

std::string write_qasm2(const Circuit &circuit, const std::vector<double> &features,
                        const std::vector<double> &weights) {
  const auto value = [&](const Angle &angle) {
    const double radians = angle_value(angle, features, weights);
    if (!std::isfinite(radians))
      throw Error(ExitCode::usage, "An angle of " + circuit.names.of(angle) +
                                       " is no finite number; set the circuit's inputs to smaller ones.");
    return radians_text(radians, std::numeric_limits<double>::max_digits10);
  };
  Writer writer(2);
  return "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" + writer.definitions(circuit) + "qreg q[" +
         std::to_string(circuit.qubits) + "];\n" + writer.gates(circuit, value);
}

} // namespace duet
