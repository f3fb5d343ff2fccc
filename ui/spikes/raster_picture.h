// What a raster shows at one moment, and its painting: on screen, and as a figure for a file. A value.
#pragma once
#include "ui/spikes/raster_layout.h"
#include "ui/spikes/spike_image.h"
#include "ui/spikes/time_axis.h"

namespace duet::ui {

RasterColors raster_colors(const Palette &palette, const Voices &voices);

struct RasterPicture {
  Voices voices; ///< of the rows
  SpikeRows rows;
  TimeAxis time;
  RowAxis row_axis;
  std::optional<int> step;
  std::optional<NeuronId> neuron;

  RasterWindow window() const { return {row_axis.first, row_axis.last, time.first, time.last}; }
  double left_needed() const; ///< px beside the plot
  QString describe(int row, int at_step) const;

  /// Spikes, names, numbers, frame of the neuron and cursor. image: the spikes as pixels of the area; null:
  /// as shapes.
  void paint(QPainter &painter, const QRectF &area, const Palette &palette, const QImage *image) const;
  /// With title and axes: spikes as shapes, or where they are too many as an image of 300 dpi.
  void paint_figure(QPainter &painter, const QRectF &target, const Palette &palette,
                    const QString &title) const;
};

/// branch,layer,step,neuron, a row a spike
QString spikes_csv(const SpikeRows &rows);

} // namespace duet::ui
