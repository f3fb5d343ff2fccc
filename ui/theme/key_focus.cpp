#include "ui/theme/key_focus.h"
#include <QFocusEvent>

namespace duet::ui {

bool KeyFocus::follow(const QEvent &event) {
  const bool before = shown_;
  switch (event.type()) {
  case QEvent::FocusIn:
    switch (static_cast<const QFocusEvent &>(event).reason()) {
    case Qt::TabFocusReason:
    case Qt::BacktabFocusReason:
    case Qt::ShortcutFocusReason:
      shown_ = true;
      break;
    case Qt::ActiveWindowFocusReason: // as it was when the window was left
    case Qt::PopupFocusReason:
      break;
    default:
      shown_ = false;
    }
    break;
  case QEvent::KeyPress:
    shown_ = true;
    break;
  case QEvent::MouseButtonPress:
    shown_ = false;
    break;
  default:
    break;
  }
  return shown_ != before;
}

} // namespace duet::ui
