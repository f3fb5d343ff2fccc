// One record of facts for every gate: the parser, the writers, the drawing, the window's palette and the
// tests read this table and nothing else. A new gate is one entry here.
#pragma once
#include "engine/circuit/circuit.h"
#include <complex>
#include <optional>
#include <span>
#include <string_view>

namespace duet {

struct GateFacts {
  Gate gate = Gate::id;
  std::string_view qasm2;  ///< name in OpenQASM 2 (qelib1.inc)
  std::string_view qasm3;  ///< name in OpenQASM 3 (stdgates.inc, or a definition the writer adds)
  std::string_view symbol; ///< what is drawn in the box; of a controlled gate, the box on its target
  int qubits = 1;          ///< controls included; 0 for barrier
  int controls = 0;        ///< the first so many qubits are controls
  Gate target = Gate::id;  ///< applied to the other qubits where every control is 1; itself if no controls
  int parameters = 0;
  std::array<std::string_view, 3> parameter_names = {};
  bool diagonal = false;   ///< the whole matrix is diagonal
  bool real = false;       ///< the whole matrix is real
  bool in_stdgates = true; ///< part of OpenQASM 3's stdgates.inc
  std::string_view help;   ///< one sentence
};

/// All gates in the order of the enumeration.
std::span<const GateFacts> all_gates();
const GateFacts &facts(Gate gate);
/// By its OpenQASM 2 or 3 name.
std::optional<Gate> find_gate(std::string_view name);

/// Row-major 2^q x 2^q matrix of a gate on its own q qubits, the first one the most significant bit.
/// Plain and slow: for checks, not for simulation.
struct GateMatrix {
  int qubits = 0;
  std::array<std::complex<double>, 64> entries = {};
  std::complex<double> at(int row, int column) const {
    return entries[std::size_t((row << qubits) | column)];
  }
};
GateMatrix gate_matrix(Gate gate, std::array<double, 3> angles = {});

} // namespace duet
