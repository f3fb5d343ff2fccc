// Edits of a circuit: functions from one circuit to the next. A weight is its number, so no edit renumbers:
// a gate keeps its weights wherever it goes, a new weight takes the next number, and one that no gate uses
// any more stays declared, so that undo finds its value again.
#pragma once
#include "engine/circuit/circuit.h"
#include <string>
#include <vector>

namespace duet {

struct CircuitEdit {
  Circuit circuit;             ///< a valid one; as it was where the edit was refused
  std::vector<int> operations; ///< those placed, moved or changed, in that circuit, in order
  std::string refusal;         ///< one sentence: what cannot be, and why; empty: done
  bool done() const { return refusal.empty(); }
};

/// A gate on wires from `wire` on, upwards where the last one is too near; its angles are new weights.
CircuitEdit place_new(const Circuit &circuit, Gate gate, int wire, int column);
/// The same with the feature of its wire as the angle of a gate that has one.
CircuitEdit place_encoding(const Circuit &circuit, Gate gate, int wire, int column);

/// Puts operations, in their order, in front of all that their wires have from this column of the drawing
/// (engine/circuit/layout.h) on; behind everything where it is the number of columns.
CircuitEdit place(const Circuit &circuit, const std::vector<Operation> &operations, int column);
/// The same, `wires` further down, with weights of their own; those that were tied to each other stay so.
CircuitEdit place_copies(const Circuit &circuit, std::vector<Operation> operations, int column, int wires);

CircuitEdit remove(const Circuit &circuit, const std::vector<int> &operations);
/// Takes operations to the column, in front of what stands there, `wires` further down.
CircuitEdit move(const Circuit &circuit, const std::vector<int> &operations, int column, int wires);
/// Another wire for one qubit of a gate (0: its first control); where the gate holds that one too, the two
/// change places.
CircuitEdit rewire(const Circuit &circuit, int operation, int slot, int wire);
/// The same, and the gate goes to the column, in front of what stands there.
CircuitEdit rewire(const Circuit &circuit, int operation, int slot, int wire, int column);

/// Another angle; the weight one past the last is a new one.
CircuitEdit turn(const Circuit &circuit, int operation, int parameter, const Angle &angle);
/// The angle follows a weight that other gates have too, with the factor and offset it has for its own.
CircuitEdit tie(const Circuit &circuit, int operation, int parameter, int weight);
/// The angle gets a new weight. New weights are 0, so that a constant becomes the offset, and is kept.
CircuitEdit give_own_weight(const Circuit &circuit, int operation, int parameter);
/// How many angles of gates follow the weight.
int uses(const Circuit &circuit, int weight);

} // namespace duet
