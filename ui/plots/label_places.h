// Where labels go so that none covers a curve or another label.
#pragma once
#include <QPolygonF>
#include <QRectF>
#include <optional>
#include <vector>

namespace duet::ui {

/// Moves labels of one height up and down as little as needed so that they are `height` apart and stay in
/// top..bottom. In: wished centres; out: centres, in the order given.
std::vector<double> spread(const std::vector<double> &wished, double height, double top, double bottom);

/// Rows for labels that start at `left` with these widths, read from left to right: the first row in which
/// each one fits without touching the one before it; -1 if none of `rows` has room.
std::vector<int> stack_rows(const std::vector<double> &left, const std::vector<double> &width, double space,
                            int rows);

/// What is drawn in an area, as cells of two pixels; asks in no time whether a rectangle is free.
class Occupancy {
public:
  explicit Occupancy(const QRectF &area = {});
  /// A line as wide as this.
  void add_line(const QPolygonF &points, double width);
  void add_rect(const QRectF &rect);
  /// Inside the area and nothing drawn there.
  bool is_free(const QRectF &rect) const;
  const QRectF &area() const { return area_; }

private:
  void fill(int left, int top, int right, int bottom);
  void sum() const;
  QRectF area_;
  int columns_ = 0, rows_ = 0;
  std::vector<unsigned char> taken_;
  mutable std::vector<int> sums_; ///< [row + 1][column + 1], of taken_; empty when stale
};

/// A label that belongs to a point: its texts' sizes, best first.
struct LabelWish {
  QPointF anchor;
  std::vector<QSizeF> sizes;
  double reach = 110; ///< px it may lie away from its point
};
struct LabelPlace {
  std::size_t size = 0; ///< which of the sizes
  QRectF rect;
};
/// The free place nearest to the point, a shorter text only where it comes much nearer; it is taken then.
/// Nothing when there is none within reach.
std::optional<LabelPlace> place_label(const LabelWish &wish, Occupancy &occupancy);

} // namespace duet::ui
