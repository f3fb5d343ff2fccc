// From a circuit's layout, in cells, to pixels in a rectangle.
#pragma once
#include "engine/circuit/layout.h"
#include <QRectF>
#include <optional>

namespace duet::ui {

enum class Fusing { when_tight, always, never };

/// What stands beside the gates.
struct CircuitRoom {
  bool disks = false;                   ///< <Z> at the right
  bool two_numbers = false;             ///< <Z> before and after an edit
  double spare = 0;                     ///< cells left free behind the last column
  std::optional<double> disk_edge = {}; ///< disks end here, over the gates, not at the right of all
};

class CircuitGeometry {
public:
  /// Chooses between the two layouts of the same circuit by the space there is.
  CircuitGeometry(const CircuitLayout &plain, const CircuitLayout &fused, Fusing fusing,
                  const CircuitRoom &room, const QRectF &rect);

  const CircuitLayout &layout() const { return *layout_; }
  QRectF rect() const { return rect_; }
  double row_height() const { return row_height_; } ///< pixels from wire to wire
  double cell_width() const { return cell_width_; } ///< pixels of a plain column
  double y(int row) const { return top_ + (row + 0.5) * row_height_; }
  double x(const DrawnGate &gate) const { return left_ + layout_->column_centre(gate.column) * cell_width_; }
  double column_x(double column) const;
  double column_at(double x) const; ///< the inverse; 0 and the number of columns beyond the ends
  double wire_left() const { return left_ - cell_width_ * 0.12; }
  double wire_right() const { return right_; }
  double label_right() const { return wire_left() - 5; }
  double disk_x() const { return disks_left_ + 8 + disk_radius_; }
  double disks_left() const { return disks_left_; }
  double disk_radius() const { return disk_radius_; }
  bool disk_numbers() const { return disk_numbers_; }

  double box_height() const;
  QRectF box(const DrawnGate &gate, int row) const;
  /// Everything of a gate, a little wider than what is painted.
  QRectF bounds(const DrawnGate &gate) const;

  static constexpr double natural_cell = 54, natural_row = 50, smallest_cell = 17, smallest_row = 17;
  static constexpr double label_width = 30, disk_width = 78, number_width = 36, arrow_width = 16;

private:
  QRectF rect_;
  const CircuitLayout *layout_;
  double left_, right_, disks_left_, top_, row_height_, cell_width_, disk_radius_ = 0;
  bool disk_numbers_ = false;
};

} // namespace duet::ui
