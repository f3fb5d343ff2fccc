#include "ui/panels/number_field.h"
#include <QKeyEvent>

namespace duet::ui {

NumberField::NumberField(QWidget *parent) : TypedField(parent) { setAlignment(Qt::AlignRight); }

void NumberField::setNumber(const QString &number, const QString &unit) {
  number_ = number;
  unit_ = unit;
  const QString space = unit == QLatin1String("\u00b0") ? QString() : QStringLiteral(" ");
  setShown(unit.isEmpty() ? number : number + space + unit);
}

QString NumberField::meant(const QString &typed) const {
  const QString number = typed.trimmed();
  return !unit_.isEmpty() && number.endsWith(unit_) ? number.chopped(unit_.size()).trimmed() : number;
}

bool NumberField::event(QEvent *event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
    event->accept();
    return true;
  }
  return TypedField::event(event);
}

void NumberField::keyPressEvent(QKeyEvent *event) {
  switch (event->key()) {
  case Qt::Key_Space:
    return;
  case Qt::Key_Up:
    Q_EMIT stepped(1);
    return;
  case Qt::Key_Down:
    Q_EMIT stepped(-1);
    return;
  default:
    TypedField::keyPressEvent(event);
  }
}

} // namespace duet::ui
