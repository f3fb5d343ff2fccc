#include "ui/editor/held_gates.h"
#include "engine/circuit/gates.h"
#include <QObject>
#include <QStringList>
#include <algorithm>

namespace duet::ui {
namespace {

std::size_t at(int index) { return std::size_t(index); }

struct Block {
  int top, bottom, first, last; ///< rows and columns
};

Block block_of(const CircuitLayout &layout, const std::vector<int> &operations) {
  Block block{layout.rows, -1, layout.columns(), -1};
  for (const int i : operations) {
    const DrawnGate &gate = layout.gates[at(i)];
    block.top = std::min(block.top, gate.top);
    block.bottom = std::max(block.bottom, gate.bottom);
    block.first = std::min(block.first, gate.column);
    block.last = std::max(block.last, gate.column);
  }
  return block;
}

int column_behind(const Circuit &circuit, const std::vector<int> &operations) {
  const CircuitLayout layout = lay_out(circuit);
  return operations.empty() ? layout.columns() : block_of(layout, operations).last + 1;
}

QString added_label(const CircuitEdit &edit) {
  return QObject::tr("Add %1").arg(gate_words(edit.circuit, edit.operations));
}

} // namespace

std::vector<int> in_order(std::vector<int> operations) {
  std::ranges::sort(operations);
  return operations;
}

QString gate_words(const Circuit &circuit, const std::vector<int> &operations) {
  if (operations.size() != 1)
    return QObject::tr("%1 gates").arg(operations.size());
  const Operation &op = circuit.operations[at(operations.front())];
  const GateFacts &record = facts(op.gate);
  const QString name = QString::fromUtf8(record.qasm3.data(), qsizetype(record.qasm3.size())).toUpper();
  QStringList qubits;
  for (int q = 0; q < record.qubits; ++q)
    qubits << QStringLiteral("q%1").arg(op.qubits[at(q)]);
  return qubits.isEmpty() ? name : QObject::tr("%1 on %2").arg(name, qubits.join(QStringLiteral(", ")));
}

NamedEdit let_go(const Circuit &circuit, const HeldGates &held, const std::optional<GatePlace> &place,
                 bool copy) {
  if (held.fresh) {
    if (!place)
      return {{circuit, {}, {}}, {}};
    const CircuitEdit edit = placed(circuit, *held.fresh, place->wire, place->column);
    return {edit, added_label(edit)};
  }
  if (!place)
    return copy ? NamedEdit{{circuit, held.operations, {}}, {}} : deleted(circuit, held.operations);
  if (copy) {
    std::vector<Operation> copies;
    for (const int i : held.operations)
      copies.push_back(circuit.operations[at(i)]);
    const CircuitEdit edit = place_copies(circuit, copies, place->column, place->wire - held.wire);
    return {edit, QObject::tr("Copy %1").arg(gate_words(circuit, held.operations))};
  }
  if (held.slot) {
    const CircuitEdit edit = rewire(circuit, held.operations.front(), *held.slot, place->wire, place->column);
    return {edit, QObject::tr("Change to %1").arg(gate_words(edit.circuit, edit.operations))};
  }
  return moved(circuit, held.operations, place->column, place->wire - held.wire);
}

NamedEdit deleted(const Circuit &circuit, const std::vector<int> &operations) {
  return {remove(circuit, operations), QObject::tr("Delete %1").arg(gate_words(circuit, operations))};
}

NamedEdit moved(const Circuit &circuit, const std::vector<int> &operations, int column, int wires) {
  return {move(circuit, operations, column, wires),
          QObject::tr("Move %1").arg(gate_words(circuit, operations))};
}

NamedEdit rewired(const Circuit &circuit, int operation, bool last, int wires) {
  const Operation &op = circuit.operations[at(operation)];
  const int slot = last ? facts(op.gate).qubits - 1 : 0;
  if (slot < 0)
    return {{circuit, {operation}, {}}, {}};
  const CircuitEdit edit = rewire(circuit, operation, slot, op.qubits[at(slot)] + wires);
  return {edit, QObject::tr("Change to %1").arg(gate_words(edit.circuit, edit.operations))};
}

NamedEdit appended(const Circuit &circuit, const PaletteGate &gate, const std::vector<int> &behind) {
  const int wire = behind.empty() ? 0 : block_of(lay_out(circuit), behind).top;
  const CircuitEdit edit = placed(circuit, gate, wire, column_behind(circuit, behind));
  return {edit, added_label(edit)};
}

NamedEdit pasted(const Circuit &circuit, const std::vector<Operation> &copies,
                 const std::vector<int> &behind) {
  const CircuitEdit edit = place_copies(circuit, copies, column_behind(circuit, behind), 0);
  return {edit, QObject::tr("Paste %1").arg(gate_words(edit.circuit, edit.operations))};
}

std::optional<int> next_column(const Circuit &circuit, const std::vector<int> &operations, int direction) {
  if (operations.empty())
    return std::nullopt;
  const CircuitLayout layout = lay_out(circuit);
  const Block block = block_of(layout, operations);
  std::optional<int> nearest;
  for (int i = 0; i < int(layout.gates.size()); ++i) {
    const DrawnGate &gate = layout.gates[at(i)];
    if (gate.bottom < block.top || gate.top > block.bottom ||
        std::ranges::find(operations, i) != operations.end())
      continue;
    if (direction < 0 && gate.column < block.first)
      nearest = std::max(nearest.value_or(0), gate.column);
    if (direction > 0 && gate.column > block.last)
      nearest = std::min(nearest.value_or(layout.columns()), gate.column);
  }
  return nearest && direction > 0 ? std::optional(*nearest + 1) : nearest;
}

} // namespace duet::ui
