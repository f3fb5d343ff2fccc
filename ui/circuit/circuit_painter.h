// Paints a circuit with live values into any rectangle: the canvas's lower lane, a widget of its own, a
// file. A value: copy it, set it, paint it. GUI thread only.
#pragma once
#include "engine/circuit/layout.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/theme/palette.h"
#include <QPainter>
#include <optional>
#include <utility>
#include <vector>

namespace duet::ui {

/// Where a gate in the hand would go: in front of all that its wires have from this column on.
struct GatePlace {
  int column = 0, wire = 0;
  bool operator==(const GatePlace &) const = default;
};

class CircuitPainter {
public:
  CircuitPainter() { setCircuit({}); }

  void setCircuit(const Circuit &circuit);
  /// Weights w0.. and their gradients in the last batch; empty if unknown.
  void setWeights(const std::vector<float> &values, const std::vector<float> &gradients);
  /// Of the selected image: <Z_i> of every qubit and the angles x0.. in radians; empty if there is none.
  void setInspection(const std::vector<double> &expectation_z, const std::vector<float> &angles);
  void setExpectation(const std::vector<double> &expectation_z) { expectation_z_ = expectation_z; }
  /// Indices into Circuit::operations; -1 for none.
  void setSelected(int operation) { selected_ = operation; }
  void setHovered(int operation) { hovered_ = operation; }
  /// Operations chosen together, in order.
  void setMarked(std::vector<int> operations) { marked_ = std::move(operations); }
  /// Operations that are not there yet, in order: gates in the hand, where they would land.
  void setGhosts(std::vector<int> operations) { ghosts_ = std::move(operations); }
  /// <Z_i> as it was before an edit, beside those given by setInspection; empty: there is none.
  void setPast(std::vector<double> expectation_z) { past_ = std::move(expectation_z); }
  /// Cells kept free behind the last column, and room for the past.
  void setRoom(double spare, bool two_numbers) { spare_ = spare, two_numbers_ = two_numbers; }
  /// Where the disks of <Z> end, over the gates: what is seen of a drawing that is scrolled.
  void setDiskEdge(std::optional<double> x) { disk_edge_ = x; }
  /// Left out of what is counted: drawn faint. Indices, ascending.
  void setMuted(std::vector<int> operations) { muted_ = std::move(operations); }
  /// Where the circuit is looked into: a line behind this operation, -1: before the first; none: nowhere.
  void setCursor(std::optional<int> after) { cursor_ = after; }
  /// Turns fused into "z x z" boxes: where space is tight (default), always or never.
  void setFusing(Fusing fusing) { fusing_ = fusing; }

  const Circuit &circuit() const { return circuit_; }
  const std::vector<double> &expectationZ() const { return expectation_z_; }
  const std::vector<double> &weights() const { return weights_; } ///< values; empty if unknown
  int selected() const { return selected_; }
  int columns() const { return plain_.columns(); }
  const CircuitLayout &layout() const { return plain_; } ///< one drawn gate an operation
  const std::vector<int> &ghosts() const { return ghosts_; }
  const std::vector<double> &past() const { return past_; }

  /// The size at which every gate is shown at its full size, labels included.
  QSizeF naturalSize() const;
  /// Below this size gates cannot be told apart.
  QSizeF minimumSize() const;

  void paint(QPainter &painter, const QRectF &rect, const Palette &palette) const;

  /// The operation under a point when painted into rect; none between gates.
  std::optional<int> gateAt(const QPointF &point, const QRectF &rect) const;
  /// The qubit whose row is under a point.
  std::optional<int> qubitAt(const QPointF &point, const QRectF &rect) const;
  /// The operations whose drawing an area touches.
  std::vector<int> gatesIn(const QRectF &area, const QRectF &rect) const;
  /// Which qubit of a gate on several has its dot, plus or box here: a place in Operation::qubits. None on
  /// the line between, and for a gate on one.
  std::optional<int> slotAt(int operation, const QPointF &point, const QRectF &rect) const;
  /// Where a gate let go here would land; none away from the wires. `ignored`: gates as if they were not
  /// there.
  std::optional<GatePlace> placeAt(const QPointF &point, const QRectF &rect,
                                   const std::vector<int> &ignored = {}) const;
  /// Around the box (or dots and lines) of an operation when painted into rect.
  QRectF gateRect(int operation, const QRectF &rect) const;

  /// "RX(w1) on q2": one line for lists and accessibility.
  QString gateTitle(int operation) const;
  /// Rich text: what the gate does, its angles, weights and gradients.
  QString toolTip(int operation) const;
  /// Tooltip of a disk at the right.
  QString qubitToolTip(int qubit) const;
  /// "5 qubits, 22 gates, 12 weights": those that gates follow
  QString summary() const;

private:
  struct Ink;
  CircuitGeometry geometry(const QRectF &rect) const;
  double strength(const DrawnGate &gate) const;
  QString valueLabel(const DrawnGate &gate) const;
  void paintWires(QPainter &painter, const CircuitGeometry &g, Ink &ink) const;
  void paintGate(QPainter &painter, const CircuitGeometry &g, const DrawnGate &gate, Ink &ink) const;
  void paintBox(QPainter &painter, const CircuitGeometry &g, const DrawnGate &gate, const QRectF &box,
                Ink &ink) const;
  bool paintAngleBars(QPainter &painter, const DrawnGate &gate,
                      const QRectF &box) const; ///< false: nothing to show
  void paintTarget(QPainter &painter, const CircuitGeometry &g, const DrawnGate &gate, int row,
                   Ink &ink) const;
  void paintVeil(QPainter &painter, const CircuitGeometry &g, Ink &ink) const;
  void paintDisk(QPainter &painter, const CircuitGeometry &g, int row, Ink &ink) const;
  void paintMarks(QPainter &painter, const CircuitGeometry &g, Ink &ink) const;

  Circuit circuit_;
  CircuitLayout plain_, fused_;
  std::vector<double> weights_, gradients_, angles_, expectation_z_, past_;
  std::vector<int> marked_, ghosts_;
  int selected_ = -1, hovered_ = -1;
  double spare_ = 0;
  std::optional<int> cursor_;
  bool two_numbers_ = false;
  std::optional<double> disk_edge_;
  std::vector<int> muted_;
  Fusing fusing_ = Fusing::when_tight;
};

} // namespace duet::ui
