#include "ui/panels/number_field.h"
#include "ui/theme/paint.h"
#include <QFocusEvent>
#include <QKeyEvent>
#include <QStyle>

namespace duet::ui {

NumberField::NumberField(QWidget *parent) : QLineEdit(parent) {
  setAlignment(Qt::AlignRight);
  setContextMenuPolicy(Qt::NoContextMenu);
  connect(this, &QLineEdit::textEdited, this, [this] { setInvalid(false); });
}

void NumberField::setNumber(const QString &number, const QString &unit) {
  const bool typing = hasFocus() && isModified();
  number_ = number;
  unit_ = unit;
  if (!typing)
    showNumber();
}

void NumberField::showNumber() {
  const QString shown =
      unit_.isEmpty()
          ? number_
          : number_ + (unit_ == QLatin1String("\u00b0") ? QString() : QStringLiteral(" ")) + unit_;
  if (text() != shown) {
    setText(shown);
    setCursorPosition(0);
  }
  setModified(false);
  setInvalid(false);
}

void NumberField::refuse() {
  setModified(true);
  setInvalid(true);
}

void NumberField::setInvalid(bool invalid) {
  if (property("invalid").toBool() == invalid)
    return;
  setProperty("invalid", invalid);
  style()->unpolish(this);
  style()->polish(this);
}

void NumberField::commit() {
  if (!isModified())
    return;
  QString typed = text().trimmed();
  if (!unit_.isEmpty() && typed.endsWith(unit_))
    typed = typed.chopped(unit_.size()).trimmed();
  setModified(false);
  if (typed != number_)
    Q_EMIT committed(typed);
  else
    showNumber();
}

/// A number has no spaces: the space bar stays the window's Run and Pause.
bool NumberField::event(QEvent *event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
    event->ignore();
    return false;
  }
  return QLineEdit::event(event);
}

void NumberField::keyPressEvent(QKeyEvent *event) {
  switch (event->key()) {
  case Qt::Key_Return:
  case Qt::Key_Enter:
    commit();
    if (!isModified())
      selectAll();
    return;
  case Qt::Key_Escape:
    showNumber();
    selectAll();
    return;
  case Qt::Key_Up:
    Q_EMIT stepped(1);
    return;
  case Qt::Key_Down:
    Q_EMIT stepped(-1);
    return;
  default:
    QLineEdit::keyPressEvent(event);
  }
}

void NumberField::focusInEvent(QFocusEvent *event) {
  QLineEdit::focusInEvent(event);
  if (event->reason() != Qt::PopupFocusReason)
    selectAll();
}

void NumberField::focusOutEvent(QFocusEvent *event) {
  if (property("invalid").toBool())
    showNumber(); // what was refused is left behind
  else
    commit();
  QLineEdit::focusOutEvent(event);
  deselect();
  setCursorPosition(0);
}

} // namespace duet::ui
