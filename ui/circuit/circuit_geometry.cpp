#include "ui/circuit/circuit_geometry.h"
#include <algorithm>

namespace duet::ui {
namespace {

constexpr double tight_cell = 34;                    // pixels; below it a box cannot show "RX" at ease
constexpr double widest_cell = 60, highest_row = 56; // pixels
constexpr double number_space = 360; // pixels of width from which <Z> is written beside its disk

} // namespace

CircuitGeometry::CircuitGeometry(const CircuitLayout &plain, const CircuitLayout &fused, Fusing fusing,
                                 const CircuitRoom &room, const QRectF &rect)
    : rect_(rect), layout_(&plain) {
  const int rows = std::max(1, plain.rows);
  row_height_ = std::clamp(rect.height() / rows, 1.0, highest_row);
  top_ = rect.top() + (rect.height() - rows * row_height_) / 2;
  const double labels = std::clamp(rect.width() * 0.12, 18.0, label_width);
  disk_radius_ = room.disks ? std::clamp(row_height_ * 0.36, 3.0, 13.0) : 0;
  disk_numbers_ = room.disks && rect.width() >= number_space && row_height_ >= 13;
  left_ = rect.left() + labels;
  const double numbers = !disk_numbers_     ? 0
                         : room.two_numbers ? number_width * 2 + arrow_width
                                            : number_width;
  const double disks = room.disks ? 2 * disk_radius_ + 12 + numbers : 4;
  right_ = rect.right() - disks;
  disks_left_ = room.disk_edge.value_or(rect.right()) - disks;
  const double space = std::max(1.0, right_ - left_ - 4);
  const auto cell = [&](const CircuitLayout &layout) {
    const double cells = layout.width() + room.spare;
    return cells > 0 ? space / cells : widest_cell;
  };
  if (fusing == Fusing::always || (fusing == Fusing::when_tight && cell(plain) < tight_cell))
    layout_ = &fused;
  cell_width_ = std::min(cell(*layout_), widest_cell);
}

double CircuitGeometry::column_x(double column) const {
  const int last = layout_->columns();
  const double clamped = std::clamp(column, 0.0, double(last));
  const int whole = std::min(int(clamped), std::max(0, last - 1));
  const auto &edges = layout_->column_left;
  const double from = edges[std::size_t(whole)], to = edges[std::size_t(std::min(whole + 1, last))];
  return left_ + (from + (to - from) * (clamped - whole)) * cell_width_;
}

double CircuitGeometry::column_at(double x) const {
  const auto &edges = layout_->column_left;
  const double cells = (x - left_) / cell_width_;
  const auto after = std::upper_bound(edges.begin(), edges.end(), cells);
  if (after == edges.begin())
    return 0;
  if (after == edges.end())
    return layout_->columns();
  return double(after - edges.begin() - 1) + (cells - *(after - 1)) / (*after - *(after - 1));
}

double CircuitGeometry::box_height() const { return std::clamp(row_height_ * 0.72, 4.0, 38.0); }

QRectF CircuitGeometry::box(const DrawnGate &gate, int row) const {
  const double gap = std::clamp(cell_width_ * 0.14, 1.0, 7.0);
  const double width = std::max(2.0, gate.width * cell_width_ - gap);
  return {x(gate) - width / 2, y(row) - box_height() / 2, width, box_height()};
}

QRectF CircuitGeometry::bounds(const DrawnGate &gate) const {
  const double width = std::max(6.0, gate.width * cell_width_);
  const double half = std::min(row_height_ / 2, box_height() / 2 + 2);
  return {x(gate) - width / 2, y(gate.top) - half, width, y(gate.bottom) - y(gate.top) + 2 * half};
}

} // namespace duet::ui
