// The style sheet and the QPalette of the window, made from a Palette.
#pragma once
#include "ui/theme/palette.h"
#include <QPalette>
#include <QString>

namespace duet::ui {

QString style_sheet(const Palette &palette);
QPalette qt_palette(const Palette &palette);

} // namespace duet::ui
