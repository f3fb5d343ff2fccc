// Our own icons, drawn in one colour and tinted by the theme.
#pragma once
#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace duet::ui {

/// name: a file of resources/icons without ".svg". An empty colour takes the theme's text colour.
/// The icon does not follow a later change of theme or text size: ask again on Theme::changed.
QIcon icon(const QString &name, const QColor &color = {});
QPixmap icon_pixmap(const QString &name, const QColor &color, int size, double device_pixel_ratio = 1.0);
/// The program's own icon, in colours.
QIcon application_icon();

} // namespace duet::ui
