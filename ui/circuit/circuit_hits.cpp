// What of a painted circuit is where.
#include "engine/circuit/gates.h"
#include "ui/circuit/circuit_painter.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double beside = 0.25;     // rows above the first and below the last wire that still count
constexpr double slot_reach = 0.36; // rows around a wire in which a dot, plus or box is meant, not the line

} // namespace

std::optional<int> CircuitPainter::gateAt(const QPointF &point, const QRectF &rect) const {
  const CircuitGeometry g = geometry(rect);
  const DrawnGate *found = nullptr;
  for (const DrawnGate &gate : g.layout().gates)
    if (g.bounds(gate).contains(
            point)) // of overlapping ones the smaller: a gate between a control and its target
      if (!found || gate.bottom - gate.top < found->bottom - found->top)
        found = &gate;
  if (!found)
    return std::nullopt;
  const QRectF bounds = g.bounds(*found);
  const int parts = int(found->operations.size());
  const int part = std::clamp(int((point.x() - bounds.left()) / bounds.width() * parts), 0, parts - 1);
  return found->operations[std::size_t(part)];
}

std::optional<int> CircuitPainter::qubitAt(const QPointF &point, const QRectF &rect) const {
  const CircuitGeometry g = geometry(rect);
  for (int row = 0; row < g.layout().rows; ++row)
    if (std::abs(point.y() - g.y(row)) <= g.row_height() / 2 && rect.contains(point))
      return row;
  return std::nullopt;
}

QRectF CircuitPainter::gateRect(int operation, const QRectF &rect) const {
  const CircuitGeometry g = geometry(rect);
  for (const DrawnGate &gate : g.layout().gates) {
    const auto found = std::find(gate.operations.begin(), gate.operations.end(), operation);
    if (found == gate.operations.end())
      continue;
    const QRectF bounds = g.bounds(gate);
    const double part = bounds.width() / double(gate.operations.size());
    return {bounds.left() + part * double(found - gate.operations.begin()), bounds.top(), part,
            bounds.height()};
  }
  return {};
}

std::vector<int> CircuitPainter::gatesIn(const QRectF &area, const QRectF &rect) const {
  const CircuitGeometry g = geometry(rect);
  std::vector<int> found;
  for (const DrawnGate &gate : g.layout().gates)
    if (area.intersects(g.bounds(gate)))
      found.insert(found.end(), gate.operations.begin(), gate.operations.end());
  std::ranges::sort(found);
  return found;
}

std::optional<int> CircuitPainter::slotAt(int operation, const QPointF &point, const QRectF &rect) const {
  const CircuitGeometry g = geometry(rect);
  const Operation &op = circuit_.operations[std::size_t(operation)];
  const int count = facts(op.gate).qubits;
  for (int slot = 0; slot < count && count > 1; ++slot)
    if (std::abs(point.y() - g.y(op.qubits[std::size_t(slot)])) <= g.row_height() * slot_reach)
      return slot;
  return std::nullopt;
}

std::optional<GatePlace> CircuitPainter::placeAt(const QPointF &point, const QRectF &rect,
                                                 const std::vector<int> &ignored) const {
  const CircuitGeometry g = geometry(rect);
  const int rows = g.layout().rows;
  const double row = (point.y() - g.y(0)) / g.row_height();
  if (row < -0.5 - beside || row > rows - 0.5 + beside || point.x() < rect.left() || point.x() > rect.right())
    return std::nullopt;
  const int wire = std::clamp(int(std::lround(row)), 0, rows - 1);
  const double at = g.column_at(point.x());
  const int column = int(at);
  const bool taken = std::ranges::any_of(g.layout().gates, [&](const DrawnGate &gate) {
    return gate.column == column && gate.top <= wire && wire <= gate.bottom &&
           std::ranges::find(ignored, gate.operations.front()) == ignored.end();
  });
  return GatePlace{taken && at - column > 0.5 ? column + 1 : column, wire};
}

} // namespace duet::ui
