#include "ui/plots/line_chart_painter.h"
#include "ui/theme/paint.h"
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

using Role = ChartText::Role;
using Stroke = CurveStyle::Stroke;

constexpr double read_row = 15; // px

QPen pen_of(const CurveStyle &style, const Palette &palette) {
  QPen pen(palette.stroke(style.voice), style.stroke == Stroke::thin ? 1.0 : 2.4);
  pen.setJoinStyle(Qt::RoundJoin);
  pen.setCapStyle(Qt::RoundCap);
  return pen;
}

void paint_texts(QPainter &painter, const ChartLayout &layout, const Palette &palette) {
  for (const ChartText &text : layout.texts) {
    painter.setFont(chart_font(text.role));
    switch (text.role) {
    case Role::title:
      painter.setPen(palette.text);
      break;
    case Role::tick:
    case Role::axis:
    case Role::remark:
      painter.setPen(palette.soft);
      break;
    case Role::mark:
    case Role::end:
    case Role::point:
    case Role::legend:
      painter.setPen(palette.ink(text.voice));
      break;
    }
    if (text.role == Role::tick)
      draw_tabular(painter, text.rect, text.alignment, text.text);
    else
      painter.drawText(text.rect, static_cast<int>(text.alignment), text.text);
  }
}

void paint_grid(QPainter &painter, const ChartLayout &layout, const ChartContent &content,
                const Palette &palette) {
  painter.setPen(QPen(palette.line, 1));
  for (const double value : content.y.ticks.values()) {
    const double y = std::round(content.y.y_at(layout.area, value)) + 0.5;
    painter.drawLine(QPointF(layout.area.left(), y), QPointF(layout.area.right(), y));
  }
  painter.setPen(QPen(palette.error, 1, Qt::DashLine));
  for (const double x : layout.marks)
    painter.drawLine(QPointF(x, layout.area.top()), QPointF(x, layout.area.bottom()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette.error);
  for (const double x : layout.marks) { // a flag, also where its text found no room
    const double top = layout.area.top();
    const QPointF flag[] = {{x, top}, {x + 5, top + 2.5}, {x, top + 5}};
    painter.drawPolygon(flag, 3);
  }
}

/// Dots of curves and named points, and the lines that lead to labels.
void paint_points(QPainter &painter, const ChartLayout &layout, const ChartContent &content,
                  const Palette &palette) {
  painter.setPen(Qt::NoPen);
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    painter.setBrush(palette.stroke(content.curves[i].style.voice));
    for (const QPointF &dot : layout.lines[i].dots)
      painter.drawEllipse(dot, layout.lines[i].dot_radius, layout.lines[i].dot_radius);
  }
  for (std::size_t i = 0; i < layout.leaders.size(); ++i) {
    painter.setPen(QPen(palette.ink(layout.leader_voices[i]), 0.8));
    painter.drawLine(layout.leaders[i]);
  }
  for (const ChartPoint &point : content.points) {
    const QPointF at = content.at(layout.area, point.at);
    if (!layout.area.adjusted(-1, -1, 1, 1).contains(at))
      continue;
    painter.setPen(QPen(palette.stroke(point.voice), 1.8));
    painter.setBrush(palette.panel);
    painter.drawEllipse(at, 4, 4);
  }
}

} // namespace

void paint_chart_cursor(QPainter &painter, const ChartLayout &layout, const ChartContent &content,
                        const Palette &palette) {
  if (content.empty() ||
      !(content.cursor_x >= content.x.ticks.min && content.cursor_x <= content.x.ticks.max))
    return;
  const QRectF &area = layout.area;
  const double x = content.x.x_at(area, content.cursor_x);
  painter.setPen(QPen(palette.text, 1.4));
  painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  if (content.cursor_label.isEmpty())
    return;
  painter.setFont(font(chart_text_size));
  const QFontMetricsF metrics(painter.font());
  Occupancy free = layout.taken;
  free.add_line(QPolygonF({QPointF(x, area.top()), QPointF(x, area.bottom())}), 2);
  const auto place = place_label({QPointF(x, area.bottom() - 12),
                                  {QSizeF(metrics.horizontalAdvance(content.cursor_label) + 2, read_row)},
                                  area.height()},
                                 free);
  if (place)
    painter.drawText(place->rect, Qt::AlignCenter, content.cursor_label);
}

void paint_read_out(QPainter &painter, const QRectF &chart, const ChartLayout &layout,
                    const ChartContent &content, const ReadOut &read, const Palette &palette) {
  const QRectF &area = layout.area;
  const double px = content.x.x_at(area, read.x);
  painter.setPen(QPen(palette.soft, 1));
  painter.drawLine(QPointF(px, area.top()), QPointF(px, area.bottom()));
  std::vector<std::pair<QString, QColor>> rows = {{read.head, palette.soft}};
  for (const ReadOut::Line &line : read.lines) {
    rows.emplace_back(line.text, palette.ink(line.voice));
    const QPointF at = content.at(area, line.at);
    painter.setPen(QPen(palette.panel, 1.2));
    painter.setBrush(palette.stroke(line.voice));
    if (area.adjusted(-3, -3, 3, 3).contains(at))
      painter.drawEllipse(at, 3.4, 3.4);
  }
  for (const QString &mark : read.marks)
    rows.emplace_back(mark, palette.error_ink);
  painter.setFont(font(chart_text_size));
  double width = 0;
  for (const auto &row : rows)
    width = std::max(width, tabular_width(painter.font(), row.first));
  QRectF box(0, 0, width + 16, read_row * static_cast<double>(rows.size()) + 8);
  box.moveTopLeft({px + 10 + box.width() > chart.right() ? px - 10 - box.width() : px + 10,
                   std::max(chart.top(), area.center().y() - box.height() / 2)});
  box.moveLeft(std::max(chart.left(), box.left()));
  draw_card(painter, box, palette.panel, palette.line, 1, 6);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    painter.setPen(rows[i].second);
    draw_tabular(painter,
                 QRectF(box.left() + 8, box.top() + 4 + read_row * static_cast<double>(i), width, read_row),
                 Qt::AlignLeft | Qt::AlignVCenter, rows[i].first);
  }
}

struct ChartScene::Parts {
  QGraphicsScene scene;
  QChart *chart = nullptr;
  QValueAxis *x = nullptr, *y = nullptr;
  std::vector<QLineSeries *> series; ///< one a piece of a curve; the spare ones are empty
};

ChartScene::ChartScene() : parts_(std::make_unique<Parts>()) {
  parts_->chart = new QChart;
  parts_->chart->setAnimationOptions(QChart::NoAnimation);
  parts_->chart->setBackgroundVisible(false);
  parts_->chart->setMargins({});
  parts_->chart->layout()->setContentsMargins(0, 0, 0, 0);
  parts_->chart->legend()->hide();
  parts_->scene.addItem(parts_->chart);
  parts_->x = new QValueAxis;
  parts_->y = new QValueAxis;
  for (QValueAxis *axis : {parts_->x, parts_->y}) {
    axis->setTickCount(2);
    axis->setVisible(false);
  }
  parts_->chart->addAxis(parts_->x, Qt::AlignBottom);
  parts_->chart->addAxis(parts_->y, Qt::AlignLeft);
}

ChartScene::~ChartScene() = default;

void ChartScene::clear() {
  parts_->chart->removeAllSeries();
  parts_->series.clear();
}

void ChartScene::paint(QPainter &painter, const QRectF &chart, const ChartLayout &layout,
                       const ChartContent &content, const Palette &palette) {
  const QRectF &area = layout.area;
  if (area.width() < 20 || area.height() < 20)
    return;
  painter.save();
  paint_grid(painter, layout, content, palette);
  paint_texts(painter, layout, palette);
  if (content.empty()) {
    draw_empty(painter, area, content.empty_text, palette);
    painter.restore();
    return;
  }
  Parts &p = *parts_;
  p.chart->setGeometry(QRectF(QPointF(), chart.size()));
  p.chart->setPlotArea(area.translated(-chart.topLeft()));
  p.x->setRange(content.x.ticks.min, content.x.ticks.max);
  p.y->setRange(content.y.ticks.min, content.y.ticks.max);
  std::size_t used = 0;
  for (std::size_t i = 0; i < layout.lines.size(); ++i)
    for (const QPolygonF &piece : layout.lines[i].values) {
      if (used == p.series.size()) {
        p.series.push_back(new QLineSeries);
        p.chart->addSeries(p.series.back());
        p.series.back()->attachAxis(p.x);
        p.series.back()->attachAxis(p.y);
      }
      p.series[used]->setPen(pen_of(content.curves[i].style, palette));
      p.series[used++]->replace(piece);
    }
  for (; used < p.series.size(); ++used)
    p.series[used]->clear();
  p.chart->layout()->activate();
  p.scene.setSceneRect(QRectF(QPointF(), chart.size()));
  p.scene.render(&painter, chart, p.scene.sceneRect(), Qt::IgnoreAspectRatio);
  paint_points(painter, layout, content, palette);
  painter.restore();
}

} // namespace duet::ui
