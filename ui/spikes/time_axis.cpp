#include "ui/spikes/time_axis.h"
#include "ui/plots/axis_ticks.h"
#include "ui/theme/paint.h"
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {

void paint_time_axis(QPainter &painter, const QRectF &area, const TimeAxis &axis, const Palette &palette,
                     double taken) {
  AxisTicks ticks = nice_ticks(axis.first, axis.last, std::clamp(static_cast<int>(area.width() / 45), 2, 12));
  ticks.step = std::max(1.0, std::round(ticks.step));
  ticks.min = axis.first;
  ticks.max = axis.last;
  ticks.decimals = 0;
  painter.setFont(font(11));
  painter.setPen(palette.soft);
  for (const double value : ticks.values())
    draw_tabular(painter, QRectF(axis.x_at(area, value) - 30, area.bottom() + 3, 60, 15),
                 Qt::AlignHCenter | Qt::AlignVCenter, ticks.text(value));
  const QString step = QString::number(axis.dt_ms, 'g', 4);
  painter.drawText(QRectF(area.left(), area.bottom() + 17, area.width(), 15),
                   Qt::AlignRight | Qt::AlignVCenter,
                   first_fitting(painter.font(), area.width() - taken,
                                 {QObject::tr("time, in steps of %1 ms").arg(step),
                                  QObject::tr("steps of %1 ms").arg(step), QObject::tr("%1 ms").arg(step)}));
}

void paint_time_cursor(QPainter &painter, const QRectF &area, const TimeAxis &axis, std::optional<int> step,
                       const Palette &palette) {
  if (!step || *step + 0.5 < axis.first || *step + 0.5 > axis.last)
    return;
  const double x = axis.x_at(area, *step + 0.5);
  painter.setPen(QPen(palette.error, 1.6));
  painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette.error);
  const QPointF grip[] = {{x - 4.5, area.top()}, {x + 4.5, area.top()}, {x, area.top() + 6}};
  painter.drawPolygon(grip, 3);
}

QString so_far_text(std::optional<int> step, int steps) {
  if (!step)
    return steps == 1 ? QObject::tr("after the only step") : QObject::tr("after all %1 steps").arg(steps);
  return QObject::tr("step %1 of %2, mean so far").arg(std::min(*step, steps - 1) + 1).arg(steps);
}

QString so_far_short(std::optional<int> step, int steps) {
  if (!step)
    return steps == 1 ? QObject::tr("1 step") : QObject::tr("%1 steps").arg(steps);
  return QObject::tr("step %1 of %2").arg(std::min(*step, steps - 1) + 1).arg(steps);
}

QString step_text(const TimeAxis &axis, int step) {
  return QStringLiteral("step %1 of %2 (%3 to %4 ms)")
      .arg(step + 1)
      .arg(axis.count)
      .arg(QString::number(step * axis.dt_ms, 'g', 6), QString::number((step + 1) * axis.dt_ms, 'g', 6));
}

} // namespace duet::ui
