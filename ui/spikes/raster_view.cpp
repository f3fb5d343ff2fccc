#include "ui/spikes/raster_view.h"
#include "ui/plots/number_text.h"
#include "ui/spikes/spike_image.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <functional>

namespace duet::ui {

struct RasterView::State {
  std::shared_ptr<const Inspection> inspection;
  Phase phase = Phase::empty;
  double dt_ms = 1;
  SpikeRows rows;
  bool rows_stale = true; ///< the inspection is newer than the rows
  TimeAxis axis;
  double first_row = 0, last_row = 0;
  bool axis_visible = true;
  std::optional<int> step;
  std::optional<NeuronId> neuron;
  QImage image;
  RasterWindow image_window;
  bool image_stale = true;
  int image_paints = 0;
  enum class Drag { none, cursor, brush, pan } drag = Drag::none;
  QPointF drag_from, drag_to;

  /// Called before the rows are used; keeps the zoom while the shape stays.
  void refresh() {
    if (!rows_stale)
      return;
    rows_stale = false;
    const int rows_before = rows.rows(), steps_before = rows.steps();
    rows = SpikeRows(inspection);
    if (rows.rows() != rows_before || rows.steps() != steps_before) {
      axis.show_all(rows.steps());
      first_row = 0;
      last_row = rows.rows();
    }
  }
  QRectF area(const QRectF &widget) const {
    return widget.adjusted(time_plot_left, 1, -12, axis_visible ? -time_axis_height : -2);
  }
  RasterWindow window() const { return {first_row, last_row, axis.first, axis.last}; }
  double y_at(const QRectF &plot, double row) const {
    return plot.top() + (row - first_row) / (last_row - first_row) * plot.height();
  }
  int row_at(const QRectF &plot, double y) const {
    const double row = first_row + (y - plot.top()) / plot.height() * (last_row - first_row);
    return std::clamp(static_cast<int>(std::floor(row)), 0, std::max(0, rows.rows() - 1));
  }
  void zoom_rows(double around, double factor) {
    const double all = rows.rows();
    const double span = std::clamp((last_row - first_row) * factor, std::min(4.0, all), all);
    const double share = (around - first_row) / (last_row - first_row);
    first_row = std::clamp(around - share * span, 0.0, all - span);
    last_row = first_row + span;
  }
  QString empty_sentence() const {
    if (phase == Phase::empty || phase == Phase::loading)
      return QStringLiteral("The spikes of the selected image appear here once the data are loaded.");
    if (phase == Phase::failed && !inspection)
      return QStringLiteral("No spikes: the run could not start.");
    if (!inspection)
      return QStringLiteral("Select a test image to see its spikes.");
    return QStringLiteral("This model has no spiking layer: its quantum branch reads the image without one.");
  }
  QString describe(int row, int at_step) const {
    const std::optional<NeuronId> hit = rows.neuron_at(row);
    if (!hit)
      return {};
    const int count = rows.count(row, at_step), total = rows.total(row);
    return QStringLiteral("%1: %2 in %3, %4 in all")
        .arg(neuron_name(*hit),
             count == 0 ? QStringLiteral("no spike")
                        : QStringLiteral("%1 spike%2").arg(count).arg(count == 1 ? "" : "s"),
             step_text(axis, at_step))
        .arg(total);
  }
};

RasterView::RasterView(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  setMouseTracking(true);
  setAccessibleName(QStringLiteral("Spike raster of the selected image"));
  connect(&theme(), &Theme::changed, this, [this] {
    state_->image_stale = true;
    update();
  });
}

RasterView::~RasterView() = default;

void RasterView::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  const auto inspection = view ? view->training.inspection : nullptr;
  const Phase phase = view ? view->phase : Phase::empty;
  const double dt_ms = view ? view->experiment.spiking.dt_ms : 1;
  if (inspection == s.inspection && dt_ms == s.dt_ms && (inspection || phase == s.phase)) {
    s.phase = phase;
    return;
  }
  s.inspection = inspection;
  s.phase = phase;
  s.dt_ms = s.axis.dt_ms = dt_ms;
  s.rows_stale = s.image_stale = true;
  update();
}

void RasterView::setStep(std::optional<int> step) {
  if (step == state_->step)
    return;
  state_->step = step;
  update();
}

void RasterView::setNeuron(std::optional<NeuronId> neuron) {
  if (neuron == state_->neuron)
    return;
  state_->neuron = neuron;
  update();
}

void RasterView::setAxisVisible(bool visible) {
  state_->axis_visible = visible;
  update();
}

void RasterView::setTimeRange(double first_step, double last_step) {
  TimeAxis &axis = state_->axis;
  if ((axis.first == first_step && axis.last == last_step) || !(last_step > first_step))
    return;
  axis.first = first_step;
  axis.last = last_step;
  update();
}

QSize RasterView::minimumSizeHint() const { return {140, 90}; }
QString RasterView::exportName() const { return QStringLiteral("spikes"); }
QSize RasterView::exportSize() const { return {std::max(width(), 480), std::max(height(), 360)}; }
QRectF RasterView::plotArea() const { return state_->area(QRectF(rect())); }
int RasterView::imagePaints() const { return state_->image_paints; }

namespace {

/// A coloured bar beside each layer and, where there is room, its name turned upwards.
void paint_band_names(QPainter &painter, const QRectF &area, const SpikeRows &rows,
                      const std::function<double(double)> &y_at, const Palette &palette) {
  painter.setFont(font(11));
  for (const SpikeBand &band : rows.bands()) {
    const double top = std::max(area.top(), y_at(band.first_row));
    const double bottom = std::min(area.bottom(), y_at(band.first_row + band.rows));
    if (bottom - top < 2)
      continue;
    painter.fillRect(QRectF(area.left() - 5, top + 1, 3, bottom - top - 2), palette.color(band.voice()));
    const bool alone = rows.bands().size() < 3 || band.layer == 0;
    const QString name =
        (band.stack == Stack::spiking ? QStringLiteral("spiking") : QStringLiteral("encoder")) +
        (alone ? QString() : QStringLiteral(" %1").arg(band.layer + 1));
    if (QFontMetricsF(painter.font()).horizontalAdvance(name) > bottom - top)
      continue;
    painter.save();
    painter.translate(area.left() - 11, (top + bottom) / 2);
    painter.rotate(-90);
    painter.setPen(palette.ink(band.voice()));
    painter.drawText(QRectF(-100, -16, 200, 16), Qt::AlignHCenter | Qt::AlignBottom, name);
    painter.restore();
  }
}

} // namespace

void RasterView::paintTo(QPainter &painter, const QRectF &target) {
  State &s = *state_;
  s.refresh();
  const Palette &palette = theme().palette();
  const QRectF area = s.area(target);
  if (s.rows.empty()) {
    draw_empty(painter, target, s.empty_sentence(), palette);
    return;
  }
  if (area.width() < 4 || area.height() < 4)
    return;
  const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
  const QSize pixels = (area.size() * ratio).toSize();
  if (s.image_stale || s.image.size() != pixels || !(s.image_window == s.window())) {
    s.image = paint_spikes(s.rows, s.window(), pixels, {palette.panel, palette.spiking, palette.quantum});
    s.image_window = s.window();
    s.image_stale = false;
    ++s.image_paints;
  }
  painter.drawImage(area, s.image);
  const auto y_at = [&](double row) { return s.y_at(area, row); };
  painter.setPen(QPen(palette.line, 1));
  for (const SpikeBand &band : s.rows.bands())
    if (const double y = std::round(y_at(band.first_row)) + 0.5; y > area.top() + 1 && y < area.bottom())
      painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5));
  paint_band_names(painter, area, s.rows, y_at, palette);
  if (const auto row = s.neuron ? s.rows.row_of(*s.neuron) : std::nullopt) {
    const double top = y_at(*row), bottom = std::max(y_at(*row + 1), top + 2);
    if (bottom > area.top() && top < area.bottom()) {
      painter.setPen(QPen(palette.text, 1.2));
      painter.drawRect(QRectF(area.left() - 1.5, top - 1.5, area.width() + 3, bottom - top + 3));
    }
  }
  paint_time_cursor(painter, area, s.axis, s.step);
  if (s.axis_visible)
    paint_time_axis(painter, area, s.axis);
}

QString RasterView::toCsv() const {
  state_->refresh();
  QString csv = QStringLiteral("branch,layer,step,neuron\n");
  for (const SpikeBand &band : state_->rows.bands())
    for (int step = 0; step < band.record->steps; ++step)
      for (int neuron = 0; neuron < band.rows; ++neuron)
        for (int k = state_->rows.count(band.first_row + neuron, step); k > 0; --k)
          csv +=
              QStringLiteral("%1,%2,%3,%4\n")
                  .arg(band.stack == Stack::spiking ? QStringLiteral("spiking") : QStringLiteral("quantum"))
                  .arg(band.layer)
                  .arg(step)
                  .arg(neuron);
  return csv;
}

void RasterView::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintTo(painter, QRectF(rect()));
  const State &s = *state_;
  if (s.drag == State::Drag::brush) {
    QColor wash = theme().palette().text;
    wash.setAlphaF(0.12F);
    painter.setPen(QPen(theme().palette().text, 1));
    painter.setBrush(wash);
    painter.drawRect(QRectF(s.drag_from, s.drag_to).normalized());
  }
}

void RasterView::selectAt(const QPointF &position, bool neuron_too) {
  State &s = *state_;
  const QRectF area = plotArea();
  const int step = s.axis.step_at(area, position.x());
  if (neuron_too) {
    s.neuron = s.rows.neuron_at(s.row_at(area, position.y()));
    Q_EMIT neuronSelected(s.neuron);
  }
  if (s.step != step) {
    s.step = step;
    Q_EMIT stepSelected(s.step);
  }
  update();
}

void RasterView::mousePressEvent(QMouseEvent *event) {
  State &s = *state_;
  s.refresh();
  if (s.rows.empty())
    return;
  s.drag_from = s.drag_to = event->position();
  if (event->button() == Qt::RightButton) {
    if (s.step) {
      s.step.reset();
      Q_EMIT stepSelected(s.step);
      update();
    }
  } else if (event->button() == Qt::MiddleButton) {
    s.drag = State::Drag::pan;
  } else if (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier) {
    s.drag = State::Drag::brush;
  } else if (event->button() == Qt::LeftButton) {
    s.drag = State::Drag::cursor;
    selectAt(event->position(), plotArea().contains(event->position()));
  }
}

void RasterView::mouseMoveEvent(QMouseEvent *event) {
  State &s = *state_;
  s.refresh();
  if (s.rows.empty())
    return;
  const QRectF area = plotArea();
  if (s.drag == State::Drag::cursor) {
    selectAt(event->position(), false);
  } else if (s.drag == State::Drag::brush) {
    s.drag_to = event->position();
    update();
  } else if (s.drag == State::Drag::pan) {
    const QPointF moved = event->position() - s.drag_to;
    s.drag_to = event->position();
    const double rows = -moved.y() / area.height() * (s.last_row - s.first_row);
    const double by_rows = std::clamp(rows, -s.first_row, s.rows.rows() - s.last_row);
    s.first_row += by_rows;
    s.last_row += by_rows;
    const double steps = -moved.x() / area.width() * (s.axis.last - s.axis.first);
    const double by_steps = std::clamp(steps, -s.axis.first, s.axis.steps - s.axis.last);
    s.axis.first += by_steps;
    s.axis.last += by_steps;
    Q_EMIT timeRangeChanged(s.axis.first, s.axis.last);
    update();
  }
  if (area.contains(event->position()))
    Q_EMIT hoverText(
        s.describe(s.row_at(area, event->position().y()), s.axis.step_at(area, event->position().x())));
}

void RasterView::mouseReleaseEvent(QMouseEvent *) {
  State &s = *state_;
  if (s.drag == State::Drag::brush) {
    const QRectF area = plotArea(), brush = QRectF(s.drag_from, s.drag_to).normalized() & area;
    if (brush.width() > 6 && brush.height() > 6) {
      const int top = s.row_at(area, brush.top()), bottom = s.row_at(area, brush.bottom() - 1e-6) + 1;
      const int left = s.axis.step_at(area, brush.left()),
                right = s.axis.step_at(area, brush.right() - 1e-6) + 1;
      s.first_row = top;
      s.last_row = std::max(bottom, top + 1);
      s.axis.first = left;
      s.axis.last = std::max(right, left + 1);
      Q_EMIT timeRangeChanged(s.axis.first, s.axis.last);
    }
    update();
  }
  s.drag = State::Drag::none;
}

void RasterView::mouseDoubleClickEvent(QMouseEvent *) {
  State &s = *state_;
  s.first_row = 0;
  s.last_row = s.rows.rows();
  s.axis.show_all(s.rows.steps());
  s.drag = State::Drag::none;
  Q_EMIT timeRangeChanged(s.axis.first, s.axis.last);
  update();
}

void RasterView::wheelEvent(QWheelEvent *event) {
  State &s = *state_;
  s.refresh();
  const int turn = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
  if (s.rows.empty() || turn == 0)
    return;
  const QRectF area = plotArea();
  const double factor = std::pow(0.8, turn / 120.0);
  if (event->modifiers() & Qt::ControlModifier) {
    s.axis.zoom(s.axis.step_value(area, event->position().x()), factor);
    Q_EMIT timeRangeChanged(s.axis.first, s.axis.last);
  } else {
    const double share = (event->position().y() - area.top()) / area.height();
    s.zoom_rows(s.first_row + std::clamp(share, 0.0, 1.0) * (s.last_row - s.first_row), factor);
  }
  event->accept();
  update();
}

void RasterView::leaveEvent(QEvent *) { Q_EMIT hoverText({}); }

bool RasterView::event(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    State &s = *state_;
    s.refresh();
    const auto *help = static_cast<QHelpEvent *>(event);
    const QRectF area = plotArea();
    if (!s.rows.empty() && area.contains(help->pos()))
      QToolTip::showText(help->globalPos(),
                         s.describe(s.row_at(area, help->y()), s.axis.step_at(area, help->x())), this);
    else
      QToolTip::hideText();
    return true;
  }
  return QWidget::event(event);
}

} // namespace duet::ui
