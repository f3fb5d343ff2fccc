#include "ui/spikes/spike_image.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace duet::ui {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

/// How the steps lie over the pixel columns: borders of the columns, in steps.
struct Columns {
  std::vector<int> step;     ///< [column + 1], the step a border lies in
  std::vector<float> part;   ///< [column + 1], how much of that step lies before it
  std::vector<float> covers; ///< [column], 1 / steps covered

  Columns(int steps, const RasterWindow &window, int width) {
    const double per_column = (window.last_step - window.first_step) / width;
    for (int x = 0; x <= width; ++x) {
      const double at = std::clamp(window.first_step + x * per_column, 0.0, static_cast<double>(steps));
      const int whole = std::min(static_cast<int>(at), steps - 1);
      step.push_back(whole);
      part.push_back(static_cast<float>(at - whole));
      if (x > 0)
        covers.push_back(static_cast<float>(1.0 / per_column));
    }
  }
};

/// The mean ink of every step over the neurons first..last of a layer, added to `steps`; each neuron counts
/// by how much of it lies in first..last.
void add_neurons(const SpikeBand &band, double first, double last, float scale, std::vector<float> &steps) {
  const int from = static_cast<int>(std::floor(first)),
            to = std::min(band.rows, static_cast<int>(std::ceil(last)));
  const std::uint16_t *cells = band.record->spikes.data();
  for (std::size_t t = 0; t < size(band.record->steps); ++t, cells += band.rows) {
    std::uint32_t whole = 0;
    for (int n = from; n < to; ++n)
      whole += cells[n];
    auto sum = static_cast<float>(whole);
    if (from < first) // only a part of the first and of the last
      sum -= static_cast<float>(first - from) * cells[from];
    if (last < to)
      sum -= static_cast<float>(to - last) * cells[to - 1];
    steps[t] += sum * scale;
  }
}

/// One line of pixels as red, green, blue; starts as paper.
class Line {
public:
  Line(int width, const QColor &paper) : width_(size(width)) {
    const QRgb rgb = paper.rgb();
    paper_ = {static_cast<float>(qRed(rgb)), static_cast<float>(qGreen(rgb)), static_cast<float>(qBlue(rgb))};
    for (std::size_t c = 0; c < 3; ++c)
      channel_[c].resize(width_);
  }
  void clear() {
    for (std::size_t c = 0; c < 3; ++c)
      std::fill(channel_[c].begin(), channel_[c].end(), paper_[c]);
  }
  /// ink[step], 0..1, as the columns cover it.
  void add(const std::vector<float> &ink, const Columns &columns, const QColor &color,
           std::vector<float> &sums) {
    sums.resize(ink.size() + 1);
    sums[0] = 0;
    for (std::size_t t = 0; t < ink.size(); ++t)
      sums[t + 1] = sums[t] + ink[t];
    const QRgb rgb = color.rgb();
    const std::array<float, 3> full = {static_cast<float>(qRed(rgb)), static_cast<float>(qGreen(rgb)),
                                       static_cast<float>(qBlue(rgb))};
    const auto up_to = [&](std::size_t border) {
      const std::size_t step = size(columns.step[border]);
      return sums[step] + columns.part[border] * ink[step];
    };
    float before = up_to(0);
    for (std::size_t x = 0; x < width_; ++x) {
      const float after = up_to(x + 1), share = (after - before) * columns.covers[x];
      before = after;
      for (std::size_t c = 0; c < 3; ++c)
        channel_[c][x] += share * (full[c] - paper_[c]);
    }
  }
  void write(QRgb *pixels) const {
    const auto byte = [](float value) { return static_cast<int>(std::clamp(value, 0.0f, 255.0f) + 0.5f); };
    for (std::size_t x = 0; x < width_; ++x)
      pixels[x] = qRgb(byte(channel_[0][x]), byte(channel_[1][x]), byte(channel_[2][x]));
  }

private:
  std::size_t width_;
  std::array<float, 3> paper_;
  std::array<std::vector<float>, 3> channel_;
};

bool drawable(const SpikeRows &rows, const RasterWindow &window) {
  return !rows.empty() && window.last_row > window.first_row && window.last_step > window.first_step;
}

} // namespace

QImage paint_spikes(const SpikeRows &rows, const RasterWindow &window, QSize pixels,
                    const RasterColors &colors) {
  QImage image(pixels, QImage::Format_RGB32);
  image.fill(colors.paper);
  if (!drawable(rows, window) || pixels.isEmpty())
    return image;
  const double per_line = (window.last_row - window.first_row) / pixels.height();
  const Columns columns(rows.steps(), window, pixels.width());
  Line line(pixels.width(), colors.paper);
  std::vector<float> ink, sums;
  int painted_row = -1; // the line above lies in this one row alone
  for (int y = 0; y < pixels.height(); ++y) {
    const double first = window.first_row + y * per_line, last = first + per_line;
    const int row = static_cast<int>(std::floor(first));
    const bool alone = last <= row + 1 + 1e-9;
    auto *target = reinterpret_cast<QRgb *>(image.scanLine(y));
    if (alone && row == painted_row) {
      std::memcpy(target, image.constScanLine(y - 1), size(pixels.width()) * sizeof(QRgb));
      continue;
    }
    painted_row = alone ? row : -1;
    line.clear();
    for (const SpikeBand &band : rows.bands()) {
      const double from = std::max(first - band.first_row, 0.0),
                   to = std::min(last - band.first_row, static_cast<double>(band.rows));
      if (to <= from)
        continue;
      ink.assign(size(rows.steps()), 0.0f);
      add_neurons(band, from, to, static_cast<float>(1.0 / (per_line * band.most)), ink);
      line.add(ink, columns, colors.ink(band.stack), sums);
    }
    line.write(target);
  }
  return image;
}

std::vector<SpikeRun> spike_runs(const SpikeRows &rows, const RasterWindow &window,
                                 const RasterColors &colors, std::size_t most) {
  std::vector<SpikeRun> runs;
  if (!drawable(rows, window))
    return runs;
  const QRectF seen(window.first_step, window.first_row, window.last_step - window.first_step,
                    window.last_row - window.first_row);
  for (const SpikeBand &band : rows.bands())
    for (int neuron = 0; neuron < band.rows; ++neuron) {
      const int row = band.first_row + neuron;
      for (int step = 0; step < band.record->steps;) {
        const int begin = step, count = rows.count(row, step);
        while (step < band.record->steps && rows.count(row, step) == count)
          ++step;
        const QRectF cells = QRectF(begin, row, step - begin, 1) & seen;
        if (count == 0 || cells.isEmpty())
          continue;
        if (runs.size() == most)
          return {};
        runs.push_back(
            {cells, blend(colors.paper, colors.ink(band.stack), static_cast<double>(count) / band.most)});
      }
    }
  return runs;
}

} // namespace duet::ui
