#include "tests/fuzz/circuit_property.h"
#include "engine/base/limits.h"
#include "engine/circuit/layout.h"
#include "engine/circuit/svg.h"
#include "engine/qasm/qasm.h"
#include "tests/fuzz/sentence.h"

namespace duet::fuzz {
namespace {

std::string fault_of(const Circuit &circuit) {
  if (circuit.qubits < 1 || circuit.qubits > most_qubits)
    return "qubits out of range";
  for (const Operation &op : circuit.operations)
    for (const Angle &angle : op.angles)
      if (angle.index < 0 || (angle.source == Angle::Source::feature && angle.index >= circuit.features) ||
          (angle.source == Angle::Source::weight && angle.index >= circuit.weights))
        return "an input out of range";
  if (circuit.operations.size() > 2000 || circuit.features + circuit.weights > 2000)
    return "";
  const std::string written = write_qasm3(circuit);
  Circuit again = read_qasm(written, "written");
  again.names = circuit.names; // where a name means something else, the writer changes it
  if (!(again == circuit))
    return "reads back as another circuit:\n" + written;
  const Circuit constants = read_qasm(write_qasm2(circuit), "written");
  if (constants.operations.size() != circuit.operations.size())
    return "version 2 reads back with other gates";
  if (lay_out(circuit).gates.size() != circuit.operations.size() || circuit_svg(circuit).empty())
    return "the drawing lacks gates";
  return "";
}

} // namespace

std::string circuit(std::string_view bytes) {
  return unless_refused("f.qasm ", {ExitCode::usage}, [&] { return fault_of(read_qasm(bytes, "f.qasm")); });
}

} // namespace duet::fuzz
