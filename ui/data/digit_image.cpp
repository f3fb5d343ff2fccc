#include "ui/data/digit_image.h"
#include "ui/theme/palette.h"
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>

namespace duet::ui {
namespace {

template <class Level>
QImage shaded(int rows, int cols, std::size_t count, const QColor &paper, Level level) {
  std::array<QRgb, 256> shades{};
  for (std::size_t k = 0; k < shades.size(); ++k)
    shades[k] = blend(paper, Qt::white, static_cast<double>(k) / 255.0).rgb();
  if (rows <= 0 || cols <= 0 || count < static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols))
    return {};
  QImage image(cols, rows, QImage::Format_RGB32);
  std::size_t pixel = 0;
  for (int y = 0; y < rows; ++y) {
    auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
    for (int x = 0; x < cols; ++x)
      line[x] = shades[level(pixel++)];
  }
  return image;
}

} // namespace

QImage digit_image(std::span<const std::uint8_t> pixels, int rows, int cols, const QColor &paper) {
  return shaded(rows, cols, pixels.size(), paper, [&](std::size_t k) -> std::size_t { return pixels[k]; });
}

QImage digit_image(const std::vector<float> &pixels, int rows, int cols, const QColor &paper) {
  return shaded(rows, cols, pixels.size(), paper, [&](std::size_t k) {
    return static_cast<std::size_t>(std::clamp(pixels[k], 0.F, 1.F) * 255.F + 0.5F);
  });
}

void draw_digit_image(QPainter &painter, const QRectF &rect, const QImage &image, const QColor &paper,
                      double radius, bool smooth) {
  painter.save();
  painter.setPen(Qt::NoPen);
  painter.setBrush(paper);
  painter.drawRoundedRect(rect, radius, radius);
  if (!image.isNull()) {
    QPainterPath clip;
    clip.addRoundedRect(rect, radius, radius);
    painter.setClipPath(clip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, smooth);
    QSizeF size(image.size());
    size.scale(rect.size(), Qt::KeepAspectRatio);
    QRectF target(QPointF(), size);
    target.moveCenter(rect.center());
    painter.drawImage(target, image);
  }
  painter.restore();
}

} // namespace duet::ui
