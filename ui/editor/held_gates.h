// What is in the hand, and what letting go of it does to the circuit.
#pragma once
#include "ui/circuit/circuit_painter.h"
#include "ui/editor/palette_gates.h"
#include <optional>
#include <vector>

namespace duet::ui {

struct HeldGates {
  std::optional<PaletteGate> fresh; ///< from the palette
  std::vector<int> operations;      ///< else of the circuit, in order
  std::optional<int> slot;          ///< of one gate on several qubits: that qubit alone changes its wire
  int wire = 0;                     ///< where it was taken
};

struct NamedEdit {
  CircuitEdit edit;
  QString label; ///< for undo: "Add RX on q2", "Delete 3 gates"
};

/// Let go at a place; without one the gates go. A copy leaves the gates where they are.
NamedEdit let_go(const Circuit &circuit, const HeldGates &held, const std::optional<GatePlace> &place,
                 bool copy);
NamedEdit deleted(const Circuit &circuit, const std::vector<int> &operations);
NamedEdit moved(const Circuit &circuit, const std::vector<int> &operations, int column, int wires);
/// The last qubit of a gate, its target, or the first, its control, this many wires further down.
NamedEdit rewired(const Circuit &circuit, int operation, bool last, int wires);
/// Behind these operations, or at the end: a gate, or copies.
NamedEdit appended(const Circuit &circuit, const PaletteGate &gate, const std::vector<int> &behind);
NamedEdit pasted(const Circuit &circuit, const std::vector<Operation> &copies,
                 const std::vector<int> &behind);
/// Past the next gate on their wires: to the left (-1) or the right (1); nothing where there is none.
std::optional<int> next_column(const Circuit &circuit, const std::vector<int> &operations, int direction);

std::vector<int> in_order(std::vector<int> operations);
/// "RX on q2", "CX on q0, q3", "3 gates"
QString gate_words(const Circuit &circuit, const std::vector<int> &operations);

} // namespace duet::ui
