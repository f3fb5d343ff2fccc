// Size and parts of the window from one start to the next.
#pragma once
#include <QByteArray>
#include <QSize>

class QSplitter;
class QTabWidget;
class QWidget;

namespace duet::ui {

inline constexpr QSize designed_window(1440, 900); ///< units

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
/// At the first start, and where what was remembered cannot be taken: as designed, or all of a smaller
/// screen.
void recall_shape(const ShapedWindow &parts);

} // namespace duet::ui
