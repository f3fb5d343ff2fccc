#include "ui/spikes/raster_layout.h"
#include "ui/theme/paint.h"
#include <QFontMetricsF>
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double name_strip = 15, gaps = 13; // the turned name; bar and distances

/// 1, 2, 5 times a power of ten, at least `least`.
int round_step(double least) {
  for (int power = 1;; power *= 10)
    for (const int factor : {1, 2, 5})
      if (factor * power >= least)
        return factor * power;
}

/// Names of a layer, longest first.
std::vector<QString> names(const SpikeRows &rows, const SpikeBand &band) {
  int layers = 0;
  for (const SpikeBand &other : rows.bands())
    layers += other.stack == band.stack;
  const QString branch = band.stack == Stack::spiking ? QObject::tr("spiking") : QObject::tr("encoder");
  const QString number = QString::number(band.layer + 1);
  if (layers == 1)
    return {branch};
  return {QObject::tr("%1, layer %2").arg(branch, number), QObject::tr("%1 %2").arg(branch, number), number};
}

} // namespace

std::vector<RowNumber> row_numbers(const SpikeRows &rows, const RowAxis &axis, double height, double space) {
  const int step = round_step(space * (axis.last - axis.first) / std::max(height, 1.0));
  std::vector<RowNumber> numbers;
  double free_from = -1e300; // px
  const QRectF area(0, 0, 1, height);
  for (const SpikeBand &band : rows.bands())
    for (int neuron = 0; neuron < band.rows; neuron += step) {
      const int row = band.first_row + neuron;
      const double y = axis.y_at(area, row + 0.5);
      if (y < 0 || y > height || y - space / 2 < free_from)
        continue;
      numbers.push_back({row, neuron});
      free_from = y + space / 2;
    }
  return numbers;
}

std::vector<BandLabel> band_labels(const SpikeRows &rows, const RowAxis &axis, double height,
                                   const QFont &font) {
  const QFontMetricsF metrics(font);
  const QRectF area(0, 0, 1, height);
  std::vector<BandLabel> labels;
  for (const SpikeBand &band : rows.bands()) {
    BandLabel label;
    label.voice = band.voice;
    label.top = std::max(0.0, axis.y_at(area, band.first_row));
    label.bottom = std::min(height, axis.y_at(area, band.first_row + band.rows));
    if (label.bottom - label.top < 2)
      continue;
    for (const QString &name : names(rows, band))
      if (metrics.horizontalAdvance(name) + 4 <= label.bottom - label.top) {
        label.text = name;
        break;
      }
    labels.push_back(label);
  }
  return labels;
}

double raster_left(const SpikeRows &rows, const QFont &font) {
  int most = 0;
  for (const SpikeBand &band : rows.bands())
    most = std::max(most, band.rows - 1);
  return std::ceil(name_strip + gaps + tabular_width(font, QString::number(most)));
}

QString zoom_text(const SpikeRows &rows, const RowAxis &axis, double first_step, double last_step) {
  QStringList parts;
  const auto part = [](const QString &what, double first, double last, int all) {
    return QObject::tr("%1 %2 to %3 of %4")
        .arg(what)
        .arg(static_cast<int>(std::floor(first + 1e-9)) + 1)
        .arg(static_cast<int>(std::ceil(last - 1e-9)))
        .arg(all);
  };
  if (!axis.all_seen())
    parts << part(QObject::tr("rows"), axis.first, axis.last, rows.rows());
  if (first_step > 0 || last_step < rows.steps())
    parts << part(QObject::tr("steps"), first_step, last_step, rows.steps());
  return parts.join(QObject::tr(", "));
}

} // namespace duet::ui
