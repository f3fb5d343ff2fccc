#include "ui/spikes/raster_picture.h"
#include "ui/theme/paint.h"
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double title_height = 24, space_of_numbers = 13, step_lines_from = 14; // px
constexpr double dots_per_pixel = 300.0 / 96;
constexpr std::size_t most_runs = 20'000;

void paint_names(QPainter &painter, const QRectF &area, const SpikeRows &rows, const RowAxis &axis,
                 const Palette &palette) {
  painter.setFont(font(11));
  const double left = area.left() - raster_left(rows, painter.font());
  for (const BandLabel &label : band_labels(rows, axis, area.height(), painter.font())) {
    const double top = area.top() + label.top, bottom = area.top() + label.bottom;
    painter.fillRect(QRectF(area.left() - 5, top + 1, 3, bottom - top - 2), palette.stroke(label.voice));
    painter.save();
    painter.translate(left, (top + bottom) / 2);
    painter.rotate(-90);
    painter.setPen(palette.ink(label.voice));
    painter.drawText(QRectF(-150, 0, 300, 14), Qt::AlignCenter, label.text);
    painter.restore();
  }
  painter.setPen(palette.soft);
  for (const RowNumber &number : row_numbers(rows, axis, area.height(), space_of_numbers))
    draw_tabular(painter, QRectF(area.left() - 68, axis.y_at(area, number.row + 0.5) - 8, 60, 16),
                 Qt::AlignRight | Qt::AlignVCenter, QString::number(number.neuron));
}

} // namespace

RasterColors raster_colors(const Palette &palette, const Voices &voices) {
  return {palette.panel, palette.stroke(voices.colour(Speaker::spiking)),
          palette.stroke(voices.colour(Speaker::quantum))};
}

double RasterPicture::left_needed() const { return raster_left(rows, font(11)); }

QString RasterPicture::describe(int row, int at_step) const {
  const std::optional<NeuronId> hit = rows.neuron_at(row);
  if (!hit)
    return {};
  const int count = rows.count(row, at_step), total = rows.total(row);
  return QObject::tr("%1: %2 in %3, %4 in all")
      .arg(neuron_name(*hit, voices),
           count == 0 ? QObject::tr("no spike")
                      : QStringLiteral("%1 spike%2").arg(count).arg(count == 1 ? "" : "s"),
           step_text(time, at_step))
      .arg(total);
}

void RasterPicture::paint(QPainter &painter, const QRectF &area, const Palette &palette,
                          const QImage *image) const {
  if (image) {
    painter.drawImage(area, *image);
  } else {
    for (const SpikeRun &run : spike_runs(rows, window(), raster_colors(palette, voices), most_runs))
      painter.fillRect(
          QRectF(QPointF(time.x_at(area, run.cells.left()), row_axis.y_at(area, run.cells.top())),
                 QPointF(time.x_at(area, run.cells.right()), row_axis.y_at(area, run.cells.bottom()))),
          run.color);
  }
  painter.setPen(QPen(palette.line, 1));
  if (area.width() / (time.last - time.first) >= step_lines_from)
    for (int k = static_cast<int>(std::floor(time.first)) + 1; k < time.last; ++k) {
      const double x = std::round(time.x_at(area, k)) + 0.5;
      painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
  for (const SpikeBand &band : rows.bands())
    if (const double y = std::round(row_axis.y_at(area, band.first_row)) + 0.5;
        y > area.top() + 1 && y < area.bottom())
      painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5));
  paint_names(painter, area, rows, row_axis, palette);
  if (const auto row = neuron ? rows.row_of(*neuron) : std::nullopt) {
    const double top = std::max(row_axis.y_at(area, *row), area.top()),
                 bottom = std::min(std::max(row_axis.y_at(area, *row + 1), top + 2), area.bottom());
    if (bottom > top) {
      painter.setPen(QPen(palette.text, 1.2));
      painter.drawRect(QRectF(area.left() - 1.5, top - 1.5, area.width() + 3, bottom - top + 3));
    }
  }
  paint_time_cursor(painter, area, time, step, palette);
}

void RasterPicture::paint_figure(QPainter &painter, const QRectF &target, const Palette &palette,
                                 const QString &title) const {
  const QRectF area = target.adjusted(left_needed() + 4, title_height, -time_plot_right, -time_axis_height);
  painter.setFont(font(13, QFont::DemiBold));
  painter.setPen(palette.text);
  painter.drawText(QRectF(area.left(), target.top(), area.width(), title_height - 6),
                   Qt::AlignLeft | Qt::AlignBottom, title);
  const RasterColors colors = raster_colors(palette, voices);
  const bool shapes = !spike_runs(rows, window(), colors, most_runs).empty();
  const QImage image =
      shapes ? QImage() : paint_spikes(rows, window(), (area.size() * dots_per_pixel).toSize(), colors);
  painter.setRenderHint(QPainter::LosslessImageRendering);
  paint(painter, area, palette, shapes ? nullptr : &image);
  paint_time_axis(painter, area, time, palette);
  painter.setFont(font(11));
  painter.setPen(palette.soft);
  painter.drawText(QRectF(target.left(), target.top(), area.left() - target.left() - 8, title_height - 6),
                   Qt::AlignRight | Qt::AlignBottom, QObject::tr("neuron"));
}

QString spikes_csv(const SpikeRows &rows) {
  QString csv = QStringLiteral("branch,layer,step,neuron\n");
  for (const SpikeBand &band : rows.bands())
    for (int at_step = 0; at_step < band.record->steps; ++at_step)
      for (int n = 0; n < band.rows; ++n)
        for (int k = rows.count(band.first_row + n, at_step); k > 0; --k)
          csv += QStringLiteral("%1,%2,%3,%4\n").arg(band.key).arg(band.layer).arg(at_step).arg(n);
  return csv;
}

} // namespace duet::ui
