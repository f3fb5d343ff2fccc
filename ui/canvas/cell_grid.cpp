#include "ui/canvas/cell_grid.h"
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace duet::ui {

QRectF CellGrid::cell(int neuron) const {
  const double space = cell_width >= 5 ? std::min(3.0, 0.2 * cell_width) : cell_width >= 3 ? 0.5 : 0;
  return {area.left() + neuron % columns * cell_width, area.top() + neuron / columns * cell_height,
          cell_width - space, cell_height - space};
}

std::optional<int> CellGrid::neuron_at(const QPointF &position) const {
  if (!area.contains(position))
    return std::nullopt;
  const int column = std::min(columns - 1, static_cast<int>((position.x() - area.left()) / cell_width));
  const int row = std::min(rows - 1, static_cast<int>((position.y() - area.top()) / cell_height));
  const int neuron = row * columns + column;
  return neuron < neurons ? std::optional<int>(neuron) : std::nullopt;
}

CellGrid cell_grid(const QRectF &area, int neurons) {
  CellGrid grid;
  grid.neurons = std::max(neurons, 1);
  if (area.width() < 1 || area.height() < 1) {
    grid.area = area;
    return grid;
  }
  double best = 0; // the largest cell: the smaller of its sides
  for (int columns = 1; columns <= grid.neurons; ++columns) {
    const int rows = (grid.neurons + columns - 1) / columns;
    const double size = std::min(area.width() / columns, area.height() / rows);
    if (size > best) {
      best = size;
      grid.columns = columns;
      grid.rows = rows;
    }
  }
  grid.cell_width = std::min({area.width() / grid.columns, 1.25 * best, 26.0});
  grid.cell_height = std::min({area.height() / grid.rows, 1.25 * best, 26.0});
  grid.area = QRectF(0, 0, grid.columns * grid.cell_width, grid.rows * grid.cell_height);
  grid.area.moveCenter(area.center());
  return grid;
}

std::vector<double> brightness_by_rate(const LayerRecord &layer) {
  const auto width = static_cast<std::size_t>(std::max(layer.neurons, 0));
  std::vector<double> result(width, 0.0);
  if (layer.steps <= 0 || layer.spikes.size() < width * static_cast<std::size_t>(layer.steps))
    return result;
  for (std::size_t t = 0; t < static_cast<std::size_t>(layer.steps); ++t)
    for (std::size_t n = 0; n < width; ++n)
      result[n] += layer.spikes[t * width + n];
  double most = 0.25;
  for (double &value : result) {
    value /= layer.steps;
    most = std::max(most, value);
  }
  for (double &value : result)
    value = std::pow(value / most, 0.8);
  return result;
}

std::vector<double> brightness_at_step(const LayerRecord &layer, int step, double threshold) {
  const auto width = static_cast<std::size_t>(std::max(layer.neurons, 0));
  std::vector<double> result(width, 0.0);
  const std::size_t offset = static_cast<std::size_t>(std::max(step, 0)) * width;
  if (step < 0 || step >= layer.steps || layer.spikes.size() < offset + width)
    return result;
  int most = 1;
  for (std::size_t n = 0; n < width; ++n)
    most = std::max<int>(most, layer.spikes[offset + n]);
  for (std::size_t n = 0; n < width; ++n) {
    const int spikes = layer.spikes[offset + n];
    if (spikes > 0)
      result[n] = 0.6 + 0.4 * spikes / most;
    else if (layer.membrane.size() >= offset + width && threshold > 0)
      result[n] = 0.35 * std::clamp(static_cast<double>(layer.membrane[offset + n]) / threshold, 0.0, 1.0);
  }
  return result;
}

void paint_cells(QPainter &painter, const CellGrid &grid, const std::vector<double> &brightness,
                 const CellColors &colors, std::optional<int> framed) {
  const bool edged = grid.cell_width >= 5; // smaller ones have no room: they take the edge's colour
  std::array<QColor, 33> shades, edges;
  for (std::size_t k = 0; k < shades.size(); ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(shades.size() - 1);
    shades[k] = blend(colors.silent, edged ? colors.lit : colors.edge, share);
    edges[k] = blend(colors.silent, colors.edge, share);
  }
  const double radius = grid.cell_width >= 9 ? 2.5 : 1.2;
  for (int n = 0; n < grid.neurons; ++n) {
    const double bright =
        static_cast<std::size_t>(n) < brightness.size() ? brightness[static_cast<std::size_t>(n)] : 0;
    const auto shade = static_cast<std::size_t>(std::clamp(bright, 0.0, 1.0) * (shades.size() - 1) + 0.5);
    if (edged) {
      painter.setPen(QPen(edges[shade], 1));
      painter.setBrush(shades[shade]);
      painter.drawRoundedRect(grid.cell(n).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    } else {
      painter.fillRect(grid.cell(n), shades[shade]);
    }
  }
  if (framed && *framed < grid.neurons) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.frame, 1.8));
    painter.drawRoundedRect(grid.cell(*framed).adjusted(-1.5, -1.5, 1.5, 1.5), radius + 1, radius + 1);
  }
}

} // namespace duet::ui
