// What a line chart shows, and its painting: Qt Charts draws the curves; axes, labels and marks are ours.
#pragma once
#include "ui/plots/axis_ticks.h"
#include "ui/plots/line_chart.h"
#include <limits>
#include <memory>

namespace duet::ui {

struct ChartAxis {
  AxisStyle style;
  AxisTicks ticks;
  int parts = 5; ///< ticks wished
  double share(double value) const { return (value - ticks.min) / (ticks.max - ticks.min); }
  double x_at(const QRectF &area, double value) const { return area.left() + share(value) * area.width(); }
  double y_at(const QRectF &area, double value) const { return area.bottom() - share(value) * area.height(); }
  double value_at(const QRectF &area, double px) const {
    return ticks.min + (px - area.left()) / area.width() * (ticks.max - ticks.min);
  }
};

struct ChartCurve {
  QString name, end_label;
  CurveStyle style;
  std::vector<QPointF> points;
  int drawn_points = 0; ///< of the last painting
};

struct ChartContent {
  QString title, remark, empty_text;
  ChartAxis x, y;
  std::vector<ChartCurve> curves;
  std::vector<ChartMark> marks;
  std::vector<ChartPoint> points;
  double cursor_x = std::numeric_limits<double>::quiet_NaN();
  QString cursor_label;
  int x_decimals = 2, y_decimals = 3; ///< of the read-out
  bool empty() const;
};

/// Where the curves go inside a chart of this size.
QRectF plot_area(const QRectF &chart, const ChartContent &content);
/// The curve's point nearest to x, or null when x is beyond its ends by more than 5 % of its length.
const QPointF *nearest(const ChartCurve &curve, double x);
/// The vertical line set from outside, over the painted chart: it moves without painting the curves anew.
void paint_chart_cursor(QPainter &painter, const QRectF &chart, const ChartContent &content);
/// The hover: a line at x, a dot on every curve and a small box of values.
void paint_read_out(QPainter &painter, const QRectF &chart, const ChartContent &content, double x);

/// Owns the Qt Charts objects.
class ChartScene {
public:
  ChartScene();
  ~ChartScene();
  /// Paints all but cursor and hover; thins the curves to the width.
  void paint(QPainter &painter, const QRectF &target, ChartContent &content);

  void clear(); ///< forgets the curves

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace duet::ui
