#include "ui/canvas/canvas_view.h"
#include "ui/canvas/canvas_parts.h"
#include "ui/data/class_name.h"
#include "ui/data/image_voices.h"
#include "ui/plots/export_desk.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QTextDocumentFragment>
#include <QTimer>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr int crawl_interval_ms = 40, picture_interval_ms = 60;
constexpr double crawl_speed = 0.03; ///< units a ms
constexpr QSize designed(920, 498);  ///< units
constexpr double largest_growth = 1.75;

} // namespace

struct CanvasView::State {
  std::shared_ptr<const SessionView> view;
  std::shared_ptr<const CircuitWeights> weights;
  std::vector<int> muting; ///< gates left out of the count
  CanvasScene scene;
  std::shared_ptr<const ShownCircuit> drawn; ///< what the scene's circuit is
  QPixmap picture;                           ///< all but the ribbons
  bool stale = true;
  QElapsedTimer since_picture;
  QTimer crawl_timer, picture_timer;
  QElapsedTimer crawl_clock;
  double crawl = 0;
  CanvasHit hovered;
  CanvasHit current; ///< where the keys are
  QString words(const CanvasHit &hit) const {
    return QTextDocumentFragment::fromHtml(scene.describe(hit)).toPlainText();
  }
  int repaints = 0;
};

CanvasView::CanvasView(QWidget *parent) : UnitWidget(parent), state_(std::make_unique<State>()) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("The model at work on the selected image"));
  offer_export(this, *this);
  connect(&theme(), &Theme::changed, this, [this] { repaintNow(); });
  state_->crawl_timer.setInterval(crawl_interval_ms);
  connect(&state_->crawl_timer, &QTimer::timeout, this, [this] {
    State &s = *state_;
    s.crawl += crawl_speed * static_cast<double>(s.crawl_clock.restart());
    const CanvasLayout &layout = s.scene.layout;
    const auto wide = [this](const QRectF &r) {
      const QRectF around = r.adjusted(-13, -13, 13, 13);
      return QRectF(around.topLeft() * unit(), around.size() * unit()).toAlignedRect();
    };
    QRegion ribbons;
    for (const QPainterPath *path : {&layout.image_to_upper, &layout.image_to_lower, &layout.upper_to_mixer,
                                     &layout.lower_to_mixer, &layout.upper_to_lower})
      if (!path->isEmpty())
        ribbons += wide(path->boundingRect());
    update(ribbons);
  });
  state_->picture_timer.setSingleShot(true);
  connect(&state_->picture_timer, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

CanvasView::~CanvasView() = default;

/// At most every 60 ms: a training run sends 30 pictures a second, the eye needs fewer.
void CanvasView::repaintPicture() {
  State &s = *state_;
  s.stale = true;
  if (!isVisible() || s.picture_timer.isActive())
    return;
  const qint64 age = s.since_picture.isValid() ? s.since_picture.elapsed() : picture_interval_ms;
  if (age >= picture_interval_ms)
    update();
  else
    s.picture_timer.start(static_cast<int>(picture_interval_ms - age));
}

/// What the person did is seen at once.
void CanvasView::repaintNow() {
  state_->stale = true;
  state_->picture_timer.stop();
  update();
}

void CanvasView::takeCircuit() {
  State &s = *state_;
  s.drawn = s.view ? s.view->circuit : nullptr;
  s.scene.circuit_remark.clear();
  s.scene.circuit.setCircuit(s.drawn ? s.drawn->circuit : Circuit{});
  s.scene.circuit_problem = s.drawn ? QString() : tr("The circuit appears here once the data are loaded.");
  if (!s.drawn)
    return;
  const int weights = used_weight_count(s.drawn->circuit), acting = s.drawn->acting;
  s.scene.circuit_remark = counted(weights, tr("weight"));
  if (acting < weights)
    s.scene.circuit_remark += acting == 1 ? tr(", 1 acts") : tr(", %1 act").arg(acting);
}

void CanvasView::setView(std::shared_ptr<const SessionView> view) {
  State &s = *state_;
  if (!view && !s.view)
    return;
  const auto before = std::move(s.view);
  s.view = std::move(view);
  const SessionView empty;
  const SessionView &now = s.view ? *s.view : empty;
  const QString failure =
      now.phase == Phase::failed && now.notice ? QString::fromStdString(now.notice->text) : QString();
  const bool shape_changes = !before || !(now.experiment == s.scene.experiment);
  const bool changes = shape_changes || now.training.inspection != s.scene.inspection ||
                       now.training.circuit_weights != s.weights || failure != s.scene.failure ||
                       now.muting != s.muting || (now.phase != s.scene.phase && !now.training.inspection);
  s.scene.phase = now.phase;
  s.scene.failure = failure;
  if (shape_changes)
    s.scene.experiment = now.experiment;
  s.scene.inspection = now.training.inspection;
  s.weights = now.training.circuit_weights;
  s.muting = now.muting;
  const bool crawls = (now.phase == Phase::running || now.phase == Phase::evaluating) && isVisible();
  if (crawls != s.crawl_timer.isActive()) {
    s.crawl_clock.restart();
    crawls ? s.crawl_timer.start() : s.crawl_timer.stop();
  }
  if (changes)
    repaintPicture();
}

void CanvasView::setRatio(double ratio) {
  if (ratio == state_->scene.ratio)
    return;
  state_->scene.ratio = ratio;
  repaintNow();
}

void CanvasView::setStep(std::optional<int> step) {
  if (step == state_->scene.step)
    return;
  state_->scene.step = step;
  repaintNow();
}

void CanvasView::setNeuron(std::optional<NeuronId> neuron) {
  if (neuron == state_->scene.neuron)
    return;
  state_->scene.neuron = neuron;
  repaintNow();
}

void CanvasView::setClass(std::optional<int> output) {
  if (output == state_->scene.output)
    return;
  state_->scene.output = output;
  repaintNow();
}

void CanvasView::setGate(std::optional<int> operation) {
  if (operation.value_or(-1) == state_->scene.circuit.selected())
    return;
  state_->scene.circuit.setSelected(operation.value_or(-1));
  repaintNow();
}

QSize CanvasView::sizeHint() const { return px(designed); }
QSize CanvasView::minimumSizeHint() const { return px(smallest_canvas); }
/// The picture grows with its space, more slowly than that does: what is gained goes to text and to detail.
double CanvasView::unitAt(const QSize &size) const {
  const double room = std::min(size.width() / (text_scale() * designed.width()),
                               size.height() / (text_scale() * designed.height()));
  return text_scale() * std::clamp(std::sqrt(room), 1.0, largest_growth);
}
QString CanvasView::exportName() const { return QStringLiteral("model"); }
QString CanvasView::exportTitle() const { return tr("The model at the selected image"); }
QSize CanvasView::exportSize() const { return unitRect().size().toSize().expandedTo({700, 400}); }
int CanvasView::repaints() const { return state_->repaints; }

/// Brings circuit, values and places up to date before painting or asking what is where.
void CanvasView::prepare(QSizeF size) {
  State &s = *state_;
  CanvasScene &scene = s.scene;
  if (s.drawn != (s.view ? s.view->circuit : nullptr))
    takeCircuit();
  scene.layout = canvas_layout(size, scene.experiment, scene.circuit.circuit().qubits);
  scene.circuit.setWeights(s.weights ? s.weights->value : std::vector<float>(),
                           s.weights ? s.weights->gradient : std::vector<float>());
  scene.circuit.setMuted(s.muting);
  const Answer *said = scene.answer();
  scene.circuit.setInspection(said ? said->expectation_z : std::vector<double>(),
                              said ? said->angles : std::vector<float>());
}

void CanvasView::paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) {
  painter.save();
  painter.translate(target.topLeft());
  prepare(target.size());
  painter.fillRect(QRectF(QPointF(), target.size()), palette.bg);
  painter.setRenderHint(QPainter::Antialiasing);
  state_->scene.paint(painter, palette);
  state_->scene.paint_ribbons(painter, state_->crawl, palette);
  painter.restore();
  prepare(unitRect().size());
}

void CanvasView::paintEvent(QPaintEvent *) {
  State &s = *state_;
  const double ratio = devicePixelRatioF();
  if (s.stale || s.picture.size() != size() * ratio) {
    ++s.repaints;
    prepare(unitRect().size());
    s.picture = QPixmap(size() * ratio);
    s.picture.setDevicePixelRatio(ratio * unit());
    s.picture.fill(theme().palette().bg);
    QPainter painter(&s.picture);
    painter.setRenderHint(QPainter::Antialiasing);
    s.scene.paint(painter, theme().palette());
    s.stale = false;
    s.since_picture.start();
  }
  UnitPainter painter(this);
  painter.drawPixmap(0, 0, s.picture);
  s.scene.paint_ribbons(painter, s.crawl, theme().palette());
  if (!showsKeys())
    return;
  painter.setRenderHint(QPainter::Antialiasing);
  const std::vector<CanvasPart> parts = canvas_parts(s.scene);
  const auto current = std::ranges::find(parts, s.current, &CanvasPart::hit);
  draw_focus(painter, current != parts.end() ? current->where.adjusted(-3, -3, 3, 3) : unitRect(),
             theme().palette());
}

QString CanvasView::spokenText() const {
  const CanvasScene &scene = state_->scene;
  const Answer *said = scene.answer();
  if (!said)
    return tr("No image is selected yet.");
  const ClassBars bars = scene.answer_bars();
  return tr("%1: truth %2, answer %3 with probability %4")
      .arg(scene.answer_caption(), class_name(scene.experiment.data.classes, scene.inspection->target),
           bars.names[static_cast<std::size_t>(bars.top())],
           QString::number(bars.value[static_cast<std::size_t>(bars.top())], 'f', 3));
}

int CanvasView::spokenParts() const { return static_cast<int>(canvas_parts(state_->scene).size()); }

SpokenPart CanvasView::spokenPart(int index) const {
  const State &s = *state_;
  const std::vector<CanvasPart> parts = canvas_parts(s.scene);
  const CanvasPart &part = parts.at(static_cast<std::size_t>(index));
  using Kind = CanvasHit::Kind;
  const bool selected = part.hit.kind == Kind::neuron ? s.scene.neuron == part.hit.neuron
                        : part.hit.kind == Kind::gate ? s.scene.circuit.selected() == part.hit.index
                        : part.hit.kind == Kind::logit || part.hit.kind == Kind::answer
                            ? s.scene.output == part.hit.index
                            : false;
  return {s.words(part.hit), part.where.toAlignedRect(), selected};
}

QString CanvasView::toCsv() const {
  QString csv = QStringLiteral("class,logit_spiking,logit_quantum,probability\n");
  const Answer *said = state_->scene.answer();
  if (!said)
    return csv;
  const ImageVoices voices = voices_of(*said, state_->scene.ratio);
  for (std::size_t k = 0; k < 10; ++k)
    csv += QStringLiteral("%1,%2,%3,%4\n")
               .arg(k)
               .arg(said->logits_spiking ? number_text((*said->logits_spiking)[k]) : QString(),
                    said->logits_quantum ? number_text((*said->logits_quantum)[k]) : QString(),
                    number_text(voices.probabilities[k]));
  return csv;
}

void CanvasView::resizeEvent(QResizeEvent *) { prepare(unitRect().size()); }

void CanvasView::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  State &s = *state_;
  if (s.scene.phase == Phase::running) {
    s.crawl_clock.restart();
    s.crawl_timer.start();
  }
}

void CanvasView::hideEvent(QHideEvent *event) {
  QWidget::hideEvent(event);
  state_->crawl_timer.stop();
}

void CanvasView::hover(const CanvasHit &hit) {
  State &s = *state_;
  if (hit == s.hovered)
    return;
  const bool gate_changes = (hit.kind == CanvasHit::Kind::gate) || (s.hovered.kind == CanvasHit::Kind::gate);
  s.hovered = hit;
  if (gate_changes) {
    s.scene.circuit.setHovered(hit.kind == CanvasHit::Kind::gate ? hit.index : -1);
    repaintNow();
  }
  Q_EMIT hoverText(s.words(hit));
}

void CanvasView::mouseMoveEvent(QMouseEvent *event) {
  const CanvasHit hit = state_->scene.hit(event->position());
  using Kind = CanvasHit::Kind;
  const bool clickable = hit.kind == Kind::image || hit.kind == Kind::neuron || hit.kind == Kind::gate ||
                         hit.kind == Kind::answer || hit.kind == Kind::logit;
  setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
  hover(hit);
}

void CanvasView::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton)
    return;
  const CanvasHit hit = state_->scene.hit(event->position());
  state_->current = hit;
  activate(hit, event->modifiers() & Qt::ShiftModifier);
}

void CanvasView::activate(const CanvasHit &hit, bool backwards) {
  const State &s = *state_;
  using Kind = CanvasHit::Kind;
  switch (hit.kind) {
  case Kind::image:
    if (backwards)
      Q_EMIT previousImageWanted();
    else
      Q_EMIT nextImageWanted();
    break;
  case Kind::neuron:
    Q_EMIT neuronSelected(s.scene.neuron == hit.neuron ? std::nullopt : std::optional(hit.neuron));
    break;
  case Kind::logit:
  case Kind::answer:
    Q_EMIT classSelected(s.scene.output == hit.index ? std::nullopt : std::optional(hit.index));
    break;
  case Kind::gate:
    Q_EMIT gateSelected(hit.index);
    break;
  default:
    break;
  }
}

void CanvasView::keyPressEvent(QKeyEvent *event) {
  State &s = *state_;
  prepare(QSizeF(size()));
  const std::vector<CanvasPart> parts = canvas_parts(s.scene);
  CanvasHit wanted = s.current;
  switch (event->key()) {
  case Qt::Key_Right:
  case Qt::Key_Down:
    wanted = part_beside(parts, s.current, 1);
    break;
  case Qt::Key_Left:
  case Qt::Key_Up:
    wanted = part_beside(parts, s.current, -1);
    break;
  case Qt::Key_PageDown:
    wanted = group_beside(parts, s.current, 1);
    break;
  case Qt::Key_PageUp:
    wanted = group_beside(parts, s.current, -1);
    break;
  case Qt::Key_Return:
  case Qt::Key_Enter:
    return activate(s.current, event->modifiers() & Qt::ShiftModifier);
  default:
    return QWidget::keyPressEvent(event);
  }
  s.current = wanted;
  hover(wanted);
  update();
}

void CanvasView::wheelEvent(QWheelEvent *event) {
  const State &s = *state_;
  const int turn = event->angleDelta().y();
  if (turn == 0 || s.scene.hit(event->position()).kind != CanvasHit::Kind::mixer)
    return event->ignore();
  event->accept();
  Q_EMIT ratioWanted(
      std::clamp(std::round(100 * (s.scene.ratio + (turn > 0 ? 0.01 : -0.01))) / 100, 0.0, 1.0));
}

void CanvasView::leaveEvent(QEvent *) {
  state_->hovered = {};
  state_->scene.circuit.setHovered(-1);
  Q_EMIT hoverText({});
}

bool CanvasView::unitEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = state_->scene.describe(state_->scene.hit(help->pos()));
    if (text.isEmpty())
      QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

} // namespace duet::ui
