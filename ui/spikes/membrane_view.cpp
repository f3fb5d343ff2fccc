#include "ui/spikes/membrane_view.h"
#include "ui/plots/export_desk.h"
#include "ui/spikes/membrane_picture.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace duet::ui {
namespace {

constexpr double top_margin = 7;

} // namespace

struct MembraneView::State {
  std::shared_ptr<const Inspection> inspection;
  Phase phase = Phase::empty;
  SpikeRows rows;
  bool stale = true;
  MembranePicture picture;
  double left = 0;
  std::optional<NeuronId> wished;     ///< selected by the person
  std::optional<NeuronId> automatic;  ///< the busiest one when first looked at; kept while it is there
  std::optional<NeuronId> scaled_for; ///< whose scale the picture has
  QToolButton *fit = nullptr;

  std::optional<NeuronId> shown() const { return wished && rows.row_of(*wished) ? wished : automatic; }

  void refresh() {
    if (stale) {
      stale = false;
      const int steps_before = rows.steps();
      rows = SpikeRows(inspection, picture.voices);
      if (rows.steps() != steps_before)
        picture.time.show_all(rows.steps());
      if (!rows.empty() && (!automatic || !rows.row_of(*automatic)))
        automatic = rows.busiest();
    }
    const std::optional<NeuronId> neuron = shown();
    picture.trace = neuron ? membrane_trace(rows, *neuron) : MembraneTrace();
    picture.neuron = neuron.value_or(NeuronId{});
    if (neuron && !picture.trace.membrane.empty() && scaled_for != neuron) {
      picture.scale = fitted_scale(picture.trace, picture.settings);
      scaled_for = neuron;
    }
  }
  QRectF area(const QRectF &widget) const {
    const double height = widget.height() - top_margin - time_axis_height;
    return widget.adjusted(std::max(left, picture.left_needed(height)), top_margin, -time_plot_right,
                           -time_axis_height);
  }
};

MembraneView::MembraneView(QWidget *parent) : UnitWidget(parent), state_(std::make_unique<State>()) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Membrane potential of the selected neuron"));
  state_->fit = new QToolButton(this);
  state_->fit->setObjectName(QStringLiteral("fitMembrane"));
  state_->fit->setText(tr("Fit"));
  set_text_font(state_->fit, 10);
  state_->fit->setProperty("small", true);
  state_->fit->setFocusPolicy(Qt::TabFocus);
  state_->fit->setToolTip(tr("Fits the scale to this neuron's membrane; until then it stays as it is."));
  state_->fit->setAccessibleName(tr("Fit the scale"));
  offer_export(this, *this);
  connect(state_->fit, &QToolButton::clicked, this, &MembraneView::fitScale);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

MembraneView::~MembraneView() = default;

void MembraneView::setView(const std::shared_ptr<const SessionView> &view) {
  State &s = *state_;
  const auto inspection = view ? view->training.inspection : nullptr;
  const NeuronSettings settings = view ? view->experiment.spiking.neuron : NeuronSettings{};
  const double dt_ms = view ? view->experiment.spiking.dt_ms : 1;
  const Phase phase = view ? view->phase : Phase::empty;
  const Voices voices = view ? Voices(view->experiment) : Voices();
  if (inspection == s.inspection && voices == s.picture.voices && settings == s.picture.settings &&
      dt_ms == s.picture.time.dt_ms && (inspection || phase == s.phase)) {
    s.phase = phase;
    return;
  }
  if (!(settings == s.picture.settings))
    s.scaled_for.reset(); // the person made it another neuron
  s.inspection = inspection;
  s.picture.settings = settings;
  s.picture.voices = voices;
  s.phase = phase;
  s.picture.time.dt_ms = dt_ms;
  s.stale = true;
  update();
}

void MembraneView::setStep(std::optional<int> step) {
  if (step == state_->picture.step)
    return;
  state_->picture.step = step;
  update();
}

void MembraneView::setNeuron(std::optional<NeuronId> neuron) {
  if (neuron == state_->wished)
    return;
  if (!neuron && state_->shown() == state_->wished)
    state_->automatic = state_->wished; // let go of, not exchanged
  state_->wished = neuron;
  update();
  Q_EMIT leftNeededChanged();
}

void MembraneView::setTimeRange(double first_step, double last_step) {
  TimeAxis &axis = state_->picture.time;
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

MembraneScale MembraneView::scale() const {
  state_->refresh();
  return state_->picture.scale;
}

void MembraneView::fitScale() {
  state_->scaled_for.reset();
  state_->refresh();
  update();
  Q_EMIT leftNeededChanged();
}

double MembraneView::leftNeeded() const {
  state_->refresh();
  return state_->picture.left_needed(unitHeight() - top_margin - time_axis_height);
}

void MembraneView::setLeft(double px) {
  if (px == state_->left)
    return;
  state_->left = px;
  placeButton();
  update();
}

QSize MembraneView::minimumSizeHint() const { return px({130, 66}); }
QString MembraneView::exportName() const { return QStringLiteral("membrane"); }
QSize MembraneView::exportSize() const { return unitRect().size().toSize().expandedTo({480, 220}); }

QString MembraneView::exportTitle() const { return tr("Membrane of the shown neuron"); }

void MembraneView::paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) {
  State &s = *state_;
  s.refresh();
  if (!s.shown())
    return draw_empty(painter, target, tr("No membrane: there is no spiking layer."), palette);
  s.picture.paint_figure(painter, target, palette,
                         tr("Membrane of %1, test image %2")
                             .arg(neuron_name(s.picture.neuron, s.picture.voices))
                             .arg(s.inspection->index));
}

void MembraneView::addToMenu(QMenu &menu) {
  menu.addAction(tr("Fit the scale"), this, &MembraneView::fitScale);
}

QString MembraneView::toCsv() const {
  state_->refresh();
  return membrane_csv(state_->picture.trace, state_->picture.time.dt_ms);
}

void MembraneView::paintEvent(QPaintEvent *) {
  State &s = *state_;
  s.refresh();
  placeButton();
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!s.shown()) {
    if (s.inspection)
      draw_empty(painter, unitRect(), tr("No membrane: there is no spiking layer."), theme().palette());
    return;
  }
  s.picture.paint(painter, s.area(unitRect()), 0, theme().palette());
  if (showsKeys())
    draw_focus(painter, s.area(unitRect()), theme().palette());
}

/// In the corner that numbers and axis leave free.
void MembraneView::placeButton() {
  State &s = *state_;
  const QRectF area = s.area(unitRect());
  s.fit->setVisible(s.shown().has_value());
  s.fit->setGeometry(0, std::min(px(area.bottom() + 14), height() - px(19)),
                     px(std::max(26.0, area.left() - 4)), px(19));
}

void MembraneView::resizeEvent(QResizeEvent *) {
  placeButton();
  Q_EMIT leftNeededChanged();
}

void MembraneView::selectStep(std::optional<int> step) {
  State &s = *state_;
  if (step == s.picture.step)
    return;
  s.picture.step = step;
  Q_EMIT stepSelected(step);
  spoken_changed(this);
  update();
}

/// "neuron 3 of the spiking branch, layer 1, step 4 (4 ms): membrane 0.731, 1 spike"
QString MembraneView::describe(int step) const {
  const State &s = *state_;
  const auto at = static_cast<std::size_t>(step);
  if (!s.shown() || at >= s.picture.trace.membrane.size())
    return {};
  return tr("%1, %2: membrane %3, %4")
      .arg(neuron_name(*s.shown(), s.picture.voices), step_text(s.picture.time, step),
           QString::number(s.picture.trace.membrane[at], 'f', 3),
           counted(s.picture.trace.spikes[at], tr("spike")));
}

QString MembraneView::spokenText() const {
  State &s = *state_;
  s.refresh();
  if (!s.shown())
    return tr("No membrane: there is no spiking layer.");
  if (s.picture.step)
    return describe(*s.picture.step);
  const MembraneTrace &trace = s.picture.trace;
  return tr("%1: %2, membrane from %3 to %4")
      .arg(neuron_name(*s.shown(), s.picture.voices),
           counted(std::accumulate(trace.spikes.begin(), trace.spikes.end(), 0), tr("spike")),
           QString::number(trace.lowest(), 'f', 3), QString::number(trace.highest(), 'f', 3));
}

void MembraneView::mousePressEvent(QMouseEvent *event) {
  State &s = *state_;
  s.refresh();
  if (!s.rows.empty() && event->button() == Qt::LeftButton)
    selectStep(s.picture.time.step_at(s.area(unitRect()), event->position().x()));
}

void MembraneView::mouseMoveEvent(QMouseEvent *event) {
  State &s = *state_;
  s.refresh();
  if (!s.shown())
    return;
  const int step = s.picture.time.step_at(s.area(unitRect()), event->position().x());
  if (const QString text = describe(step); !text.isEmpty())
    Q_EMIT hoverText(text);
  if (event->buttons() & Qt::LeftButton)
    selectStep(step);
}

void MembraneView::keyPressEvent(QKeyEvent *event) {
  State &s = *state_;
  s.refresh();
  const int last = s.rows.steps() - 1;
  if (s.rows.empty() || (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right))
    return QWidget::keyPressEvent(event);
  const bool right = event->key() == Qt::Key_Right;
  selectStep(s.picture.step ? std::clamp(*s.picture.step + (right ? 1 : -1), 0, last) : right ? 0 : last);
  Q_EMIT hoverText(describe(*s.picture.step));
}

void MembraneView::mouseDoubleClickEvent(QMouseEvent *) { fitScale(); }

void MembraneView::leaveEvent(QEvent *) { Q_EMIT hoverText({}); }

} // namespace duet::ui
