#include "ui/spikes/raster_view.h"
#include "ui/plots/export_desk.h"
#include "ui/spikes/raster_picture.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QObject>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double bar_size = 9, top_margin = 6;
constexpr int bar_unit = 100; ///< of a row or a step, in a scroll bar's numbers

/// Neither neurons, layers nor steps differ.
bool same_shape(const SpikeRows &a, const SpikeRows &b) {
  const auto same = [](const SpikeBand &x, const SpikeBand &y) {
    return x.stack == y.stack && x.layer == y.layer && x.rows == y.rows;
  };
  return a.steps() == b.steps() &&
         std::equal(a.bands().begin(), a.bands().end(), b.bands().begin(), b.bands().end(), same);
}

} // namespace

struct RasterView::State {
  std::shared_ptr<const Inspection> inspection;
  Phase phase = Phase::empty;
  RasterPicture shown;
  bool rows_stale = true; ///< the inspection is newer than the rows
  bool axis_visible = true;
  double left = 0;
  QImage image;
  RasterWindow image_window;
  bool image_stale = true;
  int image_paints = 0;
  enum class Drag { none, cursor, brush, pan } drag = Drag::none;
  QPointF drag_from, drag_to;
  QScrollBar *rows_bar = nullptr, *steps_bar = nullptr;
  SpikeRows unseen;
  std::shared_ptr<const Inspection> unseen_for;

  QRectF area(const QRectF &widget) const {
    const double below = (axis_visible ? time_axis_height : 2) + (shown.time.all_seen() ? 0 : bar_size + 1);
    return widget.adjusted(std::max(left, shown.left_needed()), top_margin, -time_plot_right, -below);
  }
  /// Of the newest image, also before it was painted.
  const SpikeRows &current_rows() {
    if (rows_stale && unseen_for != inspection) {
      unseen = SpikeRows(inspection, shown.voices);
      unseen_for = inspection;
    }
    return rows_stale ? unseen : shown.rows;
  }
  QString empty_sentence() const {
    if (phase == Phase::empty || phase == Phase::loading)
      return QObject::tr("The spikes of the selected image appear here once the data are loaded.");
    if (phase == Phase::failed && !inspection)
      return QObject::tr("No spikes: the run could not start.");
    if (!inspection)
      return QObject::tr("Select a test image to see its spikes.");
    return tr("This model has no spiking layer: the %1 reads the image without one.")
        .arg(shown.voices.answerer().name);
  }
};

RasterView::RasterView(QWidget *parent) : UnitWidget(parent), state_(std::make_unique<State>()) {
  State &s = *state_;
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Spike raster of the selected image"));
  s.rows_bar = new QScrollBar(Qt::Vertical, this);
  s.rows_bar->setObjectName(QStringLiteral("rasterRows"));
  s.rows_bar->setAccessibleName(tr("Neurons seen"));
  s.steps_bar = new QScrollBar(Qt::Horizontal, this);
  s.steps_bar->setObjectName(QStringLiteral("rasterSteps"));
  s.steps_bar->setAccessibleName(tr("Time steps seen"));
  for (QScrollBar *bar : {s.rows_bar, s.steps_bar})
    bar->hide();
  offer_export(this, *this);
  connect(s.rows_bar, &QScrollBar::valueChanged, this, [this](int value) {
    RowAxis &axis = state_->shown.row_axis;
    axis.move_by(static_cast<double>(value) / bar_unit - axis.first);
    zoomed(false);
  });
  connect(s.steps_bar, &QScrollBar::valueChanged, this, [this](int value) {
    TimeAxis &axis = state_->shown.time;
    axis.move_by(static_cast<double>(value) / bar_unit - axis.first);
    zoomed(true);
  });
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
  const Voices voices = view ? Voices(view->experiment) : Voices();
  if (inspection == s.inspection && voices == s.shown.voices && dt_ms == s.shown.time.dt_ms &&
      (inspection || phase == s.phase)) {
    s.phase = phase;
    return;
  }
  s.inspection = inspection;
  s.phase = phase;
  s.shown.time.dt_ms = dt_ms;
  s.shown.voices = voices;
  s.rows_stale = s.image_stale = true;
  update();
}

void RasterView::refresh() {
  State &s = *state_;
  if (!s.rows_stale)
    return;
  s.rows_stale = false;
  SpikeRows rows(s.inspection, s.shown.voices);
  const bool another = !same_shape(rows, s.shown.rows);
  s.shown.rows = std::move(rows);
  if (another)
    resetZoom();
}

void RasterView::setStep(std::optional<int> step) {
  if (step == state_->shown.step)
    return;
  state_->shown.step = step;
  update();
}

void RasterView::setNeuron(std::optional<NeuronId> neuron) {
  if (neuron == state_->shown.neuron)
    return;
  state_->shown.neuron = neuron;
  update();
}

void RasterView::setAxisVisible(bool visible) {
  state_->axis_visible = visible;
  update();
}

void RasterView::setTimeRange(double first_step, double last_step) {
  TimeAxis &axis = state_->shown.time;
  if ((axis.first == first_step && axis.last == last_step) || !(last_step > first_step))
    return;
  axis.first = first_step;
  axis.last = last_step;
  zoomed(false);
}

void RasterView::resetZoom() {
  state_->shown.row_axis.show_all(state_->shown.rows.rows());
  state_->shown.time.show_all(state_->shown.rows.steps());
  zoomed(true);
}

/// After every change of what is seen.
void RasterView::zoomed(bool time_too) {
  placeBars();
  update();
  if (time_too)
    Q_EMIT timeRangeChanged(state_->shown.time.first, state_->shown.time.last);
  Q_EMIT zoomChanged();
}

QString RasterView::zoomText() const {
  const State &s = *state_;
  return s.shown.rows.empty()
             ? QString()
             : zoom_text(s.shown.rows, s.shown.row_axis, s.shown.time.first, s.shown.time.last);
}

double RasterView::leftNeeded() const { return state_->shown.left_needed(); }

void RasterView::setLeft(double px) {
  if (px == state_->left)
    return;
  state_->left = px;
  placeBars();
  update();
}

/// A bar is there where something is out of sight.
void RasterView::placeBars() {
  State &s = *state_;
  const QRectF area = plotArea();
  const auto place = [](QScrollBar *bar, bool needed, double first, double last, int all,
                        const QRect &where) {
    const QSignalBlocker quiet(bar);
    const int span = static_cast<int>(std::lround((last - first) * bar_unit));
    bar->setRange(0, std::max(0, all * bar_unit - span));
    bar->setPageStep(span);
    bar->setSingleStep(bar_unit);
    bar->setValue(static_cast<int>(std::lround(first * bar_unit)));
    bar->setGeometry(where);
    bar->setVisible(needed);
  };
  const auto pixels = [this](double left, double top, double width, double height) {
    return QRectF(QPointF(left, top) * unit(), QSizeF(width, height) * unit()).toRect();
  };
  place(s.rows_bar, !s.shown.rows.empty() && !s.shown.row_axis.all_seen(), s.shown.row_axis.first,
        s.shown.row_axis.last, s.shown.row_axis.count,
        pixels(area.right() + 2, area.top(), bar_size, area.height()));
  place(s.steps_bar, !s.shown.rows.empty() && !s.shown.time.all_seen(), s.shown.time.first, s.shown.time.last,
        s.shown.time.count, pixels(area.left(), unitHeight() - bar_size, area.width(), bar_size));
}

QSize RasterView::minimumSizeHint() const { return px({130, 70}); }
QString RasterView::exportName() const { return QStringLiteral("spikes"); }
QSize RasterView::exportSize() const { return unitRect().size().toSize().expandedTo({480, 360}); }
QRectF RasterView::plotArea() const { return state_->area(unitRect()); }
int RasterView::imagePaints() const { return state_->image_paints; }

QString RasterView::exportTitle() const { return tr("Spikes of the selected image"); }

void RasterView::paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) {
  refresh();
  const State &s = *state_;
  if (s.shown.rows.empty())
    return draw_empty(painter, target, s.empty_sentence(), palette);
  s.shown.paint_figure(painter, target, palette, tr("Spikes of test image %1").arg(s.inspection->index));
}

void RasterView::addToMenu(QMenu &menu) {
  menu.addAction(tr("Show all neurons and steps"), this, &RasterView::resetZoom)
      ->setEnabled(!zoomText().isEmpty());
  menu.addAction(tr("Let go of the time cursor"), this, &RasterView::letGo)
      ->setEnabled(state_->shown.step.has_value());
}

/// No step is selected any more.
void RasterView::letGo() {
  state_->shown.step.reset();
  Q_EMIT stepSelected(std::nullopt);
  update();
}

QString RasterView::toCsv() const { return spikes_csv(state_->current_rows()); }

QString RasterView::spokenText() const {
  const SpikeRows &rows = state_->current_rows();
  if (rows.empty())
    return state_->empty_sentence();
  const QString all =
      tr("%1 spikes of %2 neurons in %3 steps").arg(grouped(rows.total())).arg(rows.rows()).arg(rows.steps());
  return state_->shown.step ? tr("%1; time cursor at step %2").arg(all).arg(*state_->shown.step + 1) : all;
}

int RasterView::spokenParts() const { return state_->current_rows().rows(); }

SpokenPart RasterView::spokenPart(int index) const {
  const SpikeRows &rows = state_->current_rows();
  const auto neuron = rows.neuron_at(index);
  if (!neuron)
    return {};
  const QRectF area = plotArea();
  const double top = state_->shown.row_axis.y_at(area, index),
               bottom = state_->shown.row_axis.y_at(area, index + 1);
  return {tr("%1: %2 in %3 steps")
              .arg(neuron_name(*neuron, state_->shown.voices), counted(rows.total(index), tr("spike")))
              .arg(rows.steps()),
          QRectF(area.left(), top, area.width(), bottom - top).toAlignedRect(),
          state_->shown.neuron == neuron};
}

void RasterView::paintEvent(QPaintEvent *) {
  refresh();
  State &s = *state_;
  const Palette &palette = theme().palette();
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (s.shown.rows.empty())
    return draw_empty(painter, unitRect(), s.empty_sentence(), palette);
  const QRectF area = plotArea();
  if (area.width() < 4 || area.height() < 4)
    return;
  const QSize pixels = (area.size() * unit() * devicePixelRatioF()).toSize();
  if (s.image_stale || s.image.size() != pixels || !(s.image_window == s.shown.window())) {
    s.image = paint_spikes(s.shown.rows, s.shown.window(), pixels, raster_colors(palette, s.shown.voices));
    s.image_window = s.shown.window();
    s.image_stale = false;
    ++s.image_paints;
  }
  s.shown.paint(painter, area, palette, &s.image);
  if (s.axis_visible)
    paint_time_axis(painter, area, s.shown.time, palette);
  if (s.drag == State::Drag::brush) {
    QColor wash = palette.text;
    wash.setAlphaF(0.12F);
    painter.setPen(QPen(palette.text, 1));
    painter.setBrush(wash);
    painter.drawRect(QRectF(s.drag_from, s.drag_to).normalized());
  }
  if (showsKeys())
    draw_focus(painter, area.adjusted(-4, -4, 4, 4), palette);
}

void RasterView::resizeEvent(QResizeEvent *) { placeBars(); }

void RasterView::selectStep(int step) {
  State &s = *state_;
  if (s.shown.step == step)
    return;
  s.shown.step = step;
  Q_EMIT stepSelected(s.shown.step);
  update();
}

void RasterView::selectAt(const QPointF &position, bool neuron_too) {
  State &s = *state_;
  const QRectF area = plotArea();
  if (neuron_too) {
    s.shown.neuron = s.shown.rows.neuron_at(s.shown.row_axis.row_at(area, position.y()));
    Q_EMIT neuronSelected(s.shown.neuron);
    update();
  }
  selectStep(s.shown.time.step_at(area, position.x()));
}

void RasterView::mousePressEvent(QMouseEvent *event) {
  refresh();
  State &s = *state_;
  if (s.shown.rows.empty())
    return;
  s.drag_from = s.drag_to = event->position();
  if (event->button() == Qt::MiddleButton) {
    s.drag = State::Drag::pan;
  } else if (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier) {
    s.drag = State::Drag::brush;
  } else if (event->button() == Qt::LeftButton) {
    s.drag = State::Drag::cursor;
    selectAt(event->position(), plotArea().contains(event->position()));
  }
}

void RasterView::mouseMoveEvent(QMouseEvent *event) {
  refresh();
  State &s = *state_;
  if (s.shown.rows.empty())
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
    s.shown.row_axis.move_by(-moved.y() / area.height() * (s.shown.row_axis.last - s.shown.row_axis.first));
    s.shown.time.move_by(-moved.x() / area.width() * (s.shown.time.last - s.shown.time.first));
    zoomed(true);
  }
  if (area.contains(event->position()))
    Q_EMIT hoverText(s.shown.describe(s.shown.row_axis.row_at(area, event->position().y()),
                                      s.shown.time.step_at(area, event->position().x())));
}

/// Whole rows and steps under the brushed part.
void RasterView::zoomTo(const QRectF &brush) {
  State &s = *state_;
  const QRectF area = plotArea();
  const int top = s.shown.row_axis.row_at(area, brush.top()),
            bottom = s.shown.row_axis.row_at(area, brush.bottom() - 1e-6) + 1;
  const int left = s.shown.time.step_at(area, brush.left()),
            right = s.shown.time.step_at(area, brush.right() - 1e-6) + 1;
  s.shown.row_axis.first = top;
  s.shown.row_axis.last = std::max(bottom, top + 1);
  s.shown.time.first = left;
  s.shown.time.last = std::max(right, left + 1);
  zoomed(true);
}

void RasterView::mouseReleaseEvent(QMouseEvent *) {
  State &s = *state_;
  if (s.drag == State::Drag::brush) {
    if (const QRectF brush = QRectF(s.drag_from, s.drag_to).normalized() & plotArea();
        brush.width() > 6 && brush.height() > 6)
      zoomTo(brush);
    update();
  }
  s.drag = State::Drag::none;
}

void RasterView::mouseDoubleClickEvent(QMouseEvent *) {
  state_->drag = State::Drag::none;
  resetZoom();
}

void RasterView::wheelEvent(QWheelEvent *event) {
  refresh();
  State &s = *state_;
  const int turn = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
  if (s.shown.rows.empty() || turn == 0)
    return;
  const QRectF area = plotArea();
  const double factor = std::pow(0.8, turn / 120.0);
  const bool time = event->modifiers() & Qt::ControlModifier;
  if (time) {
    s.shown.time.zoom(s.shown.time.step_value(area, event->position().x()), factor);
  } else {
    s.shown.row_axis.zoom(s.shown.row_axis.row_value(area, event->position().y()), factor);
  }
  event->accept();
  zoomed(time);
}

void RasterView::keyPressEvent(QKeyEvent *event) {
  refresh();
  State &s = *state_;
  if (s.shown.rows.empty())
    return QWidget::keyPressEvent(event);
  const int row = (s.shown.neuron ? s.shown.rows.row_of(*s.shown.neuron) : std::nullopt).value_or(-1);
  const auto go_to_row = [&](int wanted) {
    s.shown.neuron = s.shown.rows.neuron_at(std::clamp(wanted, 0, s.shown.rows.rows() - 1));
    Q_EMIT neuronSelected(s.shown.neuron);
    update();
  };
  switch (event->key()) {
  case Qt::Key_Escape:
    return zoomText().isEmpty() ? QWidget::keyPressEvent(event) : resetZoom();
  case Qt::Key_Left:
    return selectStep(s.shown.step ? std::max(0, *s.shown.step - 1) : s.shown.rows.steps() - 1);
  case Qt::Key_Right:
    return selectStep(s.shown.step ? std::min(s.shown.rows.steps() - 1, *s.shown.step + 1) : 0);
  case Qt::Key_Up:
    return go_to_row(row < 0 ? s.shown.rows.rows() - 1 : row - 1);
  case Qt::Key_Down:
    return go_to_row(row + 1);
  default:
    QWidget::keyPressEvent(event);
  }
}

void RasterView::leaveEvent(QEvent *) { Q_EMIT hoverText({}); }

bool RasterView::unitEvent(QEvent *event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
      !zoomText().isEmpty())
    event->accept(); // before Esc clears the selection it shows all again
  if (event->type() == QEvent::ToolTip) {
    refresh();
    const State &s = *state_;
    const auto *help = static_cast<QHelpEvent *>(event);
    const QRectF area = plotArea();
    if (!s.shown.rows.empty() && area.contains(help->pos()))
      QToolTip::showText(
          help->globalPos(),
          s.shown.describe(s.shown.row_axis.row_at(area, help->y()), s.shown.time.step_at(area, help->x())),
          this);
    else
      QToolTip::hideText();
    return true;
  }
  return QWidget::event(event);
}

} // namespace duet::ui
