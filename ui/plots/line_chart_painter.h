// Paints a line chart's layout: Qt Charts draws the curves; axes, labels and marks are ours.
#pragma once
#include "ui/plots/chart_layout.h"
#include <memory>

class QPainter;

namespace duet::ui {

struct Palette;

/// The vertical line set from outside, over the painted chart: it moves without painting the curves anew.
void paint_chart_cursor(QPainter &painter, const ChartLayout &layout, const ChartContent &content,
                        const Palette &palette);
/// The hover: a line at its x, a dot on every curve and a small box of values.
void paint_read_out(QPainter &painter, const QRectF &chart, const ChartLayout &layout,
                    const ChartContent &content, const ReadOut &read, const Palette &palette);

/// Owns the Qt Charts objects.
class ChartScene {
public:
  ChartScene();
  ~ChartScene();
  /// Paints all but cursor and hover.
  void paint(QPainter &painter, const QRectF &chart, const ChartLayout &layout, const ChartContent &content,
             const Palette &palette);

  void clear(); ///< forgets the curves

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace duet::ui
