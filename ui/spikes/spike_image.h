// Spikes painted straight into an image: a short dash a spike.
#pragma once
#include "ui/spikes/spike_rows.h"
#include <QColor>
#include <QImage>

namespace duet::ui {

/// What part of the raster is seen, in rows and steps; fractions allowed.
struct RasterWindow {
  double first_row = 0, last_row = 1;
  double first_step = 0, last_step = 1;
  bool operator==(const RasterWindow &) const = default;
};

/// Colours of a raster; a count below the layer's largest is paler.
struct RasterColors {
  QColor paper, spiking, quantum;
};

/// 100,000 spikes in a few milliseconds: a scanline a row, copied to the row's height.
QImage paint_spikes(const SpikeRows &rows, const RasterWindow &window, QSize pixels,
                    const RasterColors &colors);

} // namespace duet::ui
