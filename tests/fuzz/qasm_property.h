// What must hold of the OpenQASM reader for any bytes at all; shared by libFuzzer and by the fixed mutations.
#pragma once
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/circuit/layout.h"
#include "engine/circuit/svg.h"
#include "engine/qasm/qasm.h"
#include <cstdint>
#include <string>

namespace duet::fuzz {

/// One line of UTF-8 without control characters.
inline bool printable(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first < ' ' || first == 0x7F || (first >= 0x80 && first < 0xC2) || first > 0xF4 ||
        i + length > text.size())
      return false;
    std::uint32_t character = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0) != 0x80)
        return false;
      character = character << 6 | (next & 0x3F);
    }
    const std::uint32_t least[] = {0, 0, 0xA0, 0x800, 0x10000}; // of so many bytes, C1 controls left out
    if (character < least[length] || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
      return false;
    i += length;
  }
  return true;
}

/// Empty if all is well: the bytes are refused with one sentence that names the file, or they give a circuit
/// in range that can be drawn and that reads back from both writers.
inline std::string broken_promise(std::string_view bytes) {
  Circuit circuit;
  try {
    circuit = read_qasm(bytes, "f.qasm");
  } catch (const Error &error) {
    const std::string sentence = error.what();
    if (!printable(sentence))
      return "the sentence is not one printable line: " + sentence;
    if (error.code() != ExitCode::usage || !sentence.starts_with("f.qasm "))
      return "not a refusal of the file: " + sentence;
    return "";
  }
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

} // namespace duet::fuzz
