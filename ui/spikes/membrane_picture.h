// What a membrane chart shows at one moment, and its painting: on screen, and as a figure for a file. A
// value.
#pragma once
#include "ui/spikes/membrane_trace.h"
#include "ui/spikes/time_axis.h"
#include <QPolygonF>

namespace duet::ui {

struct MembranePicture {
  Voices voices;
  NeuronSettings settings;
  NeuronId neuron;
  MembraneTrace trace;
  MembraneScale scale;
  TimeAxis time;
  std::optional<int> step;

  double left_needed(double height) const; ///< px beside a plot of this height, for its numbers
  /// Numbers reach from far_left to the area.
  void paint(QPainter &painter, const QRectF &area, double far_left, const Palette &palette) const;
  /// With title and the axes' titles.
  void paint_figure(QPainter &painter, const QRectF &target, const Palette &palette,
                    const QString &title) const;
};

/// Where the threshold's name covers neither trace nor threshold; nothing where there is no room.
std::optional<QRectF> threshold_place(const QRectF &area, double y, const QPolygonF &trace, double width);

} // namespace duet::ui
