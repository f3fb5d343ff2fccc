// A spiking layer as a field of cells, lit by rate or by the spikes of one step.
#pragma once
#include "engine/model/inspection.h"
#include "engine/spiking/settings.h"
#include "ui/theme/palette.h"
#include <QRectF>
#include <optional>
#include <vector>

class QPainter;

namespace duet::ui {

/// Rows and columns that fill an area with nearly square cells; neuron k is in row k / columns.
struct CellGrid {
  QRectF area; ///< of all cells, centred in the area given
  int neurons = 0, columns = 1, rows = 1;
  double cell_width = 1, cell_height = 1; ///< gap included
  QRectF cell(int neuron) const;          ///< without the gap
  std::optional<int> neuron_at(const QPointF &position) const;
};

CellGrid cell_grid(const QRectF &area, int neurons);

/// How bright each cell is, 0..1.
std::vector<double> brightness_by_rate(const LayerRecord &layer);
/// Spiking neurons 1, the others up to 0.4 by how near the membrane is to the threshold.
std::vector<double> brightness_at_step(const LayerRecord &layer, int step, double threshold);

struct CellColors {
  QColor silent, lit;
  QColor edge;  ///< around a lit cell; a smaller cell has it all over
  QColor frame; ///< of the selected neuron
};
/// brightness may be empty: all silent. `framed`: the selected neuron.
void paint_cells(QPainter &painter, const CellGrid &grid, const std::vector<double> &brightness,
                 const CellColors &colors, std::optional<int> framed);

} // namespace duet::ui
