#include "ui/spikes/membrane_view.h"
#include "engine/spiking/neuron_kinds.h"
#include "engine/spiking/one_neuron.h"
#include "ui/plots/axis_ticks.h"
#include "ui/plots/number_text.h"
#include "ui/spikes/spike_rows.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <vector>

namespace duet::ui {

struct MembraneView::State {
  std::shared_ptr<const Inspection> inspection;
  Phase phase = Phase::empty;
  std::uint64_t run_id = 0;
  NeuronSettings settings;
  double dt_ms = 1;
  SpikeRows rows;
  bool stale = true;
  TimeAxis axis;
  std::optional<int> step;
  std::optional<NeuronId> wished;    ///< selected by the person
  std::optional<NeuronId> automatic; ///< the busiest one, kept while the image and the run stay

  void refresh() {
    if (!stale)
      return;
    stale = false;
    const int steps_before = rows.steps();
    rows = SpikeRows(inspection);
    if (rows.steps() != steps_before)
      axis.show_all(rows.steps());
    if (!automatic || !rows.row_of(*automatic))
      automatic = rows.busiest();
  }
  std::optional<NeuronId> shown() const { return wished && rows.row_of(*wished) ? wished : automatic; }
  QRectF area(const QRectF &widget) const {
    return widget.adjusted(time_plot_left, 4, -12, -time_axis_height);
  }
};

namespace {

struct Trace {
  std::vector<double> membrane; ///< [step], after input, before reset
  std::vector<double> after;    ///< [step], after reset
  std::vector<int> spikes;      ///< [step]
};

Trace trace_of(const SpikeRows &rows, const NeuronId &neuron) {
  Trace trace;
  const LayerRecord *record = rows.record_of(neuron);
  if (!record)
    return trace;
  const auto width = static_cast<std::size_t>(record->neurons),
             place = static_cast<std::size_t>(neuron.neuron);
  for (std::size_t step = 0; step < static_cast<std::size_t>(record->steps); ++step) {
    const std::size_t at = step * width + place;
    if (at < record->membrane.size() && at < record->after.size()) {
      trace.membrane.push_back(static_cast<double>(record->membrane[at]));
      trace.after.push_back(static_cast<double>(record->after[at]));
    }
    trace.spikes.push_back(record->spikes[at]);
  }
  return trace;
}

} // namespace

MembraneView::MembraneView(QWidget *parent) : QWidget(parent), state_(std::make_unique<State>()) {
  setMouseTracking(true);
  setAccessibleName(QStringLiteral("Membrane potential of the selected neuron"));
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

MembraneView::~MembraneView() = default;

void MembraneView::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  const auto inspection = view ? view->training.inspection : nullptr;
  const NeuronSettings settings = view ? view->experiment.spiking.neuron : NeuronSettings{};
  const double dt_ms = view ? view->experiment.spiking.dt_ms : 1;
  const Phase phase = view ? view->phase : Phase::empty;
  if (inspection == s.inspection && settings == s.settings && dt_ms == s.dt_ms &&
      (inspection || phase == s.phase)) {
    s.phase = phase;
    return;
  }
  if (!inspection || !s.inspection || inspection->index != s.inspection->index || view->run_id != s.run_id)
    s.automatic.reset();
  s.run_id = view ? view->run_id : 0;
  s.inspection = inspection;
  s.settings = settings;
  s.phase = phase;
  s.dt_ms = s.axis.dt_ms = dt_ms;
  s.stale = true;
  update();
}

void MembraneView::setStep(std::optional<int> step) {
  if (step == state_->step)
    return;
  state_->step = step;
  update();
}

void MembraneView::setNeuron(std::optional<NeuronId> neuron) {
  if (neuron == state_->wished)
    return;
  state_->wished = neuron;
  update();
}

void MembraneView::setTimeRange(double first_step, double last_step) {
  TimeAxis &axis = state_->axis;
  if ((axis.first == first_step && axis.last == last_step) || !(last_step > first_step))
    return;
  axis.first = first_step;
  axis.last = last_step;
  update();
}

std::optional<NeuronId> MembraneView::shownNeuron() const {
  state_->refresh();
  return state_->shown();
}

QSize MembraneView::minimumSizeHint() const { return {140, 84}; }
QString MembraneView::exportName() const { return QStringLiteral("membrane"); }
QSize MembraneView::exportSize() const { return {std::max(width(), 480), std::max(height(), 220)}; }

namespace {

/// The trace in its frame: ticks, threshold, the line with its resets and a dot at every crossing.
struct TracePlot {
  QRectF area;
  AxisTicks y;
  double crossing = 1;
  Voice voice = Voice::spiking;
  double y_at(double value) const {
    return area.bottom() - (value - y.min) / (y.max - y.min) * area.height();
  }
};

AxisTicks trace_ticks(const Trace &trace, const NeuronSettings &settings, double height) {
  double low = std::min({0.0, settings.v_rest, settings.v_reset}), high = crossing(settings) * 1.15;
  for (std::size_t k = 0; k < trace.membrane.size(); ++k) {
    low = std::min({low, trace.membrane[k], trace.after[k]});
    high = std::max(high, trace.membrane[k]);
  }
  return nice_ticks(low, high, std::clamp(static_cast<int>(height / 30), 2, 6));
}

void paint_frame(QPainter &painter, const TracePlot &plot, double left, const Palette &palette) {
  painter.setFont(font(11));
  for (const double value : plot.y.values()) {
    const double y = std::round(plot.y_at(value)) + 0.5;
    painter.setPen(QPen(palette.line, 1));
    painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y));
    painter.setPen(palette.soft);
    draw_tabular(painter, QRectF(left, y - 8, plot.area.left() - left - 5, 16),
                 Qt::AlignRight | Qt::AlignVCenter, plot.y.text(value));
  }
}

void paint_trace(QPainter &painter, const TracePlot &plot, const TimeAxis &axis, const Trace &trace,
                 const Palette &palette) {
  painter.save();
  painter.setClipRect(plot.area.adjusted(-1, -4, 1, 2));
  QPolygonF line, crossings;
  for (std::size_t k = 0; k < trace.membrane.size(); ++k) {
    const double x = axis.x_at(plot.area, static_cast<double>(k) + 0.5);
    line << QPointF(x, plot.y_at(trace.membrane[k]));
    if (trace.spikes[k] > 0) {
      crossings << line.back();
      line << QPointF(x, plot.y_at(trace.after[k]));
    }
  }
  painter.setPen(QPen(palette.color(plot.voice), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(line);
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette.color(plot.voice));
  for (const QPointF &crossing : crossings)
    painter.drawEllipse(crossing, 2.4, 2.4);
  painter.restore();
}

void paint_threshold(QPainter &painter, const TracePlot &plot, const QString &name, const Palette &palette) {
  const double y = plot.y_at(plot.crossing);
  painter.setPen(QPen(palette.soft, 1.2, Qt::DashLine));
  painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y));
  painter.setFont(font(11));
  const double width = QFontMetricsF(painter.font()).horizontalAdvance(name);
  const QRectF place(plot.area.right() - 5 - width, y - 16, width + 2, 14);
  QColor ground = palette.panel;
  ground.setAlphaF(0.8F);
  painter.fillRect(place.adjusted(-2, 0, 1, 0), ground);
  painter.setPen(palette.soft);
  painter.drawText(place, Qt::AlignCenter, name);
}

} // namespace

void MembraneView::paintTo(QPainter &painter, const QRectF &target) {
  State &s = *state_;
  s.refresh();
  const Palette &colours = theme().palette();
  const std::optional<NeuronId> neuron = s.shown();
  if (!neuron) {
    if (s.inspection)
      draw_empty(painter, target, QStringLiteral("No membrane: there is no spiking layer."), colours);
    return;
  }
  const Trace trace = trace_of(s.rows, *neuron);
  const bool in_branch = neuron->stack == Stack::spiking;
  TracePlot plot{s.area(target), {}, crossing(s.settings), in_branch ? Voice::spiking : Voice::quantum};
  if (plot.area.width() < 10 || plot.area.height() < 10)
    return;
  plot.y = trace_ticks(trace, s.settings, plot.area.height());
  paint_frame(painter, plot, target.left(), colours);
  paint_trace(painter, plot, s.axis, trace, colours);
  paint_threshold(painter, plot,
                  facts(s.settings.kind).has_threshold ? QStringLiteral("threshold")
                                                       : QStringLiteral("one spike"),
                  colours);
  painter.setPen(colours.ink(plot.voice));
  painter.drawText(QRectF(plot.area.left() + 5, plot.area.bottom() + 17, plot.area.width() / 2, 15),
                   Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("neuron %1").arg(neuron->neuron));
  paint_time_cursor(painter, plot.area, s.axis, s.step);
  paint_time_axis(painter, plot.area, s.axis);
}

QString MembraneView::toCsv() const {
  state_->refresh();
  QString csv = QStringLiteral("step,time_ms,membrane,spikes\n");
  const std::optional<NeuronId> neuron = state_->shown();
  if (!neuron)
    return csv;
  const Trace trace = trace_of(state_->rows, *neuron);
  for (std::size_t k = 0; k < trace.membrane.size(); ++k)
    csv += QStringLiteral("%1,%2,%3,%4\n")
               .arg(k)
               .arg(number_text(static_cast<double>(k + 1) * state_->dt_ms), number_text(trace.membrane[k]))
               .arg(trace.spikes[k]);
  return csv;
}

void MembraneView::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintTo(painter, QRectF(rect()));
}

void MembraneView::mousePressEvent(QMouseEvent *event) {
  State &s = *state_;
  s.refresh();
  if (s.rows.empty())
    return;
  const std::optional<int> step =
      event->button() == Qt::RightButton
          ? std::nullopt
          : std::optional<int>(s.axis.step_at(s.area(QRectF(rect())), event->position().x()));
  if (step == s.step)
    return;
  s.step = step;
  Q_EMIT stepSelected(step);
  update();
}

void MembraneView::mouseMoveEvent(QMouseEvent *event) {
  State &s = *state_;
  s.refresh();
  const std::optional<NeuronId> neuron = s.shown();
  if (!neuron)
    return;
  const int step = s.axis.step_at(s.area(QRectF(rect())), event->position().x());
  const Trace trace = trace_of(s.rows, *neuron);
  if (static_cast<std::size_t>(step) < trace.membrane.size())
    Q_EMIT hoverText(QStringLiteral("%1, %2: membrane %3, %4 spike%5")
                         .arg(neuron_name(*neuron), step_text(s.axis, step),
                              QString::number(trace.membrane[static_cast<std::size_t>(step)], 'f', 3))
                         .arg(trace.spikes[static_cast<std::size_t>(step)])
                         .arg(trace.spikes[static_cast<std::size_t>(step)] == 1 ? "" : "s"));
  if (event->buttons() & Qt::LeftButton && s.step != step) {
    s.step = step;
    Q_EMIT stepSelected(s.step);
    update();
  }
}

void MembraneView::leaveEvent(QEvent *) { Q_EMIT hoverText({}); }

} // namespace duet::ui
