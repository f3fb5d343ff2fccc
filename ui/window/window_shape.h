// Size and parts of the window from one start to the next.
#pragma once
#include <QByteArray>

class QSplitter;
class QTabWidget;
class QWidget;

namespace duet::ui {

/// What of a window has a shape.
struct ShapedWindow {
  QWidget *window = nullptr;
  QSplitter *across = nullptr, *down = nullptr;
  QTabWidget *tabs = nullptr;
};

QByteArray shape_of(const ShapedWindow &parts);
/// False, with nothing changed, when the bytes are damaged, of another version, or of a window with other
/// parts.
bool take_shape(const ShapedWindow &parts, const QByteArray &bytes);

/// The same, in the user's settings.
void remember_shape(const ShapedWindow &parts);
void recall_shape(const ShapedWindow &parts);

} // namespace duet::ui
