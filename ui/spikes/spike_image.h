// Spikes as ink: a pixel is as dark as the share of the cells under it that spiked.
#pragma once
#include "ui/spikes/spike_rows.h"
#include <QColor>
#include <QImage>
#include <vector>

namespace duet::ui {

/// What part of the raster is seen, in rows and steps; fractions allowed.
struct RasterWindow {
  double first_row = 0, last_row = 1;
  double first_step = 0, last_step = 1;
  bool operator==(const RasterWindow &) const = default;
};

/// Colours of a raster.
struct RasterColors {
  QColor paper, spiking, encoder;
  const QColor &ink(Stack stack) const { return stack == Stack::spiking ? spiking : encoder; }
};

/// Each pixel is a blend of paper and its layers' inks, linear in the mean over the neurons and steps it
/// covers of count / the layer's largest count; so the mean ink is the true mean at every size.
QImage paint_spikes(const SpikeRows &rows, const RasterWindow &window, QSize pixels,
                    const RasterColors &colors);

/// Cells of one row that spiked alike, one after the other: what a drawing without pixels is made of.
struct SpikeRun {
  QRectF cells; ///< x in steps, y in rows, cut to the window
  QColor color;
};

/// Nothing when there would be more than `most`: then an image says it better.
std::vector<SpikeRun> spike_runs(const SpikeRows &rows, const RasterWindow &window,
                                 const RasterColors &colors, std::size_t most);

} // namespace duet::ui
