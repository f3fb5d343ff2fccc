#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

// A resource in a static library is registered by name; the macro must stand outside any namespace.
static void register_icons() { Q_INIT_RESOURCE(icons); }

namespace duet::ui {
namespace {

constexpr int icon_units = 20;

QByteArray svg_text(const QString &name) {
  static const bool registered = (register_icons(), true);
  Q_UNUSED(registered);
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap render(const QByteArray &svg, int size, double ratio) {
  QPixmap pixmap(QSize(size, size) * ratio);
  pixmap.fill(Qt::transparent);
  QSvgRenderer renderer(svg);
  QPainter painter(&pixmap);
  renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixmap.size())));
  painter.end();
  pixmap.setDevicePixelRatio(ratio);
  return pixmap;
}

} // namespace

QPixmap icon_pixmap(const QString &name, const QColor &color, int size, double device_pixel_ratio) {
  QByteArray svg = svg_text(name);
  svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
  return render(svg, size, device_pixel_ratio);
}

QIcon icon(const QString &name, const QColor &color) {
  const Palette &palette = theme().palette();
  const QColor tint = color.isValid() ? color : palette.text;
  QIcon result;
  for (const double ratio : {1.0, 2.0, 3.0}) {
    result.addPixmap(icon_pixmap(name, tint, px(icon_units), ratio));
    result.addPixmap(icon_pixmap(name, blend(palette.panel, tint, 0.4), px(icon_units), ratio),
                     QIcon::Disabled);
  }
  return result;
}

QIcon application_icon() {
  QIcon result;
  for (const int size : {16, 24, 32, 48, 64, 128, 256})
    result.addPixmap(render(svg_text(QStringLiteral("duet")), size, 1.0));
  return result;
}

} // namespace duet::ui
