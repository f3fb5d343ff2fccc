// One record for every gate, which says everything of it: the readers, the writers, the simulators, the
// drawing, the window's palette and the tests read this table and nothing else. A new gate is one entry in
// gates.cpp and its matrix in tests/golden/gates.txt.
#pragma once
#include "engine/circuit/circuit.h"
#include <optional>
#include <span>
#include <string_view>

namespace duet {

/// How a gate is drawn.
enum class GateDrawing : std::uint8_t {
  box,     ///< a box with the symbol on every target, joined if there are several
  plus,    ///< a circled plus on the target
  dots,    ///< all qubits alike: dots joined by a line
  crosses, ///< SWAP's crosses
  barrier  ///< a dashed line across all wires
};

/// What a gate is to a person who looks for one; the window's palette is sorted by it.
enum class GateFamily : std::uint8_t {
  fixed,      ///< one qubit, no angle
  rotation,   ///< one qubit, by angles
  controlled, ///< acts where its controls are 1
  joint       ///< several qubits without controls, or all
};

/// What the simulators do with no detour over other gates.
enum class GateCore : std::uint8_t {
  none,     ///< the record says how, by `controls` and `target` or by `means`
  turn,     ///< exp(-i theta P/2), P the Pauli string `pauli` on the gate's qubits
  hadamard, ///< H
  flip,     ///< X
  exchange, ///< SWAP
  barrier   ///< nothing
};

/// The standard files that have a gate under its name there.
enum class GateFile : std::uint8_t {
  both,   ///< qelib1.inc as Qiskit has it, and stdgates.inc
  qelib1, ///< qelib1.inc alone
  none
};

/// Definitions are OpenQASM on the qubits a, b, c, d, e with the record's parameters, and may name any gate:
/// "rz(-phi) a; rx(theta) a;". An angle in them is at most a factor times a parameter, divided by a number.
struct GateFacts {
  std::string_view qasm3 = {}, qasm2 = {}; ///< names in OpenQASM 3 and 2 (as Qiskit's qelib1.inc has it)
  std::string_view also = {};              ///< further names it is read by, separated by blanks
  std::string_view symbol = {}; ///< what is drawn in the box; of a controlled gate, the box on its target
  GateDrawing drawing = GateDrawing::box;
  int qubits = 1;         ///< controls included; 0 for barrier
  int controls = 0;       ///< the first so many qubits are controls
  Gate target = Gate::id; ///< applied to the other qubits where every control is 1; itself if no controls
  std::array<std::string_view, most_gate_angles> parameter_names = {};
  GateCore core = GateCore::none;
  std::string_view pauli = {}; ///< of a turn: a letter X, Y or Z for each qubit
  std::string_view means = {}; ///< where neither a core nor a control: the gates it is, global phase included
  std::string_view inverse = {}; ///< the one gate that undoes it; empty: `written` backwards
  /// The gates it is for the writers, where the standard file lacks it, and under further controls, which
  /// only what lies between gates that undo each other needs; empty: `means`.
  std::string_view written = {};
  GateFile standard = GateFile::both;
  std::string_view pennylane = {}; ///< PennyLane's operation, angles first, then wires; empty: it has none
  std::string_view qiskit = {};    ///< the method of Qiskit's QuantumCircuit, likewise
  std::string_view help;           ///< one sentence
  Gate gate = Gate::id;            ///< the record's place, which nobody writes
  int parameters = 0;              ///< how many are named
};

/// All gates; those of the enumeration first, in its order.
std::span<const GateFacts> all_gates();
const GateFacts &facts(Gate gate);
GateFamily family_of(const GateFacts &record);
/// By any of its names.
std::optional<Gate> find_gate(std::string_view name);
/// The gate that applies `target` where so many controls are 1.
std::optional<Gate> controlled_gate(Gate target, int controls);

} // namespace duet
