// Grey images of the data set as pictures, white strokes on the theme's image colour.
#pragma once
#include <QColor>
#include <QImage>
#include <QRectF>
#include <cstdint>
#include <span>
#include <vector>

class QPainter;

namespace duet::ui {

QImage digit_image(std::span<const std::uint8_t> pixels, int rows, int cols, const QColor &paper);
/// Pixels 0..1 as the network sees them, noise included.
QImage digit_image(const std::vector<float> &pixels, int rows, int cols, const QColor &paper);
/// Fills the rectangle, corners rounded, the image's sides kept in proportion. `smooth` for thumbnails.
void draw_digit_image(QPainter &painter, const QRectF &rect, const QImage &image, const QColor &paper,
                      double radius, bool smooth);

} // namespace duet::ui
