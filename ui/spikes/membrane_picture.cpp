#include "ui/spikes/membrane_picture.h"
#include "engine/spiking/neuron_kinds.h"
#include "engine/spiking/one_neuron.h"
#include "ui/plots/label_places.h"
#include "ui/theme/paint.h"
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double title_height = 24, number_gap = 8;

/// The trace in its frame.
struct TracePlot {
  QRectF area;
  AxisTicks y;
  double y_at(double value) const {
    return area.bottom() - (value - y.min) / (y.max - y.min) * area.height();
  }
  /// At the edge where it is beyond.
  double seen(double value) const { return y_at(std::clamp(value, y.min, y.max)); }
};

void paint_numbers(QPainter &painter, const TracePlot &plot, double left, const Palette &palette) {
  painter.setFont(font(11));
  for (const double value : plot.y.values()) {
    const double y = std::round(plot.y_at(value)) + 0.5;
    painter.setPen(QPen(palette.line, 1));
    painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y));
    painter.setPen(palette.soft);
    draw_tabular(painter, QRectF(left, y - 8, plot.area.left() - left - 5, 16),
                 Qt::AlignRight | Qt::AlignVCenter, plot.y.text(value));
  }
}

/// A line with its resets, cut to the area, a dot at every crossing and an arrow where it leaves the scale.
struct TraceShapes {
  QPolygonF line;
  std::vector<QPointF> crossings;
  std::vector<std::pair<double, bool>> beyond; ///< where, and whether above
};

TraceShapes shapes_of(const TracePlot &plot, const TimeAxis &time, const MembraneTrace &trace) {
  TraceShapes shapes;
  for (std::size_t k = 0; k < trace.membrane.size(); ++k) {
    const double x = time.x_at(plot.area, static_cast<double>(k) + 0.5);
    if (x < plot.area.left() || x > plot.area.right())
      continue;
    const double value = trace.membrane[k], rest = trace.after[k];
    shapes.line << QPointF(x, plot.seen(value));
    if (value > plot.y.max || value < plot.y.min)
      shapes.beyond.emplace_back(x, value > plot.y.max);
    if (trace.spikes[k] > 0) {
      shapes.crossings.push_back(shapes.line.back());
      shapes.line << QPointF(x, plot.seen(rest));
      if (rest < plot.y.min)
        shapes.beyond.emplace_back(x, false);
    }
  }
  return shapes;
}

void paint_trace(QPainter &painter, const TracePlot &plot, const TraceShapes &shapes, const QColor &ink) {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(ink, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(shapes.line);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink);
  for (const QPointF &crossing : shapes.crossings)
    painter.drawEllipse(crossing, 2.4, 2.4);
  for (const auto &[x, above] : shapes.beyond) {
    const double edge = above ? plot.area.top() : plot.area.bottom(), tip = above ? edge - 5 : edge + 5;
    const QPointF arrow[] = {{x - 4, edge}, {x + 4, edge}, {x, tip}};
    painter.drawPolygon(arrow, 3);
  }
}

/// The threshold's line; its name where the trace leaves room.
void paint_threshold(QPainter &painter, const TracePlot &plot, const TraceShapes &shapes, double value,
                     const QString &name, const Palette &palette) {
  if (value < plot.y.min || value > plot.y.max)
    return;
  const double y = plot.y_at(value);
  painter.setPen(QPen(palette.soft, 1.2, Qt::DashLine));
  painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y));
  painter.setFont(font(11));
  if (const auto place =
          threshold_place(plot.area, y, shapes.line, QFontMetricsF(painter.font()).horizontalAdvance(name)))
    painter.drawText(*place, Qt::AlignCenter, name);
}

} // namespace

std::optional<QRectF> threshold_place(const QRectF &area, double y, const QPolygonF &trace, double width) {
  Occupancy occupancy(area);
  occupancy.add_line(trace, 4.8); // its dots
  occupancy.add_line(QPolygonF({QPointF(area.left(), y), QPointF(area.right(), y)}), 1.2);
  const auto place =
      place_label({QPointF(area.right(), y), {QSizeF(width + 4, 13)}, area.width()}, occupancy);
  return place ? std::optional(place->rect) : std::nullopt;
}

void MembranePicture::paint(QPainter &painter, const QRectF &area, double far_left,
                            const Palette &palette) const {
  if (area.width() < 10 || area.height() < 10)
    return;
  const TracePlot plot{area, scale_ticks(scale, area.height())};
  const Voice voice = voices.colour(speaker_of(neuron.stack));
  paint_numbers(painter, plot, far_left, palette);
  const TraceShapes shapes = shapes_of(plot, time, trace);
  paint_threshold(painter, plot, shapes, crossing(settings),
                  facts(settings.kind).has_threshold ? QObject::tr("threshold") : QObject::tr("one spike"),
                  palette);
  paint_trace(painter, plot, shapes, palette.stroke(voice));
  paint_time_cursor(painter, area, time, step, palette);
  const QString beyond = beyond_text(trace, plot.y);
  const QString name = QObject::tr("neuron %1").arg(neuron.neuron);
  painter.setFont(font(11));
  const QRectF below(area.left() + 5, area.bottom() + 17, area.width() - 10, 15);
  const QString said = beyond.isEmpty()
                           ? name
                           : first_fitting(painter.font(), below.width(),
                                           {QObject::tr("%1, %2").arg(name, beyond), beyond, name});
  painter.setPen(beyond.isEmpty() ? palette.ink(voice) : palette.error_ink);
  painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, said);
  paint_time_axis(painter, area, time, palette, QFontMetricsF(painter.font()).horizontalAdvance(said) + 15);
}

double MembranePicture::left_needed(double height) const {
  double widest = 0;
  const AxisTicks ticks = scale_ticks(scale, height);
  for (const double value : ticks.values())
    widest = std::max(widest, tabular_width(font(11), ticks.text(value)));
  return std::ceil(widest) + number_gap;
}

void MembranePicture::paint_figure(QPainter &painter, const QRectF &target, const Palette &palette,
                                   const QString &title) const {
  const double height = target.height() - title_height - time_axis_height;
  const QRectF area =
      target.adjusted(left_needed(height) + 18, title_height, -time_plot_right, -time_axis_height);
  painter.setFont(font(13, QFont::DemiBold));
  painter.setPen(palette.text);
  painter.drawText(QRectF(area.left(), target.top(), area.width(), title_height - 6),
                   Qt::AlignLeft | Qt::AlignBottom, title);
  paint(painter, area, target.left(), palette);
  painter.save();
  painter.setFont(font(11));
  painter.setPen(palette.soft);
  painter.translate(target.left(), area.center().y());
  painter.rotate(-90);
  painter.drawText(QRectF(-150, 0, 300, 14), Qt::AlignCenter, QObject::tr("membrane potential"));
  painter.restore();
}

} // namespace duet::ui
