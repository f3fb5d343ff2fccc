#include "ui/panels/typed_field.h"
#include <QAction>
#include <QApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QStyle>
#include <algorithm>

namespace duet::ui {

bool is_undo_or_redo(const QKeyEvent &event) {
  const QKeyCombination keys = event.keyCombination();
  return keys == QKeyCombination(Qt::CTRL, Qt::Key_Z) || keys == QKeyCombination(Qt::CTRL, Qt::Key_Y) ||
         keys == QKeyCombination(Qt::CTRL | Qt::SHIFT, Qt::Key_Z);
}

TypedField::TypedField(QWidget *parent) : QLineEdit(parent) {
  setContextMenuPolicy(Qt::NoContextMenu);
  connect(this, &QLineEdit::textEdited, this, [this] { setRefused(false); });
}

void TypedField::setShown(const QString &text) {
  const bool typing = hasFocus() && isModified();
  shown_ = text;
  if (!typing)
    showAgain();
}

void TypedField::showAgain(bool sentence_stays) {
  if (text() != shown_) {
    setText(shown_);
    setCursorPosition(0);
  }
  setModified(false);
  setRefused(false, sentence_stays);
}

void TypedField::refuse(const QString &sentence) {
  if (!committing_)
    return;
  setModified(true);
  setRefused(true);
  setAccessibleDescription(sentence);
}

bool TypedField::isRefused() const { return property("invalid").toBool(); }

void TypedField::setRefused(bool refused, bool sentence_stays) {
  if (isRefused() == refused)
    return;
  if (refused)
    description_ = accessibleDescription();
  else
    setAccessibleDescription(description_);
  setProperty("invalid", refused);
  style()->unpolish(this);
  style()->polish(this);
  if (!refused && !sentence_stays)
    Q_EMIT refusalEnded();
}

void TypedField::commit() {
  if (!isModified())
    return;
  const QString typed = meant(text());
  setModified(false);
  if (typed == meantNow())
    return showAgain();
  committing_ = true;
  Q_EMIT committed(typed);
  committing_ = false;
}

/// What was typed becomes the newest edit, which the window's undo then takes back. Text that is not allowed
/// is no edit: taking it back is all the key does.
void TypedField::giveUndoToTheWindow(QEvent *override) {
  if (!isRefused())
    commit();
  if (isRefused()) {
    showAgain();
    selectAll();
    override->accept();
  } else {
    override->ignore();
  }
}

bool TypedField::isKeyOfTheWindow(const QKeyEvent &event) const {
  const QList<QAction *> actions = window()->findChildren<QAction *>();
  return std::any_of(actions.begin(), actions.end(), [&](const QAction *action) {
    return action->isEnabled() && action->shortcuts().contains(QKeySequence(event.keyCombination()));
  });
}

bool TypedField::event(QEvent *event) {
  if (event->type() != QEvent::ShortcutOverride)
    return QLineEdit::event(event);
  const QKeyEvent &key = *static_cast<QKeyEvent *>(event);
  if (is_undo_or_redo(key)) {
    giveUndoToTheWindow(event);
  } else if (key.key() == Qt::Key_Escape && isModified()) {
    event->accept(); // the text's, before it is the selection's
  } else {
    QLineEdit::event(event);
    if (!event->isAccepted() && isKeyOfTheWindow(key))
      commit();
  }
  return event->isAccepted();
}

bool TypedField::eventFilter(QObject *watched, QEvent *event) {
  if (event->type() == QEvent::MouseButtonPress && watched != this && watched->isWidgetType() &&
      static_cast<QWidget *>(watched)->window() == window())
    clearFocus();
  return QLineEdit::eventFilter(watched, event);
}

void TypedField::keyPressEvent(QKeyEvent *event) {
  if (is_undo_or_redo(*event))
    return; // the window's, and it had nothing to take back
  switch (event->key()) {
  case Qt::Key_Return:
  case Qt::Key_Enter:
    commit();
    if (!isModified())
      selectAll();
    return;
  case Qt::Key_Escape:
    showAgain();
    selectAll();
    return;
  default:
    QLineEdit::keyPressEvent(event);
  }
}

void TypedField::focusInEvent(QFocusEvent *event) {
  QLineEdit::focusInEvent(event);
  qApp->installEventFilter(this);
  Q_EMIT refusalEnded();
  if (event->reason() != Qt::PopupFocusReason)
    selectAll();
}

void TypedField::focusOutEvent(QFocusEvent *event) {
  qApp->removeEventFilter(this);
  const bool read = isRefused();
  if (!read)
    commit();
  if (isRefused())
    showAgain(!read); // what was refused is left behind
  QLineEdit::focusOutEvent(event);
  deselect();
  setCursorPosition(0);
}

} // namespace duet::ui
