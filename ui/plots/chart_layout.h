// What a line chart says and where: axes, curves cut to the plot, labels that cover neither a curve nor each
// other. Apart from painting, so that tests can read it.
#pragma once
#include "ui/plots/axis_ticks.h"
#include "ui/plots/label_places.h"
#include "ui/plots/line_chart.h"
#include <limits>

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
  QPointF at(const QRectF &area, const QPointF &value) const {
    return {x.x_at(area, value.x()), y.y_at(area, value.y())};
  }
};

/// A text in its place.
struct ChartText {
  enum class Role { title, tick, axis, remark, mark, end, point, legend };
  Role role = Role::tick;
  QRectF rect;
  QString text;
  Voice voice = Voice::neutral;
  Qt::Alignment alignment = Qt::AlignCenter;
};

/// A curve as it is drawn.
struct ChartLine {
  std::vector<QPolygonF> values; ///< pieces inside the axes, in values
  std::vector<QPolygonF> pixels; ///< the same, in pixels
  std::vector<QPointF> dots;     ///< pixels; of a curve of dots, and where points stand alone or far apart
  double dot_radius = 0;
  int points = 0; ///< after thinning
};

struct ChartLayout {
  QRectF area; ///< of the curves
  std::vector<ChartText> texts;
  std::vector<ChartLine> lines; ///< [curve]
  std::vector<double> marks;    ///< x of their lines
  std::vector<QLineF> leaders;  ///< from a label to its point
  std::vector<Voice> leader_voices;
  Occupancy taken; ///< curves and labels
};

/// Sizes of the texts, px.
inline constexpr int chart_text_size = 11, chart_label_size = 12, chart_title_size = 13;
QFont chart_font(ChartText::Role role);

ChartLayout chart_layout(const QRectF &chart, const ChartContent &content);

/// What the hover says near x: the nearest point of any curve, its x, and every curve's value there; a value
/// of another x says so.
struct ReadOut {
  struct Line {
    QString text;
    Voice voice = Voice::neutral;
    QPointF at; ///< the point it tells
  };
  double x = 0;
  QString head; ///< "epoch 5.35"
  std::vector<Line> lines;
  QStringList marks; ///< live changes there
  QString sentence() const;
};
/// reach: how far from x a mark may lie, in values.
ReadOut read_out(const ChartContent &content, double x, double reach);

} // namespace duet::ui
