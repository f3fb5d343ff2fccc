#include "ui/plots/chart_layout.h"
#include "ui/plots/thinning.h"
#include "ui/theme/paint.h"
#include <QFontMetricsF>
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr int drawn_columns = 480; // two points each: about 1,000 a curve
constexpr double row_height = 14, title_row = 24, bottom_rows = 36, right_margin = 12;
constexpr double lone_dot = 3, far_dot = 2.2, small_dot = 1.8, dots_from = 14; // px

double width_of(const QString &text, ChartText::Role role) {
  return std::ceil(QFontMetricsF(chart_font(role)).horizontalAdvance(text));
}

/// "0.920" of "together 0.920"; nothing where it does not end with a number.
QString number_of(const QString &label) {
  const QString last = label.section(QLatin1Char(' '), -1);
  bool is_number = false;
  last.toDouble(&is_number);
  return is_number && last != label ? last : QString();
}

/// The rows of texts above the plot: marks, and labels that found no place on it.
struct Strip {
  std::vector<ChartText> texts;
  int rows = 0;
};

Strip mark_strip(const QRectF &chart, double left, double top, const ChartContent &content) {
  Strip strip;
  const QRectF area(left, top, chart.right() - right_margin - left, 1);
  const QFontMetricsF metrics(chart_font(ChartText::Role::mark));
  std::vector<double> lefts, widths;
  std::vector<QString> texts;
  for (const ChartMark &mark : content.marks) {
    if (mark.x < content.x.ticks.min || mark.x > content.x.ticks.max)
      continue;
    const double x = content.x.x_at(area, mark.x);
    const double room = std::max(area.right() - x, x - area.left()) - 6;
    const QString text = metrics.elidedText(mark.label, Qt::ElideRight, room);
    const double width = std::ceil(metrics.horizontalAdvance(text));
    lefts.push_back(x + 4 + width <= area.right() ? x + 4 : std::max(area.left(), x - 4 - width));
    widths.push_back(width);
    texts.push_back(text);
  }
  const int most = std::clamp(static_cast<int>(chart.height() / 90), 1, 3);
  const std::vector<int> row = stack_rows(lefts, widths, 8, most);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (row[i] < 0)
      continue; // its flag is there, and the hover reads it out
    strip.rows = std::max(strip.rows, row[i] + 1);
    strip.texts.push_back({ChartText::Role::mark,
                           QRectF(lefts[i], top + row[i] * row_height, widths[i], row_height), texts[i],
                           Voice::error, Qt::AlignLeft | Qt::AlignVCenter});
  }
  return strip;
}

/// Labels side by side, in rows as wide as the plot; what does not fit into `most` rows is left to the hover.
Strip legend_strip(double left, double right, double top, const std::vector<ChartText> &labels, int most) {
  Strip strip;
  double x = left;
  for (ChartText text : labels) {
    text.role = ChartText::Role::legend;
    const double width = std::min(width_of(text.text, text.role), right - left);
    if (x > left && x + width > right) {
      if (strip.rows + 1 >= most)
        break;
      x = left;
      ++strip.rows;
    }
    text.rect = QRectF(x, top + strip.rows * row_height, width, row_height);
    text.alignment = Qt::AlignLeft | Qt::AlignVCenter;
    strip.texts.push_back(text);
    x += width + 12;
  }
  strip.rows += !labels.empty();
  return strip;
}

void say_axes(const QRectF &chart, const ChartContent &content, ChartLayout &out) {
  using Role = ChartText::Role;
  const QRectF &area = out.area;
  const QFont font = chart_font(Role::tick);
  const auto say = [&](Role role, const QRectF &rect, const QString &text, Qt::Alignment alignment) {
    if (!text.isEmpty())
      out.texts.push_back({role, rect, text, Voice::neutral, alignment});
  };
  for (const double value : content.y.ticks.values()) {
    const QString text = content.y.ticks.text(value);
    const double width = tabular_width(font, text);
    say(Role::tick, QRectF(area.left() - 6 - width, content.y.y_at(area, value) - 6, width, 12), text,
        Qt::AlignRight | Qt::AlignVCenter);
  }
  double free_from = -1e300;
  for (const double value : content.x.ticks.values()) {
    const QString text = content.x.ticks.text(value);
    const double x = content.x.x_at(area, value), half = tabular_width(font, text) / 2;
    if (x - half < free_from)
      continue;
    free_from = x + half + 6;
    say(Role::tick, QRectF(x - half, area.bottom() + 6, 2 * half, 12), text,
        Qt::AlignHCenter | Qt::AlignVCenter);
  }
  const QString &axis = content.x.style.title;
  const double axis_width = width_of(axis, Role::axis), title_width = width_of(content.title, Role::title);
  say(Role::axis, QRectF(area.right() - axis_width, area.bottom() + 18, axis_width, 15), axis,
      Qt::AlignRight | Qt::AlignVCenter);
  if (!content.title.isEmpty())
    say(Role::title, QRectF(area.left(), chart.top() + 2, std::min(title_width, area.width()), title_row - 6),
        content.title, Qt::AlignLeft | Qt::AlignVCenter);
  const double remark_width = width_of(content.remark, Role::remark);
  if (title_width + 16 + remark_width <= area.width() && !content.title.isEmpty())
    say(Role::remark, QRectF(area.right() - remark_width, chart.top() + 2, remark_width, title_row - 6),
        content.remark, Qt::AlignRight | Qt::AlignVCenter);
  else if (const double room = area.width() - axis_width - 14; room > 30)
    say(Role::remark, QRectF(area.left(), area.bottom() + 18, std::min(room, remark_width), 15),
        parts_that_fit(chart_font(Role::remark), room, content.remark), Qt::AlignLeft | Qt::AlignVCenter);
}

ChartLine draw(const ChartCurve &curve, const ChartContent &content, const QRectF &area) {
  using Stroke = CurveStyle::Stroke;
  ChartLine line;
  const AxisTicks &x = content.x.ticks, &y = content.y.ticks;
  const QRectF inside(QPointF(x.min, y.min), QPointF(x.max, y.max));
  const QList<QPointF> drawn = thinned(
      curve.style.stroke == Stroke::step ? stairs(curve.points) : curve.points, x.min, x.max, drawn_columns);
  line.points = static_cast<int>(drawn.size());
  if (curve.style.stroke != Stroke::dots && drawn.size() > 1)
    line.values = clipped(drawn, inside);
  for (const QPolygonF &piece : line.values) {
    QPolygonF pixels;
    for (const QPointF &value : piece)
      pixels << content.at(area, value);
    line.pixels.push_back(std::move(pixels));
  }
  if (drawn.isEmpty())
    return line;
  const double spacing = content.x.x_at(area, drawn.last().x()) - content.x.x_at(area, drawn.first().x());
  const bool far_apart = curve.style.stroke == Stroke::thick && drawn.size() > 1 &&
                         spacing / static_cast<double>(drawn.size() - 1) >= dots_from;
  if (drawn.size() == 1 || curve.style.stroke == Stroke::dots || far_apart)
    for (const QPointF &value : drawn)
      if (x.min <= value.x() && value.x() <= x.max && y.min <= value.y() && value.y() <= y.max)
        line.dots.push_back(content.at(area, value));
  line.dot_radius = drawn.size() == 1 && curve.style.stroke != Stroke::dots ? lone_dot
                    : far_apart                                             ? far_dot
                                                                            : small_dot;
  return line;
}

/// Curves, points and marks as the labels see them.
void occupy(const ChartContent &content, ChartLayout &out) {
  out.taken = Occupancy(out.area);
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    const ChartLine &line = out.lines[i];
    for (const QPolygonF &piece : line.pixels)
      out.taken.add_line(piece, content.curves[i].style.stroke == CurveStyle::Stroke::thin ? 1.0 : 2.4);
    for (const QPointF &dot : line.dots)
      out.taken.add_line(QPolygonF({dot}), 2 * line.dot_radius);
  }
  for (const ChartPoint &point : content.points)
    out.taken.add_line(QPolygonF({content.at(out.area, point.at)}), 11);
  for (const double x : out.marks)
    out.taken.add_line(QPolygonF({QPointF(x, out.area.top()), QPointF(x, out.area.bottom())}), 1);
}

/// A label on the plot; what finds no place goes to `homeless`.
void label(ChartText::Role role, const QString &text, const QPointF &anchor, Voice voice, ChartLayout &out,
           std::vector<ChartText> &homeless) {
  const QString number = number_of(text);
  std::vector<QString> texts = {text};
  if (!number.isEmpty())
    texts.push_back(number);
  LabelWish wish{anchor, {}};
  for (const QString &form : texts)
    wish.sizes.emplace_back(width_of(form, role), row_height + 1);
  const auto place = place_label(wish, out.taken);
  if (!place) {
    homeless.push_back({role, {}, text, voice, Qt::AlignLeft | Qt::AlignVCenter});
    return;
  }
  out.texts.push_back({role, place->rect, texts[place->size], voice, Qt::AlignCenter});
  const QPointF near(std::clamp(anchor.x(), place->rect.left(), place->rect.right()),
                     std::clamp(anchor.y(), place->rect.top(), place->rect.bottom()));
  if (QLineF(near, anchor).length() > 18) {
    out.leaders.emplace_back(near, anchor);
    out.leader_voices.push_back(voice);
  }
}

/// The labels on this area; returns those without a place.
std::vector<ChartText> say_labels(const ChartContent &content, ChartLayout &out) {
  std::vector<ChartText> homeless;
  const QRectF &area = out.area;
  const auto inside = [&](const QPointF &value) {
    const QPointF at = content.at(area, value);
    return QPointF(std::clamp(at.x(), area.left(), area.right()),
                   std::clamp(at.y(), area.top(), area.bottom()));
  };
  for (auto curve = content.curves.rbegin(); curve != content.curves.rend(); ++curve) // the front ones first
    if (!curve->points.empty() && !curve->end_label.isEmpty())
      label(ChartText::Role::end, curve->end_label, inside(curve->points.back()), curve->style.voice, out,
            homeless);
  for (const ChartPoint &point : content.points)
    label(ChartText::Role::point, point.label, inside(point.at), point.voice, out, homeless);
  return homeless;
}

} // namespace

QFont chart_font(ChartText::Role role) {
  switch (role) {
  case ChartText::Role::title:
    return font(chart_title_size, QFont::DemiBold);
  case ChartText::Role::end:
  case ChartText::Role::point:
    return font(chart_label_size, QFont::DemiBold);
  case ChartText::Role::legend:
    return font(chart_text_size, QFont::DemiBold);
  case ChartText::Role::tick:
  case ChartText::Role::axis:
  case ChartText::Role::remark:
  case ChartText::Role::mark:
    break;
  }
  return font(chart_text_size);
}

bool ChartContent::empty() const {
  return std::all_of(curves.begin(), curves.end(),
                     [](const ChartCurve &curve) { return curve.points.empty(); });
}

ChartLayout chart_layout(const QRectF &chart, const ChartContent &content) {
  double widest = 0;
  for (const double value : content.y.ticks.values())
    widest = std::max(widest, tabular_width(chart_font(ChartText::Role::tick), content.y.ticks.text(value)));
  const double left = chart.left() + std::max(34.0, std::ceil(widest) + 10),
               right = chart.right() - right_margin;
  const double below_title = chart.top() + (content.title.isEmpty() ? 8 : title_row + 3);
  const Strip marks = mark_strip(chart, left, below_title, content);
  const double below_marks = below_title + marks.rows * row_height;
  Strip legend;
  ChartLayout out;
  for (int reserved = 0;;) { // once more where labels that found no place need rows above the plot
    out = ChartLayout();
    const double top = below_marks + reserved * row_height + (reserved > 0 ? 2 : 0);
    out.area = QRectF(QPointF(left, top), QPointF(right, std::max(top + 1, chart.bottom() - bottom_rows)));
    for (const ChartCurve &curve : content.curves)
      out.lines.push_back(draw(curve, content, out.area));
    for (const ChartMark &mark : content.marks)
      if (mark.x >= content.x.ticks.min && mark.x <= content.x.ticks.max)
        out.marks.push_back(std::round(content.x.x_at(out.area, mark.x)) + 0.5);
    if (content.empty())
      break;
    occupy(content, out);
    const int most_rows = std::max(1, static_cast<int>(0.3 * chart.height() / row_height));
    legend = legend_strip(left, right, below_marks, say_labels(content, out), most_rows);
    if (legend.rows <= reserved)
      break;
    reserved = legend.rows;
  }
  out.texts.insert(out.texts.end(), marks.texts.begin(), marks.texts.end());
  out.texts.insert(out.texts.end(), legend.texts.begin(), legend.texts.end());
  say_axes(chart, content, out);
  return out;
}

} // namespace duet::ui
