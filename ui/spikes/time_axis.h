// The time axis that raster and membrane share: step k (from 0) lies between the ticks k and k + 1.
#pragma once
#include "engine/spiking/settings.h"
#include "ui/spikes/seen_range.h"
#include <QRectF>
#include <QString>
#include <optional>

class QPainter;

namespace duet::ui {

struct Palette;

/// The steps seen, to the right.
struct TimeAxis : SeenRange {
  double dt_ms = 1;

  double x_at(const QRectF &area, double step) const { return area.left() + share(step) * area.width(); }
  double step_value(const QRectF &area, double x) const { return place_at((x - area.left()) / area.width()); }
  int step_at(const QRectF &area, double x) const { return index_at((x - area.left()) / area.width()); }
  void zoom(double around, double factor) { SeenRange::zoom(around, factor, 2); }
};

/// Room for the axis below a plot, px.
inline constexpr double time_axis_height = 34;
/// Right of them, px: a scroll bar.
inline constexpr double time_plot_right = 12;

/// taken: px at the left of the title's row that something else needs.
void paint_time_axis(QPainter &painter, const QRectF &area, const TimeAxis &axis, const Palette &palette,
                     double taken = 0);
/// The selected step as a line with a grip at the top.
void paint_time_cursor(QPainter &painter, const QRectF &area, const TimeAxis &axis, std::optional<int> step,
                       const Palette &palette);
/// "step 7 of 10 (6 to 7 ms)"
QString step_text(const TimeAxis &axis, int step);
/// What a readout is of: "step 4 of 10, mean so far", or without a step "after all 10 steps".
QString so_far_text(std::optional<int> step, int steps);
/// The same for little room: "step 4 of 10", "10 steps".
QString so_far_short(std::optional<int> step, int steps);

} // namespace duet::ui
