#include "ui/canvas/class_bars.h"
#include "ui/theme/paint.h"
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace duet::ui {

int ClassBars::top() const {
  return static_cast<int>(std::max_element(value.begin(), value.end()) - value.begin());
}

QRectF ClassBars::row(int output) const {
  const double height = area.height() / 10;
  return {area.left() - 22, area.top() + output * height, area.width() + 22, height};
}

namespace {

constexpr double name_width = 16, edge_width = 1, cross_radius = 4, cross_width = 14;
constexpr double room_for_names = 9.5; ///< height of a row; in lower ones only those that matter are named

/// The largest font up to `wished` in which every name fits beside its bar.
int name_pixels(const ClassBars &bars, int wished) {
  int pixels = wished;
  const auto fits = [&](const QString &name) {
    return QFontMetricsF(font(pixels, QFont::Bold)).horizontalAdvance(name) <= name_width;
  };
  while (pixels > 8 && !std::ranges::all_of(bars.names, fits))
    --pixels;
  return pixels;
}

} // namespace

void paint_class_bars(QPainter &painter, const ClassBars &bars) {
  const double height = bars.area.height() / 10, thick = std::clamp(0.72 * height, 3.0, 20.0);
  double low = 0, high = bars.probabilities ? 1.0 : 1e-9;
  if (!bars.probabilities)
    for (const double v : bars.value) {
      low = std::min(low, v);
      high = std::max(high, v);
    }
  const double zero = bars.area.left() + (0 - low) / (high - low) * bars.area.width();
  const int winner = bars.top();
  const int pixels = name_pixels(bars, std::clamp(static_cast<int>(height * 0.8), 9, 13));
  for (int k = 0; k < 10; ++k) {
    const QRectF row = bars.row(k);
    const bool is_truth = bars.truth == k, wins = bars.live && k == winner;
    painter.setFont(font(pixels, is_truth || (wins && bars.probabilities) ? QFont::Bold : QFont::Normal));
    painter.setPen(is_truth || wins ? bars.ink : bars.soft);
    if (height >= room_for_names || is_truth || wins || bars.framed == k)
      painter.drawText(QRectF(row.left() - 4, row.center().y() - 10, name_width + 2, 20),
                       Qt::AlignRight | Qt::AlignVCenter, bars.names[static_cast<std::size_t>(k)]);
    if (is_truth) { // a small arrow: this is the truth
      painter.setPen(Qt::NoPen);
      painter.setBrush(bars.mark);
      const double x = row.left() - 1, y = row.center().y();
      const QPointF arrow[] = {{x - 5, y - 4}, {x - 5, y + 4}, {x + 1, y}};
      painter.drawPolygon(arrow, 3);
    }
    if (bars.framed == k) {
      painter.setPen(QPen(bars.ink, 1.2));
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(row.adjusted(-1, 0.5, 3, -0.5), 4, 4);
    }
    if (!bars.live)
      continue;
    const double share = bars.value[static_cast<std::size_t>(k)] / (high - low);
    const double end = zero + share * bars.area.width();
    QRectF bar(QPointF(std::min(zero, end), row.center().y() - thick / 2),
               QSizeF(std::max(std::abs(end - zero), edge_width + 0.1), thick));
    painter.setPen(QPen(bars.edge, edge_width));
    painter.setBrush(wins ? bars.color : bars.quiet);
    bar.adjust(edge_width / 2, edge_width / 2, -edge_width / 2, -edge_width / 2);
    const double radius = std::min({3.0, thick / 3, bar.width() / 2});
    painter.drawRoundedRect(bar, radius, radius);
    if (bars.with_percent && wins) {
      painter.setFont(font(11, QFont::DemiBold));
      const QString text = QStringLiteral("%1 %").arg(
          static_cast<int>(std::lround(bars.value[static_cast<std::size_t>(k)] * 100)));
      const double width = tabular_width(painter.font(), text) + (bars.wrong ? cross_width : 0);
      const bool inside = bar.right() + 5 + width > bars.area.right() + 20;
      if (bars.wrong) {
        const double x = inside ? bar.right() - 5 - width : bar.right() + 6;
        draw_cross(painter, {x + cross_radius, row.center().y()}, cross_radius, bars.edge, bars.ground);
      }
      painter.setPen(
          inside ? (contrast(bars.color, Qt::white) > 3 ? QColor(Qt::white) : QColor(0x10, 0x14, 0x18))
                 : bars.ink);
      draw_tabular(painter,
                   inside ? QRectF(bar.left(), row.top(), bar.width() - 5, row.height())
                          : QRectF(bar.right() + 5 + (bars.wrong ? cross_width : 0), row.top(), width + 2,
                                   row.height()),
                   (inside ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, text);
    }
  }
}

} // namespace duet::ui
