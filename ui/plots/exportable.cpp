#include "ui/plots/exportable.h"
#include "ui/theme/theme.h"
#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace duet::ui {
namespace {

void paint_page(Exportable &plot, QPainter &painter, const QRectF &target) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(target, theme().palette().panel);
  plot.paintTo(painter, target);
}

QByteArray as_png(Exportable &plot) {
  const QSize size = plot.exportSize();
  QImage image(size * 2, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(2);
  QPainter painter(&image);
  paint_page(plot, painter, QRectF(QPointF(), QSizeF(size)));
  painter.end();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

QByteArray as_svg(Exportable &plot) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(plot.exportSize());
  generator.setViewBox(QRect(QPoint(), plot.exportSize()));
  generator.setTitle(plot.exportName());
  QPainter painter(&generator);
  paint_page(plot, painter, QRectF(QPointF(), QSizeF(plot.exportSize())));
  painter.end();
  return bytes;
}

QByteArray as_pdf(Exportable &plot) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  const QSizeF size(plot.exportSize());
  writer.setTitle(plot.exportName());
  writer.setPageSize(QPageSize(size * 0.75, QPageSize::Point, {}, QPageSize::ExactMatch)); // 96 px = 72 pt
  writer.setPageMargins(QMarginsF(0, 0, 0, 0));
  writer.setResolution(96);
  QPainter painter(&writer);
  paint_page(plot, painter, QRectF(QPointF(), size));
  painter.end();
  return bytes;
}

} // namespace

QString exportTo(Exportable &plot, const QString &path) {
  const QString ending = QFileInfo(path).suffix().toLower();
  QByteArray bytes;
  if (ending == QLatin1String("png"))
    bytes = as_png(plot);
  else if (ending == QLatin1String("svg"))
    bytes = as_svg(plot);
  else if (ending == QLatin1String("pdf"))
    bytes = as_pdf(plot);
  else if (ending == QLatin1String("csv"))
    bytes = plot.toCsv().toUtf8();
  else
    return QStringLiteral("%1: the ending is not known; use .png, .svg, .pdf or .csv.").arg(path);
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return QStringLiteral("%1 could not be written: %2; choose another folder.")
        .arg(path, file.errorString());
  return {};
}

} // namespace duet::ui
