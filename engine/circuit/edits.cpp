#include "engine/circuit/edits.h"
#include "engine/base/words.h"
#include "engine/circuit/gates.h"
#include "engine/circuit/layout.h"
#include <algorithm>
#include <map>
#include <utility>

namespace duet {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

CircuitEdit refused(const Circuit &circuit, std::string sentence) {
  return {circuit, {}, std::move(sentence)};
}

std::string upper(std::string_view name) {
  std::string text(name);
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
  return text;
}

std::string inputs_to(const char *letter, int count) {
  const std::string name(letter);
  return count == 1 ? name + "0 is" : name + "0 to " + name + std::to_string(count - 1) + " are";
}

/// Why the operation cannot stand in the circuit; empty if it can.
std::string objection(const Circuit &circuit, const Operation &operation) {
  const GateFacts &record = facts(operation.gate);
  const std::string name = upper(record.qasm3);
  for (int a = 0; a < record.qubits; ++a) {
    const int wire = operation.qubits[at(a)];
    if (wire < 0 || wire >= circuit.qubits)
      return name + " would leave the circuit: " + inputs_to("q", circuit.qubits) + " there";
    for (int b = 0; b < a; ++b)
      if (operation.qubits[at(b)] == wire)
        return name + " would stand on q" + std::to_string(wire) + " twice: its qubits must differ";
  }
  for (int k = 0; k < record.parameters; ++k)
    if (const Angle &angle = operation.angles[at(k)];
        angle.source == Angle::Source::feature && (angle.index < 0 || angle.index >= circuit.features))
      return circuit.features == 0
                 ? "This circuit has no features x: its input is the amplitudes"
                 : circuit.names.of(angle) +
                       " is no feature of this circuit: " + inputs_to("x", circuit.features) + " there";
  return {};
}

/// The rows that the drawing keeps free for it.
std::pair<int, int> span(const Circuit &circuit, const Operation &operation) {
  const int count = facts(operation.gate).qubits;
  if (count == 0)
    return {0, circuit.qubits - 1};
  const auto [low, high] = std::minmax_element(operation.qubits.begin(), operation.qubits.begin() + count);
  return {*low, *high};
}

/// An equivalent order of the operations (before[i]: the one that comes i-th) and the place in it where those
/// on the rows from top to bottom are divided at the column.
struct Division {
  std::vector<int> before;
  int place = 0;
};

/// The drawing's columns order gates that share a row; others may change places. So where one that must come
/// after the place stands in front of one that must come before it, their stretch is sorted by the column.
Division divide(const Circuit &circuit, int top, int bottom, int column) {
  const CircuitLayout layout = lay_out(circuit); // one drawn gate for each operation, in order
  const int count = int(circuit.operations.size());
  Division division;
  for (int i = 0; i < count; ++i)
    division.before.push_back(i);
  int last_left = -1, first_right = count;
  for (int i = 0; i < count; ++i) {
    const DrawnGate &gate = layout.gates[at(i)];
    if (gate.bottom < top || gate.top > bottom)
      continue;
    if (gate.column < column)
      last_left = i;
    else
      first_right = std::min(first_right, i);
  }
  division.place = first_right;
  if (first_right < last_left) {
    const auto from = division.before.begin() + first_right, to = division.before.begin() + last_left + 1;
    const auto right =
        std::stable_partition(from, to, [&](int i) { return layout.gates[at(i)].column < column; });
    division.place = int(right - division.before.begin());
  }
  return division;
}

/// The weights that the operations name exist from now on.
void declare_weights(Circuit &circuit, const std::vector<Operation> &operations) {
  for (const Operation &operation : operations)
    for (const Angle &angle : operation.angles)
      if (angle.source == Angle::Source::weight)
        circuit.weights = std::max(circuit.weights, angle.index + 1);
}

std::vector<int> sorted(std::vector<int> operations) {
  std::ranges::sort(operations);
  operations.erase(std::unique(operations.begin(), operations.end()), operations.end());
  return operations;
}

std::vector<Operation> shifted(std::vector<Operation> operations, int wires) {
  for (Operation &operation : operations)
    for (int q = 0; q < facts(operation.gate).qubits; ++q)
      operation.qubits[at(q)] = std::int16_t(operation.qubits[at(q)] + wires);
  return operations;
}

/// place(), and where the circuit's own operations are afterwards.
CircuitEdit placed(const Circuit &circuit, const std::vector<Operation> &operations, int column,
                   std::vector<int> &now_at) {
  int top = circuit.qubits, bottom = -1;
  for (const Operation &operation : operations) {
    if (std::string sentence = objection(circuit, operation); !sentence.empty())
      return refused(circuit, std::move(sentence));
    const auto [first, last] = span(circuit, operation);
    top = std::min(top, first);
    bottom = std::max(bottom, last);
  }
  const Division division = divide(circuit, top, bottom, column);
  const int count = int(circuit.operations.size()), added = int(operations.size());
  CircuitEdit edit{circuit, {}, {}};
  edit.circuit.operations.clear();
  now_at.assign(at(count), 0);
  for (int i = 0; i <= count; ++i) {
    if (i == division.place)
      for (const Operation &operation : operations) {
        edit.operations.push_back(int(edit.circuit.operations.size()));
        edit.circuit.operations.push_back(operation);
      }
    if (i == count)
      break;
    now_at[at(division.before[at(i)])] = i < division.place ? i : i + added;
    edit.circuit.operations.push_back(circuit.operations[at(division.before[at(i)])]);
  }
  declare_weights(edit.circuit, operations);
  return edit;
}

CircuitEdit changed(const Circuit &circuit, int operation, const Operation &now) {
  if (std::string sentence = objection(circuit, now); !sentence.empty())
    return refused(circuit, std::move(sentence));
  CircuitEdit edit{circuit, {operation}, {}};
  edit.circuit.operations[at(operation)] = now;
  declare_weights(edit.circuit, {now});
  return edit;
}

/// The operations at these places, in order, become others at the column.
CircuitEdit replaced(const Circuit &circuit, const std::vector<int> &places,
                     const std::vector<Operation> &operations, int column) {
  std::vector<int> now_at;
  CircuitEdit edit = placed(circuit, operations, column, now_at);
  if (!edit.done())
    return edit;
  std::vector<int> gone;
  for (const int i : places)
    gone.push_back(now_at[at(i)]);
  for (int &i : edit.operations)
    i -= int(std::ranges::count_if(gone, [i](int other) { return other < i; }));
  edit.circuit = remove(edit.circuit, gone).circuit;
  return edit;
}

Operation rewired(Operation operation, int slot, int wire) {
  const auto end = operation.qubits.begin() + facts(operation.gate).qubits;
  if (const auto other = std::find(operation.qubits.begin(), end, std::int16_t(wire)); other != end)
    *other = operation.qubits[at(slot)];
  operation.qubits[at(slot)] = std::int16_t(wire);
  return operation;
}

CircuitEdit place_made(const Circuit &circuit, Gate gate, int wire, int column,
                       const auto &angle_of /* (parameter, wire) */) {
  const GateFacts &record = facts(gate);
  if (record.qubits > circuit.qubits)
    return refused(circuit, upper(record.qasm3) + " needs " + std::to_string(record.qubits) +
                                " qubits, and this circuit has " + std::to_string(circuit.qubits));
  Operation operation{gate, {}, {}};
  const int first = std::clamp(wire, 0, circuit.qubits - record.qubits);
  for (int q = 0; q < record.qubits; ++q)
    operation.qubits[at(q)] = std::int16_t(first + q);
  for (int k = 0; k < record.parameters; ++k)
    operation.angles[at(k)] = angle_of(k, first);
  return place(circuit, {operation}, column);
}

} // namespace

CircuitEdit place_new(const Circuit &circuit, Gate gate, int wire, int column) {
  return place_made(circuit, gate, wire, column,
                    [&](int parameter, int) { return Angle::weight(circuit.weights + parameter); });
}

CircuitEdit place_encoding(const Circuit &circuit, Gate gate, int wire, int column) {
  return place_made(circuit, gate, wire, column, [](int, int on) { return Angle::feature(on); });
}

CircuitEdit place(const Circuit &circuit, const std::vector<Operation> &operations, int column) {
  std::vector<int> now_at;
  return placed(circuit, operations, column, now_at);
}

CircuitEdit place_copies(const Circuit &circuit, std::vector<Operation> operations, int column, int wires) {
  std::map<int, int> own;
  for (Operation &operation : operations)
    for (Angle &angle : operation.angles)
      if (angle.source == Angle::Source::weight)
        angle.index = own.try_emplace(angle.index, circuit.weights + int(own.size())).first->second;
  return place(circuit, shifted(std::move(operations), wires), column);
}

CircuitEdit remove(const Circuit &circuit, const std::vector<int> &operations) {
  CircuitEdit edit{circuit, {}, {}};
  const std::vector<int> gone = sorted(operations);
  for (auto i = gone.rbegin(); i != gone.rend(); ++i)
    edit.circuit.operations.erase(edit.circuit.operations.begin() + *i);
  return edit;
}

CircuitEdit move(const Circuit &circuit, const std::vector<int> &operations, int column, int wires) {
  const std::vector<int> moved = sorted(operations);
  std::vector<Operation> taken;
  for (const int i : moved)
    taken.push_back(circuit.operations[at(i)]);
  return replaced(circuit, moved, shifted(std::move(taken), wires), column);
}

CircuitEdit rewire(const Circuit &circuit, int operation, int slot, int wire) {
  return changed(circuit, operation, rewired(circuit.operations[at(operation)], slot, wire));
}

CircuitEdit rewire(const Circuit &circuit, int operation, int slot, int wire, int column) {
  return replaced(circuit, {operation}, {rewired(circuit.operations[at(operation)], slot, wire)}, column);
}

CircuitEdit turn(const Circuit &circuit, int operation, int parameter, const Angle &angle) {
  if (angle.source == Angle::Source::weight && (angle.index < 0 || angle.index > circuit.weights))
    return refused(circuit, circuit.names.of(angle) + " is no weight of this circuit: the next new one is " +
                                circuit.names.of(Angle::weight(circuit.weights)));
  Operation now = circuit.operations[at(operation)];
  now.angles[at(parameter)] = angle;
  return changed(circuit, operation, now);
}

CircuitEdit tie(const Circuit &circuit, int operation, int parameter, int weight) {
  const Angle &angle = circuit.operations[at(operation)].angles[at(parameter)];
  const bool weighted = angle.source == Angle::Source::weight;
  return turn(circuit, operation, parameter,
              weighted ? Angle::weight(weight, angle.scale, angle.offset) : Angle::weight(weight));
}

CircuitEdit give_own_weight(const Circuit &circuit, int operation, int parameter) {
  const Angle &angle = circuit.operations[at(operation)].angles[at(parameter)];
  Angle own = Angle::weight(circuit.weights);
  if (angle.source != Angle::Source::feature)
    own.offset = angle.offset;
  if (angle.source == Angle::Source::weight)
    own.scale = angle.scale;
  return turn(circuit, operation, parameter, own);
}

int uses(const Circuit &circuit, int weight) {
  int count = 0;
  for (const Operation &operation : circuit.operations)
    for (const Angle &angle : operation.angles)
      count += angle.source == Angle::Source::weight && angle.index == weight;
  return count;
}

} // namespace duet
