#include "ui/editor/editor_view.h"
#include "engine/circuit/gates.h"
#include "ui/circuit/lettering.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include <QApplication>
#include <QMouseEvent>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr double spare_cells = 2;                   // behind the last column, where a gate can be put
constexpr double least_cell = 34, least_row = 28;   // pixels
constexpr double hand_width = 40, hand_height = 26; // of the gate at the pointer
constexpr double bin_width = 14, bin_height = 16;

bool same_gates(const Circuit &a, const Circuit &b) {
  return a.qubits == b.qubits &&
         std::ranges::equal(a.operations, b.operations, [](const Operation &x, const Operation &y) {
           return x.gate == y.gate && x.qubits == y.qubits;
         });
}

void draw_bin(QPainter &painter, const QPointF &middle, const QColor &ink) {
  const QRectF body(middle.x() - bin_width / 2 + 2, middle.y() - bin_height / 2 + 4, bin_width - 4,
                    bin_height - 4);
  painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(body, 1.5, 1.5);
  painter.drawLine(QPointF(middle.x() - bin_width / 2, body.top() - 1),
                   QPointF(middle.x() + bin_width / 2, body.top() - 1));
  painter.drawLine(QPointF(middle.x() - 2, body.top() - 4), QPointF(middle.x() + 2, body.top() - 4));
  for (const double x : {-1.8, 1.8})
    painter.drawLine(QPointF(middle.x() + x, body.top() + 3), QPointF(middle.x() + x, body.bottom() - 3));
}

} // namespace

EditorView::EditorView(QWidget *parent) : CircuitWidget(parent) {
  painter_.setFusing(Fusing::never);
  painter_.setRoom(spare_cells, true);
  setEdited({});
}

void EditorView::setEdited(const Circuit &circuit) {
  if (circuit == base_)
    return;
  cancel();
  const bool own = wanted_ && wanted_->edit.circuit == circuit;
  const std::vector<int> marked = own                          ? wanted_->edit.operations
                                  : same_gates(circuit, base_) ? marked_
                                                               : std::vector<int>();
  mark({}); // who follows the selection hears that it is gone
  base_ = circuit;
  setCircuit(circuit);
  mark(marked);
}

void EditorView::mark(std::vector<int> operations) {
  marked_ = std::move(operations);
  painter_.setMarked(in_order(marked_));
  select(marked_.empty() ? -1 : marked_.back());
  viewport()->update();
}

void EditorView::toggle(int operation) {
  std::vector<int> marked = marked_;
  if (std::erase(marked, operation) == 0)
    marked.push_back(operation);
  mark(std::move(marked));
}

void EditorView::take(const PaletteGate &gate) { hold({gate, {}, {}, 0}); }

void EditorView::takeMarked() {
  HeldGates held{{}, in_order(marked_), {}, painter_.qubitAt(press_->point, contentRect()).value_or(0)};
  if (held.operations.size() == 1)
    held.slot = painter_.slotAt(*press_->gate, press_->point, contentRect());
  hold(held);
}

void EditorView::hold(const HeldGates &held) {
  cancel();
  hover(-1);
  held_ = held;
  before_ = painter_;
  place_.reset();
  copies_ = false;
}

void EditorView::carry(const QPoint &viewport_pos, bool copy) {
  pointer_ = viewport_pos;
  if (!held_)
    return;
  viewport()->update();
  const bool inside = viewport()->rect().contains(viewport_pos);
  const auto place = inside ? before_.placeAt(toContent(viewport_pos), contentRect(),
                                              copy ? std::vector<int>() : held_->operations)
                            : std::nullopt;
  if (place == place_ && copy == copies_ && !future_.label.isEmpty())
    return;
  place_ = place;
  copies_ = copy;
  future_ = let_go(base_, *held_, place_, copies_);
  showFuture();
}

void EditorView::showFuture() {
  const double cells = before_.layout().width();
  const std::vector<double> past = before_.expectationZ();
  painter_.setCircuit(future_.edit.circuit);
  painter_.setSelected(-1);
  painter_.setRoom(std::max(0.0, spare_cells + cells - painter_.layout().width()), true);
  if (future_.edit.done() && (place_ || held_->fresh))
    painter_.setGhosts(in_order(future_.edit.operations));
  painter_.setPast(past);
  Q_EMIT refused(QString::fromStdString(future_.edit.refusal));
  Q_EMIT futureShown(future_.edit.circuit);
}

void EditorView::setFuture(const std::vector<double> &expectation_z) {
  if (!held_)
    return;
  painter_.setExpectation(expectation_z);
  viewport()->update();
}

void EditorView::cancel() {
  band_.reset();
  press_.reset();
  viewport()->update();
  if (!held_)
    return;
  held_.reset();
  future_ = {};
  painter_ = before_;
  Q_EMIT refused({});
}

void EditorView::letGo() {
  if (!held_)
    return;
  const NamedEdit edit = future_;
  cancel();
  want(edit);
}

void EditorView::want(const NamedEdit &edit) {
  if (!edit.edit.done()) {
    Q_EMIT refused(QString::fromStdString(edit.edit.refusal));
    return;
  }
  if (edit.label.isEmpty() || edit.edit.circuit == base_)
    return;
  wanted_ = &edit;
  Q_EMIT refused({});
  Q_EMIT wanted(edit);
  wanted_ = nullptr;
}

void EditorView::append(const PaletteGate &gate) { want(appended(base_, gate, marked_)); }

QSizeF EditorView::leastSize() const {
  using G = CircuitGeometry;
  const CircuitLayout &layout = (held_ ? before_ : painter_).layout();
  return {G::label_width + (layout.width() + spare_cells) * least_cell + G::disk_width + G::number_width,
          layout.rows * least_row};
}

void EditorView::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton)
    return;
  if (key_gate_) {
    carry(event->pos(), false);
    letGo();
    take(*key_gate_);
    return carry(event->pos(), false);
  }
  const QPointF point = toContent(event->position());
  const auto gate = painter_.gateAt(point, contentRect());
  const bool shift = event->modifiers() & Qt::ShiftModifier;
  const bool marked = gate && std::ranges::find(marked_, *gate) != marked_.end();
  press_ = Press{event->pos(), point, gate, shift};
  if (gate && !marked && !shift)
    mark({*gate});
}

void EditorView::mouseMoveEvent(QMouseEvent *event) {
  const bool shift = event->modifiers() & Qt::ShiftModifier;
  pointer_ = event->pos();
  if (held_)
    return carry(event->pos(), shift);
  if (!press_)
    return CircuitWidget::mouseMoveEvent(event);
  if (!band_ && (event->pos() - press_->position).manhattanLength() < QApplication::startDragDistance())
    return;
  if (press_->gate) {
    if (std::ranges::find(marked_, *press_->gate) == marked_.end())
      mark({*press_->gate});
    takeMarked();
    return carry(event->pos(), shift);
  }
  band_ = QRectF(press_->point, toContent(event->position())).normalized();
  mark(painter_.gatesIn(*band_, contentRect()));
}

void EditorView::mouseReleaseEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton || key_gate_)
    return;
  if (held_) {
    carry(event->pos(), event->modifiers() & Qt::ShiftModifier);
    return letGo();
  }
  const auto press = press_;
  const bool banded = band_.has_value();
  cancel();
  if (!press || banded)
    return;
  if (press->gate && press->toggles)
    toggle(*press->gate);
  else if (press->gate)
    mark({*press->gate});
  else if (!press->toggles)
    mark({});
}

/// What the wires come to is always in sight.
void EditorView::paintEvent(QPaintEvent *event) {
  painter_.setDiskEdge(toContent(QPointF(viewport()->width() - 6, 0)).x());
  CircuitWidget::paintEvent(event);
}

void EditorView::paintOver(QPainter &painter) {
  const Palette &palette = theme().palette();
  painter.setRenderHint(QPainter::Antialiasing);
  if (band_) {
    QColor fill = palette.quantum;
    fill.setAlphaF(0.12f);
    painter.setPen(QPen(palette.quantum, 1, Qt::DashLine));
    painter.setBrush(fill);
    painter.drawRect(*band_);
  }
  if (held_)
    paintHand(painter);
}

/// The gate under the pointer; away from the wires a bin, where it would go.
void EditorView::paintHand(QPainter &painter) const {
  const Palette &palette = theme().palette();
  const QPointF point = toContent(pointer_) + QPointF(12, 10);
  const QRectF box(point, QSizeF(hand_width, hand_height));
  const bool goes = !place_ && !held_->fresh && !copies_, cannot = !future_.edit.done();
  const QColor edge = goes || cannot ? palette.error : palette.quantum;
  draw_card(painter, box, palette.panel, edge, 1.4, 4);
  if (goes)
    return draw_bin(painter, box.center(), palette.error);
  const auto &operations = held_->operations;
  const QString name = held_->fresh ? held_->fresh->name()
                       : operations.size() == 1
                           ? PaletteGate{base_.operations[std::size_t(operations.front())].gate}.name()
                           : tr("%1 gates").arg(operations.size());
  Lettering letters;
  if (const QFont *fitting = letters.fitting(name, hand_width - 6, 12, 7))
    painter.setFont(*fitting);
  painter.setPen(cannot ? palette.error_ink : palette.text);
  painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, copies_ ? tr("+ %1").arg(name) : name);
}

SpokenPart EditorView::spokenPart(int index) const {
  SpokenPart part = CircuitWidget::spokenPart(index);
  part.selected = std::ranges::find(marked_, index) != marked_.end();
  return part;
}

} // namespace duet::ui
