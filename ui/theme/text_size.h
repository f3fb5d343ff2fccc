// How large text is, and what carries it: everything is designed at 100 %, where text is 13 px high.
// Painted widgets paint in units, one px at 100 % (unit_widget.h); widgets of Qt get fonts and lengths from
// here.
#pragma once
#include <QFont>
#include <QSize>
#include <functional>
#include <optional>

class QWidget;

namespace duet::ui {

inline constexpr int smallest_text_percent = 100, largest_text_percent = 250;

/// What the desktop's own font asks for, within these limits.
int desktop_text_percent();
/// The next size up (1) or down (-1), as Ctrl+plus and Ctrl+minus go; the same at either end.
int next_text_percent(int percent, int direction);

double text_scale();  ///< of the theme: 1 at 100 %
int px(double units); ///< logical pixels of this many units
QSize px(const QSize &units);
/// For a widget's own font; painters that paint in units use font() (paint.h).
QFont text_font(int units = 13, QFont::Weight weight = QFont::Normal);

/// The widget's own font, at the text's size now and ever.
void set_text_font(QWidget *widget, int units, QFont::Weight weight = QFont::Normal);
/// A window or dialog of this many units, or of as much as its screen has.
void resize_in_units(QWidget *window, const QSize &units);
/// `apply` gives `widget` its sizes and fonts: now, and after every change of the text's size.
void follow_text_size(QWidget *widget, const std::function<void()> &apply);

} // namespace duet::ui
