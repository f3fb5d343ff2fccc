#include "ui/plots/line_chart.h"
#include "ui/plots/chart_layout.h"
#include "ui/plots/export_desk.h"
#include "ui/plots/line_chart_painter.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <algorithm>
#include <cmath>
#include <limits>

namespace duet::ui {

struct LineChart::State {
  QString export_name;
  ChartContent content;
  ChartScene scene;
  ChartLayout layout; ///< of the picture
  QPixmap picture;    ///< all but the hover
  bool stale = true, layout_stale = true;
  QSizeF laid_out;
  int updates = 0;
  std::optional<double> hover_x;

  /// For a chart of this size; axes and labels follow it.
  ChartLayout lay_out(const QRectF &chart);
  ReadOut read_at(double x) const {
    return read_out(content, x,
                    6 * (content.x.ticks.max - content.x.ticks.min) / std::max(1.0, layout.area.width()));
  }
};

LineChart::LineChart(const QString &title, const QString &export_name, QWidget *parent)
    : UnitWidget(parent), state_(std::make_unique<State>()) {
  state_->export_name = export_name;
  state_->content.title = title;
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(title);
  offer_export(this, *this);
  connect(&theme(), &Theme::changed, this, [this] {
    state_->stale = true;
    update();
  });
}

LineChart::~LineChart() = default;

namespace {

/// Widens an axis to the curves, in jumps to round numbers.
void grow(ChartAxis &axis, double low, double high) {
  const AxisStyle &style = axis.style;
  if (style.grows && low <= high) {
    low = std::max(std::min(low, style.min), style.floor);
    high = std::min(std::max(high, style.max), style.ceiling);
  } else {
    low = style.min;
    high = style.max;
  }
  axis.ticks = nice_ticks(low, high, axis.parts);
  if (style.whole && high - low >= 1) {
    axis.ticks.step = axis.ticks.step == 2.5 ? 5.0 : std::max(1.0, std::round(axis.ticks.step));
    axis.ticks.decimals = 0;
  }
  if (!style.grows) {
    axis.ticks.min = style.min;
    axis.ticks.max = style.max;
  }
  if (style.decimals >= 0)
    axis.ticks.decimals = style.decimals;
}

void grow_axes(ChartContent &content) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  double x_low = infinite, x_high = -infinite, y_low = infinite, y_high = -infinite;
  for (const ChartCurve &curve : content.curves) {
    for (const QPointF &point : curve.points) {
      if (!std::isfinite(point.y()))
        continue;
      y_low = std::min(y_low, point.y());
      y_high = std::max(y_high, point.y());
    }
    if (!curve.points.empty()) {
      x_low = std::min(x_low, curve.points.front().x());
      x_high = std::max(x_high, curve.points.back().x());
    }
  }
  grow(content.x, x_low, x_high);
  grow(content.y, y_low, y_high);
}

} // namespace

ChartLayout LineChart::State::lay_out(const QRectF &chart) {
  content.x.parts = std::clamp(static_cast<int>(chart.width() / 75), 2, 10);
  content.y.parts = std::clamp(static_cast<int>(chart.height() / 45), 2, 8);
  grow_axes(content);
  return chart_layout(chart, content);
}

namespace {

bool same(const AxisStyle &a, const AxisStyle &b) {
  return a.title == b.title && a.min == b.min && a.max == b.max && a.grows == b.grows && a.floor == b.floor &&
         a.ceiling == b.ceiling && a.decimals == b.decimals && a.whole == b.whole;
}

} // namespace

void LineChart::changed() {
  ++state_->updates;
  state_->stale = state_->layout_stale = true;
  spoken_changed(this);
  update();
}

void LineChart::setXAxis(const AxisStyle &style) {
  if (same(style, state_->content.x.style))
    return;
  state_->content.x.style = style;
  changed();
}

void LineChart::setYAxis(const AxisStyle &style) {
  if (same(style, state_->content.y.style))
    return;
  state_->content.y.style = style;
  changed();
}

int LineChart::addCurve(const QString &name, const CurveStyle &style) {
  ChartCurve curve;
  curve.name = name;
  curve.style = style;
  state_->content.curves.push_back(std::move(curve));
  return static_cast<int>(state_->content.curves.size()) - 1;
}

void LineChart::removeCurves() {
  state_->content.curves.clear();
  state_->scene.clear();
  changed();
}

void LineChart::replace(int curve, std::vector<QPointF> points) {
  ChartCurve &target = state_->content.curves.at(static_cast<std::size_t>(curve));
  if (points == target.points)
    return;
  target.points = std::move(points);
  changed();
}

void LineChart::setCurveName(int curve, const QString &name) {
  ChartCurve &target = state_->content.curves.at(static_cast<std::size_t>(curve));
  if (name == target.name)
    return;
  target.name = name;
  changed();
}

void LineChart::setEndLabel(int curve, const QString &label) {
  ChartCurve &target = state_->content.curves.at(static_cast<std::size_t>(curve));
  if (label == target.end_label)
    return;
  target.end_label = label;
  changed();
}

void LineChart::setMarks(const std::vector<ChartMark> &marks) {
  if (marks == state_->content.marks)
    return;
  state_->content.marks = marks;
  changed();
}

void LineChart::setPoints(const std::vector<ChartPoint> &points) {
  if (points == state_->content.points)
    return;
  state_->content.points = points;
  changed();
}

void LineChart::setCursor(double x, const QString &label) {
  ChartContent &content = state_->content;
  const bool same_place = x == content.cursor_x || (std::isnan(x) && std::isnan(content.cursor_x));
  if (same_place && label == content.cursor_label)
    return;
  content.cursor_x = x;
  content.cursor_label = label;
  ++state_->updates;
  update();
}

void LineChart::setRemark(const QString &remark) {
  if (remark == state_->content.remark)
    return;
  state_->content.remark = remark;
  changed();
}

void LineChart::setEmptyText(const QString &sentence) {
  if (sentence == state_->content.empty_text)
    return;
  state_->content.empty_text = sentence;
  changed();
}

void LineChart::setReadOutDecimals(int x, int y) {
  state_->content.x_decimals = x;
  state_->content.y_decimals = y;
}

QSize LineChart::sizeHint() const { return px({440, 300}); }
QSize LineChart::minimumSizeHint() const { return px({150, 104}); }
QString LineChart::exportName() const { return state_->export_name; }

QSize LineChart::exportSize() const { return unitRect().size().toSize().expandedTo({480, 320}); }

QString LineChart::exportTitle() const { return state_->content.title; }

void LineChart::paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) {
  State &s = *state_;
  const ChartLayout layout = s.lay_out(target);
  s.scene.paint(painter, target, layout, s.content, palette);
  paint_chart_cursor(painter, layout, s.content, palette);
  s.stale = s.layout_stale = true; // scene and axes now have the file's size
}

QString LineChart::toCsv() const {
  const ChartContent &content = state_->content;
  const auto quoted = [](QString text) {
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
  };
  QString csv = QStringLiteral("curve,%1,%2\n").arg(quoted(content.x.style.title), quoted(content.title));
  for (const ChartCurve &curve : content.curves)
    for (const QPointF &point : curve.points)
      csv += quoted(curve.name) + QLatin1Char(',') + number_text(point.x()) + QLatin1Char(',') +
             number_text(point.y()) + QLatin1Char('\n');
  for (const ChartMark &mark : content.marks)
    csv += quoted(QStringLiteral("mark: ") + mark.label) + QLatin1Char(',') + number_text(mark.x) +
           QStringLiteral(",\n");
  return csv;
}

int LineChart::updates() const { return state_->updates; }

int LineChart::drawnPoints(int curve) const {
  layOut();
  return state_->layout.lines.at(static_cast<std::size_t>(curve)).points;
}

/// Brings the picture's layout up to date.
void LineChart::layOut() const {
  State &s = *state_;
  if (!s.layout_stale && s.laid_out == unitRect().size())
    return;
  s.layout = s.lay_out(unitRect());
  s.layout_stale = false;
  s.laid_out = unitRect().size();
}

const ChartLayout &LineChart::shown() const {
  layOut();
  return state_->layout;
}

QRectF LineChart::plotArea() const { return shown().area; }

QString LineChart::readOutAt(double x) const {
  layOut();
  return state_->read_at(x).sentence();
}

void LineChart::paintEvent(QPaintEvent *) {
  State &s = *state_;
  const double ratio = devicePixelRatioF();
  const QSize pixels = size() * ratio;
  if (s.stale || s.picture.size() != pixels) {
    layOut();
    s.picture = QPixmap(pixels);
    s.picture.setDevicePixelRatio(ratio * unit());
    s.picture.fill(Qt::transparent);
    QPainter painter(&s.picture);
    painter.setRenderHint(QPainter::Antialiasing);
    s.scene.paint(painter, unitRect(), s.layout, s.content, theme().palette());
    s.stale = false;
  }
  UnitPainter painter(this);
  painter.drawPixmap(0, 0, s.picture);
  painter.setRenderHint(QPainter::Antialiasing);
  paint_chart_cursor(painter, s.layout, s.content, theme().palette());
  if (s.hover_x)
    paint_read_out(painter, unitRect(), s.layout, s.content, s.read_at(*s.hover_x), theme().palette());
  if (showsKeys())
    draw_focus(painter, unitRect(), theme().palette());
}

namespace {

QString curve_words(const ChartCurve &curve, const ChartContent &content) {
  const QPointF &last = curve.points.back();
  return QObject::tr("%1: %2 at %3 %4")
      .arg(curve.name, QString::number(last.y(), 'f', content.y_decimals), content.x.style.title,
           QString::number(last.x(), 'f', content.x_decimals));
}

} // namespace

QString LineChart::spokenText() const {
  QStringList words;
  for (const ChartCurve &curve : state_->content.curves)
    if (!curve.points.empty())
      words << curve_words(curve, state_->content);
  return words.isEmpty() ? state_->content.empty_text : words.join(QStringLiteral("; "));
}

int LineChart::spokenParts() const {
  const ChartContent &content = state_->content;
  const auto curves =
      std::ranges::count_if(content.curves, [](const ChartCurve &c) { return !c.points.empty(); });
  return static_cast<int>(static_cast<std::size_t>(curves) + content.points.size() + content.marks.size());
}

SpokenPart LineChart::spokenPart(int index) const {
  const ChartContent &content = state_->content;
  auto left = static_cast<std::size_t>(index);
  for (const ChartCurve &curve : content.curves)
    if (!curve.points.empty() && left-- == 0)
      return {curve_words(curve, content), plotArea().toAlignedRect()};
  if (left < content.points.size())
    return {content.points[left].label, plotArea().toAlignedRect()};
  left -= content.points.size();
  return {tr("change at %1 %2: %3")
              .arg(content.x.style.title, QString::number(content.marks[left].x, 'f', content.x_decimals),
                   content.marks[left].label),
          plotArea().toAlignedRect()};
}

void LineChart::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  update();
}

void LineChart::mouseMoveEvent(QMouseEvent *event) {
  State &s = *state_;
  const QRectF area = plotArea();
  if (area.adjusted(-4, 0, 4, 0).contains(event->position()) && !s.content.empty())
    readAt(std::clamp(s.content.x.value_at(area, event->position().x()), s.content.x.ticks.min,
                      s.content.x.ticks.max));
  else
    readAt(std::nullopt);
  if (s.hover_x && event->buttons() & Qt::LeftButton)
    Q_EMIT xPicked(*s.hover_x);
}

void LineChart::mousePressEvent(QMouseEvent *event) {
  const QRectF area = plotArea();
  if (event->button() == Qt::LeftButton && area.adjusted(-4, 0, 4, 0).contains(event->position()) &&
      !state_->content.empty())
    Q_EMIT xPicked(std::clamp(state_->content.x.value_at(area, event->position().x()),
                              state_->content.x.ticks.min, state_->content.x.ticks.max));
}

/// Shows and says the values at x; none: nothing.
void LineChart::readAt(std::optional<double> x) {
  if (x == state_->hover_x)
    return;
  state_->hover_x = x;
  update();
  Q_EMIT hoverText(x ? readOutAt(*x) : QString());
}

void LineChart::leaveEvent(QEvent *) { readAt(std::nullopt); }

void LineChart::keyPressEvent(QKeyEvent *event) {
  const State &s = *state_;
  std::vector<double> places; // of all points
  for (const ChartCurve &curve : s.content.curves)
    for (const QPointF &point : curve.points)
      places.push_back(point.x());
  std::ranges::sort(places);
  if (places.empty())
    return QWidget::keyPressEvent(event);
  const double here = s.hover_x.value_or(places.back());
  const auto after = std::ranges::upper_bound(places, here), from = std::ranges::lower_bound(places, here);
  switch (event->key()) {
  case Qt::Key_Right:
    return readAt(after == places.end() ? places.back() : *after);
  case Qt::Key_Left:
    return readAt(!s.hover_x ? places.back() : from == places.begin() ? places.front() : *std::prev(from));
  case Qt::Key_Home:
    return readAt(places.front());
  case Qt::Key_End:
    return readAt(places.back());
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (s.hover_x)
      Q_EMIT xPicked(*s.hover_x);
    return;
  default:
    QWidget::keyPressEvent(event);
  }
}

bool LineChart::unitEvent(QEvent *event) {
  if (event->type() == QEvent::FocusOut)
    readAt(std::nullopt);
  return QWidget::event(event);
}

} // namespace duet::ui
