// The keys of the circuit's editor: every gesture of the mouse has one.
#include "engine/base/error.h"
#include "engine/qasm/qasm.h"
#include "ui/editor/editor_view.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <algorithm>

namespace duet::ui {
namespace {

bool plain(const QKeyEvent &event) {
  return (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
}

bool with_control(const QKeyEvent &event) {
  return (event.modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier;
}

} // namespace

/// Those that the window has a meaning for elsewhere.
bool EditorView::isOwnKey(const QKeyEvent &event) {
  const int key = event.key();
  if (with_control(event))
    return key == Qt::Key_C || key == Qt::Key_X || key == Qt::Key_V || key == Qt::Key_A;
  return plain(event) && (key == Qt::Key_Delete || key == Qt::Key_Backspace || gate_of_key(key));
}

bool EditorView::event(QEvent *event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto &key = *static_cast<QKeyEvent *>(event);
    if (isOwnKey(key) || (key.key() == Qt::Key_Escape && (held_ || band_ || !marked_.empty()))) {
      event->accept();
      return true;
    }
  }
  return CircuitWidget::event(event);
}

void EditorView::focusOutEvent(QFocusEvent *event) {
  if (key_gate_) {
    key_gate_.reset();
    cancel();
  }
  CircuitWidget::focusOutEvent(event);
}

void EditorView::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Escape && (held_ || band_ || !marked_.empty())) {
    if (held_ || band_)
      return cancel();
    return mark({});
  }
  if (event->key() == Qt::Key_Shift && held_)
    return carry(pointer_, true);
  if (!editKey(event) && !walkKey(event))
    CircuitWidget::keyPressEvent(event);
}

void EditorView::keyReleaseEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Shift && held_)
    return carry(pointer_, false);
  const auto gate = gate_of_key(event->key());
  if (key_gate_ && gate == key_gate_ && !event->isAutoRepeat()) {
    key_gate_.reset();
    return cancel();
  }
  CircuitWidget::keyReleaseEvent(event);
}

bool EditorView::editKey(QKeyEvent *event) {
  const int key = event->key();
  const bool control = with_control(*event);
  if (control && key == Qt::Key_V)
    return pasteCopied(), true;
  if (control && key == Qt::Key_A) {
    std::vector<int> all;
    for (int i = 0; i < int(base_.operations.size()); ++i)
      all.push_back(i);
    return mark(std::move(all)), true;
  }
  if (const auto gate = plain(*event) ? gate_of_key(key) : std::nullopt) {
    if (!event->isAutoRepeat()) {
      key_gate_ = gate;
      take(*gate);
      carry(pointer_, false);
    }
    return true;
  }
  if (marked_.empty())
    return false;
  if (control && (key == Qt::Key_C || key == Qt::Key_X))
    copyMarked();
  if (key == Qt::Key_Delete || key == Qt::Key_Backspace || (control && key == Qt::Key_X))
    return want(deleted(base_, in_order(marked_))), true;
  if (control && key == Qt::Key_C)
    return true;
  if (control && (key == Qt::Key_Left || key == Qt::Key_Right))
    return moveMarked(key == Qt::Key_Left ? -1 : 1, 0), true;
  if (control && (key == Qt::Key_Up || key == Qt::Key_Down))
    return moveMarked(0, key == Qt::Key_Up ? -1 : 1), true;
  if ((key == Qt::Key_PageUp || key == Qt::Key_PageDown) && plain(*event)) {
    const bool last = event->modifiers() & Qt::ShiftModifier;
    return want(rewired(base_, marked_.back(), last, key == Qt::Key_PageUp ? -1 : 1)), true;
  }
  return false;
}

/// Left and right walk the gates in order of application, up and down from wire to wire; with Shift they are
/// marked together.
bool EditorView::walkKey(QKeyEvent *event) {
  const int last = int(base_.operations.size()) - 1;
  const int current = marked_.empty() ? -1 : marked_.back();
  const bool extend = event->modifiers() & Qt::ShiftModifier;
  if (last < 0 || !plain(*event))
    return false;
  switch (event->key()) {
  case Qt::Key_Right:
    return walkTo(std::min(current + 1, last), extend), true;
  case Qt::Key_Left:
    return walkTo(current < 0 ? last : std::max(current - 1, 0), extend), true;
  case Qt::Key_Home:
    return walkTo(0, extend), true;
  case Qt::Key_End:
    return walkTo(last, extend), true;
  case Qt::Key_Up:
  case Qt::Key_Down:
    if (const auto gate = onNextWire(event->key() == Qt::Key_Up ? -1 : 1))
      walkTo(*gate, extend);
    return true;
  default:
    return false;
  }
}

void EditorView::walkTo(int operation, bool extend) {
  std::vector<int> marked = extend ? marked_ : std::vector<int>();
  std::erase(marked, operation);
  marked.push_back(operation);
  mark(std::move(marked));
}

std::optional<int> EditorView::onNextWire(int direction) const {
  const CircuitLayout &layout = painter_.layout();
  if (marked_.empty())
    return layout.gates.empty() ? std::nullopt : std::optional(0);
  const DrawnGate &from = layout.gates[std::size_t(marked_.back())];
  for (int wire = direction < 0 ? from.top - 1 : from.bottom + 1; wire >= 0 && wire < layout.rows;
       wire += direction) {
    std::optional<int> nearest;
    for (int i = 0; i < int(layout.gates.size()); ++i) {
      const DrawnGate &gate = layout.gates[std::size_t(i)];
      const auto away = [&](int k) { return std::abs(layout.gates[std::size_t(k)].column - from.column); };
      if (gate.top <= wire && wire <= gate.bottom && i != marked_.back() &&
          (!nearest || away(i) < away(*nearest)))
        nearest = i;
    }
    if (nearest)
      return nearest;
  }
  return std::nullopt;
}

/// As a program of their own, which other windows and other tools read too.
void EditorView::copyMarked() const {
  Circuit copied = base_;
  copied.operations.clear();
  for (const int i : in_order(marked_))
    copied.operations.push_back(base_.operations[std::size_t(i)]);
  QGuiApplication::clipboard()->setText(QString::fromStdString(write_qasm3(copied)));
}

void EditorView::pasteCopied() {
  const QString text = QGuiApplication::clipboard()->text();
  try {
    const Circuit copied = read_qasm(text.toStdString(), tr("The clipboard").toStdString());
    if (!copied.operations.empty())
      want(pasted(base_, copied.operations, in_order(marked_)));
  } catch (const Error &error) {
    Q_EMIT refused(QString::fromUtf8(error.what()));
  }
}

void EditorView::moveMarked(int direction, int wires) {
  const std::vector<int> operations = in_order(marked_);
  int first = painter_.columns();
  for (const int i : operations)
    first = std::min(first, painter_.layout().gates[std::size_t(i)].column);
  const auto column = direction ? next_column(base_, operations, direction) : std::optional(first);
  if (column)
    want(moved(base_, operations, *column, wires));
}

} // namespace duet::ui
