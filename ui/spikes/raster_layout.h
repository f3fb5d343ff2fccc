// What a raster says beside its spikes, apart from painting: which rows are seen, the numbers and names
// beside them.
#pragma once
#include "ui/spikes/seen_range.h"
#include "ui/spikes/spike_rows.h"
#include <QRectF>
#include <QString>
#include <vector>

class QFont;

namespace duet::ui {

/// The rows seen, downwards.
struct RowAxis : SeenRange {
  double y_at(const QRectF &area, double row) const { return area.top() + share(row) * area.height(); }
  double row_value(const QRectF &area, double y) const { return place_at((y - area.top()) / area.height()); }
  int row_at(const QRectF &area, double y) const { return index_at((y - area.top()) / area.height()); }
  void zoom(double around, double factor) { SeenRange::zoom(around, factor, 4); }
};

/// A neuron's number at the middle of its row.
struct RowNumber {
  int row = 0, neuron = 0;
  bool operator==(const RowNumber &) const = default;
};
/// Round numbers of each layer, at least `space` pixels apart over all layers, where the rows are `height`
/// pixels high.
std::vector<RowNumber> row_numbers(const SpikeRows &rows, const RowAxis &axis, double height, double space);

/// A layer's name and where it reaches, in pixels down the plot.
struct BandLabel {
  double top = 0, bottom = 0;
  Voice voice = Voice::neutral;
  QString text; ///< the longest name that fits along it; empty if none does
};
std::vector<BandLabel> band_labels(const SpikeRows &rows, const RowAxis &axis, double height,
                                   const QFont &font);

/// Pixels that names and numbers take to the left of the plot.
double raster_left(const SpikeRows &rows, const QFont &font);
/// "rows 33 to 64 of 256, steps 3 to 5 of 10"; empty while all is seen.
QString zoom_text(const SpikeRows &rows, const RowAxis &axis, double first_step, double last_step);

} // namespace duet::ui
