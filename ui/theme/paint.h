// Fonts and small painting helpers that every painted widget shares.
#pragma once
#include "ui/theme/palette.h"
#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <initializer_list>

namespace duet::ui {

/// Inter, or DejaVu Sans where it is not installed. Sizes in pixels: 13 body, 12 values, 11 captions.
QFont font(int pixel_size = 13, QFont::Weight weight = QFont::Normal);

/// Numbers whose digits all take the same width, so that a changing value does not tremble.
void draw_tabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);
/// Width draw_tabular takes with this font.
double tabular_width(const QFont &font, const QString &text);

/// The first of these texts, longest first, that fits into so many pixels; empty if none does.
QString first_fitting(const QFont &font, double width, std::initializer_list<QString> texts);

/// As many of the parts between commas as fit, from the first on; nothing where none does. Never half a word.
QString parts_that_fit(const QFont &font, double width, const QString &text);

/// A rounded panel with a border: a lane's card, an info bar. border width in pixels.
void draw_card(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &border,
               double border_width = 1.0, double radius = 12.0);

/// The sign of a wrong answer: a cross on a disc of the ground's colour, so that it is seen on a picture too.
void draw_cross(QPainter &painter, const QPointF &centre, double radius, const QColor &ink,
                const QColor &ground);

/// The frame that shows where the keys go, along the inner edge of a view or around a part of it.
void draw_focus(QPainter &painter, const QRectF &rect, const Palette &palette);

/// A calm sentence in the middle of an empty plot: why there is nothing to see.
void draw_empty(QPainter &painter, const QRectF &rect, const QString &sentence, const Palette &palette);

} // namespace duet::ui
