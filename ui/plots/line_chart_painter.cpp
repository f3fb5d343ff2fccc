#include "ui/plots/line_chart_painter.h"
#include "ui/plots/label_places.h"
#include "ui/plots/thinning.h"
#include "ui/theme/theme.h"
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QPainterPath>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr int drawn_columns = 480; ///< two points each: about 1,000 a curve
constexpr double label_height = 15;

QPen pen_of(const CurveStyle &style, const Palette &palette) {
  QColor colour = palette.color(style.voice);
  colour.setAlphaF(static_cast<float>(style.opacity));
  QPen pen(colour, style.stroke == CurveStyle::Stroke::thin ? 1.0 : 2.4);
  pen.setJoinStyle(Qt::RoundJoin);
  pen.setCapStyle(Qt::RoundCap);
  return pen;
}

/// Text with a rim of the panel's colour, readable over curves.
void draw_haloed(QPainter &painter, const QPointF &baseline, const QString &text, const QColor &ink,
                 const QColor &rim) {
  QPainterPath path;
  path.addText(baseline, painter.font(), text);
  painter.strokePath(path, QPen(rim, 3.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setPen(ink);
  painter.drawText(baseline, text);
}

void paint_axes(QPainter &painter, const QRectF &chart, const QRectF &area, const ChartContent &content,
                const Palette &palette) {
  painter.setPen(palette.text);
  painter.setFont(font(13, QFont::DemiBold));
  const QRectF head(area.left(), chart.top(), area.width(), area.top() - chart.top() - 6);
  painter.drawText(head, Qt::AlignLeft | Qt::AlignBottom, content.title);
  const double title_width = QFontMetricsF(painter.font()).horizontalAdvance(content.title);
  painter.setFont(font(11));
  // A long remark goes beside the title where it fits, a short one into the corner that curves leave free.
  const double remark_width = QFontMetricsF(painter.font()).horizontalAdvance(content.remark);
  const QRectF beside = head.adjusted(title_width + 16, 0, 0, 0);
  const bool inside = remark_width <= 0.45 * area.width() ||
                      (remark_width > beside.width() && remark_width <= area.width() - 14);
  if (!inside) {
    painter.setPen(palette.soft);
    painter.drawText(
        beside, Qt::AlignRight | Qt::AlignBottom,
        QFontMetricsF(painter.font()).elidedText(content.remark, Qt::ElideRight, beside.width()));
  }
  for (const double value : content.y.ticks.values()) {
    const double y = std::round(content.y.y_at(area, value)) + 0.5;
    painter.setPen(QPen(palette.line, 1));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter.setPen(palette.soft);
    draw_tabular(painter, QRectF(chart.left(), y - 8, area.left() - chart.left() - 6, 16),
                 Qt::AlignRight | Qt::AlignVCenter, content.y.ticks.text(value));
  }
  painter.setPen(palette.soft);
  double free_from = -1e300;
  for (const double value : content.x.ticks.values()) {
    const QString text = content.x.ticks.text(value);
    const double x = content.x.x_at(area, value), half = tabular_width(painter.font(), text) / 2;
    if (x - half < free_from)
      continue;
    free_from = x + half + 6;
    draw_tabular(painter, QRectF(x - 40, area.bottom() + 4, 80, 15), Qt::AlignHCenter | Qt::AlignVCenter,
                 text);
  }
  painter.drawText(QRectF(area.left(), area.bottom() + 18, area.width(), 15),
                   Qt::AlignRight | Qt::AlignVCenter, content.x.style.title);
  if (inside && !content.remark.isEmpty())
    painter.drawText(area.adjusted(8, 0, -6, -5), Qt::AlignRight | Qt::AlignBottom, content.remark);
}

/// Returns what the labels cover, so that the curves' own labels can stay clear of it.
QRectF paint_marks(QPainter &painter, const QRectF &area, const ChartContent &content,
                   const Palette &palette) {
  painter.setFont(font(11));
  const QFontMetricsF metrics(painter.font());
  std::vector<double> left, width;
  std::vector<ChartMark> shown;
  for (const ChartMark &mark : content.marks)
    if (mark.x >= content.x.ticks.min && mark.x <= content.x.ticks.max)
      shown.push_back(mark);
  for (ChartMark &mark : shown) {
    const double x = content.x.x_at(area, mark.x);
    const double room = std::max(area.right() - x, x - area.left()) - 4;
    mark.label = metrics.elidedText(mark.label, Qt::ElideRight, room);
    width.push_back(metrics.horizontalAdvance(mark.label));
    const bool turned = x + 4 + width.back() > area.right() && x - 4 - width.back() > area.left();
    left.push_back(turned ? x - 4 - width.back() : x + 4);
  }
  const int rows = std::clamp(static_cast<int>(area.height() / 3 / label_height), 1, 6);
  const std::vector<int> row = stack_rows(left, width, 6, rows);
  QRectF covered;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double x = std::round(content.x.x_at(area, shown[i].x)) + 0.5;
    painter.setPen(QPen(palette.error, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    if (row[i] < 0)
      continue;
    draw_haloed(painter, QPointF(left[i], area.top() + 11 + row[i] * label_height), shown[i].label,
                palette.error_ink, palette.panel);
    covered |= QRectF(left[i], area.top(), width[i], (row[i] + 1) * label_height);
  }
  return covered;
}

void paint_dots(QPainter &painter, const QRectF &area, const ChartContent &content, const Palette &palette) {
  for (const ChartCurve &curve : content.curves) {
    if (curve.style.stroke != CurveStyle::Stroke::dots)
      continue;
    QColor colour = palette.color(curve.style.voice);
    colour.setAlphaF(static_cast<float>(curve.style.opacity));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const QPointF &point :
         thinned(curve.points, content.x.ticks.min, content.x.ticks.max, drawn_columns))
      painter.drawEllipse(QPointF(content.x.x_at(area, point.x()), content.y.y_at(area, point.y())), 1.8,
                          1.8);
  }
}

void paint_end_labels(QPainter &painter, const QRectF &area, const ChartContent &content, const QRectF &marks,
                      const Palette &palette) {
  painter.setFont(font(12, QFont::DemiBold));
  const QFontMetricsF metrics(painter.font());
  std::vector<double> wished, left;
  std::vector<const ChartCurve *> labelled;
  for (const ChartCurve &curve : content.curves) {
    if (curve.points.empty() || curve.end_label.isEmpty())
      continue;
    const QPointF &end = curve.points.back();
    const double x = content.x.x_at(area, end.x()), width = metrics.horizontalAdvance(curve.end_label);
    const bool beside = x + 8 + width <= area.right();
    left.push_back(beside ? x + 8 : std::max(area.left() + 2, area.right() - width - 4));
    const double y = std::clamp(content.y.y_at(area, end.y()), area.top(), area.bottom());
    wished.push_back(beside ? y : y + 12);
    labelled.push_back(&curve);
  }
  double top = area.top() + 1;
  for (std::size_t i = 0; i < labelled.size(); ++i)
    if (left[i] < marks.right() && left[i] + metrics.horizontalAdvance(labelled[i]->end_label) > marks.left())
      top = std::max(top, marks.bottom());
  const std::vector<double> centre = spread(wished, label_height, top, area.bottom());
  for (std::size_t i = 0; i < labelled.size(); ++i)
    draw_haloed(painter, QPointF(left[i], centre[i] + (metrics.ascent() - metrics.descent()) / 2),
                labelled[i]->end_label, palette.ink(labelled[i]->style.voice), palette.panel);
}

void paint_points(QPainter &painter, const QRectF &area, const ChartContent &content,
                  const Palette &palette) {
  painter.setFont(font(11, QFont::DemiBold));
  const QFontMetricsF metrics(painter.font());
  for (const ChartPoint &point : content.points) {
    const QPointF at(content.x.x_at(area, point.at.x()), content.y.y_at(area, point.at.y()));
    painter.setPen(QPen(palette.color(point.voice), 1.8));
    painter.setBrush(palette.panel);
    painter.drawEllipse(at, 4, 4);
    const double width = metrics.horizontalAdvance(point.label);
    const double x =
        std::clamp(at.x() - width / 2, area.left() + 2, std::max(area.left() + 2, area.right() - width - 2));
    const double y = at.y() - area.top() > 24 ? at.y() - 10 : at.y() + 18;
    draw_haloed(painter, QPointF(x, y), point.label, palette.ink(point.voice), palette.panel);
  }
}

} // namespace

bool ChartContent::empty() const {
  return std::all_of(curves.begin(), curves.end(),
                     [](const ChartCurve &curve) { return curve.points.empty(); });
}

QRectF plot_area(const QRectF &chart, const ChartContent &content) {
  const QFont tick_font = font(11);
  double widest = 0;
  for (const double value : content.y.ticks.values())
    widest = std::max(widest, tabular_width(tick_font, content.y.ticks.text(value)));
  const double left = std::max(34.0, std::ceil(widest) + 10);
  return chart.adjusted(left, content.title.isEmpty() ? 8 : 28, -12, -36);
}

const QPointF *nearest(const ChartCurve &curve, double x) {
  if (curve.points.empty())
    return nullptr;
  const double first = curve.points.front().x(), last = curve.points.back().x();
  const double room = 0.05 * (last - first) + 1e-9;
  if (x < first - room || x > last + room)
    return nullptr;
  auto after = std::lower_bound(curve.points.begin(), curve.points.end(), x,
                                [](const QPointF &point, double value) { return point.x() < value; });
  if (curve.style.stroke == CurveStyle::Stroke::step) // the value held since the last change
    return after == curve.points.begin() || (after != curve.points.end() && after->x() == x)
               ? &*after
               : &*std::prev(after);
  if (after == curve.points.end())
    return &curve.points.back();
  if (after != curve.points.begin() && x - std::prev(after)->x() < after->x() - x)
    --after;
  return &*after;
}

void paint_chart_cursor(QPainter &painter, const QRectF &chart, const ChartContent &content) {
  const Palette &palette = theme().palette();
  const QRectF area = plot_area(chart, content);
  if (content.empty() ||
      !(content.cursor_x >= content.x.ticks.min && content.cursor_x <= content.x.ticks.max))
    return;
  const double x = content.x.x_at(area, content.cursor_x);
  painter.setPen(QPen(palette.text, 1.4));
  painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  painter.setFont(font(11));
  const double width = QFontMetricsF(painter.font()).horizontalAdvance(content.cursor_label);
  const double left = x + 5 + width > area.right() ? x - 5 - width : x + 5;
  draw_haloed(painter, QPointF(left, area.bottom() - (content.remark.isEmpty() ? 7 : 23)),
              content.cursor_label, palette.text, palette.panel);
}

void paint_read_out(QPainter &painter, const QRectF &chart, const ChartContent &content, double x) {
  const Palette &palette = theme().palette();
  const QRectF area = plot_area(chart, content);
  painter.setRenderHint(QPainter::Antialiasing);
  const double px = content.x.x_at(area, x);
  painter.setPen(QPen(palette.soft, 1));
  painter.drawLine(QPointF(px, area.top()), QPointF(px, area.bottom()));
  std::vector<std::pair<QString, QColor>> lines;
  lines.emplace_back(content.x.style.title + QLatin1Char(' ') + QString::number(x, 'f', content.x_decimals),
                     palette.soft);
  for (const ChartCurve &curve : content.curves) {
    const QPointF *point = nearest(curve, x);
    if (!point)
      continue;
    lines.emplace_back(
        QStringLiteral("%1  %2").arg(curve.name, QString::number(point->y(), 'f', content.y_decimals)),
        palette.ink(curve.style.voice));
    painter.setPen(QPen(palette.panel, 1.2));
    painter.setBrush(palette.color(curve.style.voice));
    const double dot_x = curve.style.stroke == CurveStyle::Stroke::step ? x : point->x();
    const QPointF at(content.x.x_at(area, dot_x), content.y.y_at(area, point->y()));
    if (area.adjusted(-3, -3, 3, 3).contains(at))
      painter.drawEllipse(at, 3.4, 3.4);
  }
  painter.setFont(font(11));
  double width = 0;
  for (const auto &line : lines)
    width = std::max(width, tabular_width(painter.font(), line.first));
  QRectF box(0, 0, width + 16, 15.0 * static_cast<double>(lines.size()) + 8);
  box.moveTopLeft({px + 10 + box.width() > chart.right() ? px - 10 - box.width() : px + 10,
                   std::max(chart.top(), area.center().y() - box.height() / 2)});
  draw_card(painter, box, palette.panel, palette.line, 1, 6);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    painter.setPen(lines[i].second);
    draw_tabular(painter, QRectF(box.left() + 8, box.top() + 4 + 15.0 * static_cast<double>(i), width, 15),
                 Qt::AlignLeft | Qt::AlignVCenter, lines[i].first);
  }
}

struct ChartScene::Parts {
  QGraphicsScene scene;
  QChart *chart = nullptr;
  QValueAxis *x = nullptr, *y = nullptr;
  std::vector<QLineSeries *> series; ///< [curve]; null for dots
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

void ChartScene::paint(QPainter &painter, const QRectF &target, ChartContent &content) {
  const Palette &palette = theme().palette();
  content.x.parts = std::clamp(static_cast<int>(target.width() / 75), 2, 10);
  content.y.parts = std::clamp(static_cast<int>(target.height() / 45), 2, 8);
  const QRectF area = plot_area(target, content);
  if (area.width() < 20 || area.height() < 20)
    return;
  painter.save();
  paint_axes(painter, target, area, content, palette);
  if (content.empty()) {
    draw_empty(painter, area, content.empty_text, palette);
    painter.restore();
    return;
  }
  Parts &p = *parts_;
  p.chart->setGeometry(QRectF(QPointF(), target.size()));
  p.chart->setPlotArea(area.translated(-target.topLeft()));
  p.x->setRange(content.x.ticks.min, content.x.ticks.max);
  p.y->setRange(content.y.ticks.min, content.y.ticks.max);
  for (std::size_t i = 0; i < content.curves.size(); ++i) {
    ChartCurve &curve = content.curves[i];
    if (i == p.series.size()) {
      p.series.push_back(curve.style.stroke == CurveStyle::Stroke::dots ? nullptr : new QLineSeries);
      if (p.series[i]) {
        p.chart->addSeries(p.series[i]);
        p.series[i]->attachAxis(p.x);
        p.series[i]->attachAxis(p.y);
      }
    }
    const QList<QPointF> drawn =
        thinned(curve.style.stroke == CurveStyle::Stroke::step ? stairs(curve.points) : curve.points,
                content.x.ticks.min, content.x.ticks.max, drawn_columns);
    curve.drawn_points = static_cast<int>(drawn.size());
    if (p.series[i]) {
      p.series[i]->setPen(pen_of(curve.style, palette));
      p.series[i]->replace(drawn);
    }
  }
  p.chart->layout()->activate();
  p.scene.setSceneRect(QRectF(QPointF(), target.size()));
  p.scene.render(&painter, target, p.scene.sceneRect(), Qt::IgnoreAspectRatio);
  painter.save();
  painter.setClipRect(area.adjusted(-3, -3, 3, 3));
  paint_dots(painter, area, content, palette);
  painter.restore();
  const QRectF marks = paint_marks(painter, area, content, palette);
  paint_points(painter, area, content, palette);
  paint_end_labels(painter, area, content, marks, palette);
  painter.restore();
}

} // namespace duet::ui
