#include "ui/spikes/spike_image.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace duet::ui {
namespace {

struct Columns {
  std::vector<int> left, right; ///< [step], pixels from left up to, not including, right
};

Columns step_columns(int steps, const RasterWindow &window, int width) {
  Columns columns;
  const double scale = width / (window.last_step - window.first_step);
  const double space = scale >= 4 ? std::min(scale * 0.22, 6.0) : 0.0;
  for (int step = 0; step < steps; ++step) {
    const double left = (step - window.first_step) * scale + space / 2;
    const double right = (step + 1 - window.first_step) * scale - space / 2;
    const int from = std::clamp(static_cast<int>(std::round(left)), 0, width);
    columns.left.push_back(from);
    columns.right.push_back(std::clamp(std::max(static_cast<int>(std::round(right)), from + 1), 0, width));
  }
  return columns;
}

/// [count] for one layer: from pale to full, index 0 unused.
std::vector<QRgb> shades(const SpikeBand &band, const RasterColors &colors) {
  const QColor full = band.stack == Stack::spiking ? colors.spiking : colors.quantum;
  std::vector<QRgb> result;
  for (int count = 0; count <= band.most; ++count)
    result.push_back(blend(colors.paper, full, 0.25 + 0.75 * count / band.most).rgb());
  return result;
}

} // namespace

QImage paint_spikes(const SpikeRows &rows, const RasterWindow &window, QSize pixels,
                    const RasterColors &colors) {
  QImage image(pixels, QImage::Format_RGB32);
  image.fill(colors.paper);
  if (rows.empty() || pixels.isEmpty() || !(window.last_row > window.first_row) ||
      !(window.last_step > window.first_step))
    return image;
  const double row_height = pixels.height() / (window.last_row - window.first_row);
  const int space = row_height >= 3 ? std::max(1, static_cast<int>(row_height * 0.18)) : 0;
  const Columns columns = step_columns(rows.steps(), window, pixels.width());
  for (const SpikeBand &band : rows.bands()) {
    const std::vector<QRgb> shade = shades(band, colors);
    const int from = std::max(band.first_row, static_cast<int>(std::floor(window.first_row)));
    const int to = std::min(band.first_row + band.rows, static_cast<int>(std::ceil(window.last_row)));
    for (int row = from; row < to; ++row) {
      const int top = std::max(0, static_cast<int>(std::round((row - window.first_row) * row_height)));
      int bottom = static_cast<int>(std::round((row + 1 - window.first_row) * row_height)) - space;
      bottom = std::min(std::max(bottom, top + 1), pixels.height());
      if (top >= bottom)
        continue;
      auto *line = reinterpret_cast<QRgb *>(image.scanLine(top));
      const std::uint16_t *cell = band.record->spikes.data() + (row - band.first_row);
      bool any = false;
      for (std::size_t step = 0; step < static_cast<std::size_t>(band.record->steps);
           ++step, cell += band.rows)
        if (*cell) {
          any = true;
          std::fill(line + columns.left[step], line + columns.right[step], shade[*cell]);
        }
      for (int y = top + 1; any && y < bottom; ++y)
        std::memcpy(image.scanLine(y), line, static_cast<std::size_t>(pixels.width()) * sizeof(QRgb));
    }
  }
  return image;
}

} // namespace duet::ui
