// The style sheet and the QPalette of the window, made from a Palette.
#pragma once
#include "ui/theme/palette.h"
#include <QPalette>
#include <QString>

namespace duet::ui {

/// `scale`: px of one unit (text_size.h).
QString style_sheet(const Palette &palette, double scale = 1);
QPalette qt_palette(const Palette &palette);

} // namespace duet::ui
