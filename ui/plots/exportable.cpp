#include "ui/plots/exportable.h"
#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QObject>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double screen_dpi = 96, print_dpi = 300;
constexpr double largest_side = 16'000; // px of a PNG

void paint_page(Exportable &plot, QPainter &painter, const Palette &palette) {
  const QRectF page(QPointF(), QSizeF(plot.exportSize()));
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::LosslessImageRendering);
  painter.fillRect(page, palette.panel);
  plot.paintFigure(painter, page, palette);
}

QByteArray as_png(Exportable &plot, const Palette &palette) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  figure_image(plot, palette, print_dpi).save(&buffer, "PNG");
  return bytes;
}

QByteArray as_pdf(Exportable &plot, const Palette &palette) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setTitle(plot.exportTitle());
  writer.setPageSize(
      QPageSize(QSizeF(plot.exportSize()) * 72 / screen_dpi, QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins(QMarginsF(0, 0, 0, 0));
  writer.setResolution(static_cast<int>(screen_dpi));
  QPainter painter(&writer);
  paint_page(plot, painter, palette);
  painter.end();
  return bytes;
}

QString known_endings(const Exportable &plot) {
  QStringList endings = export_endings(plot);
  const QString last = endings.takeLast();
  return QObject::tr(".%1 or .%2").arg(endings.join(QStringLiteral(", .")), last);
}

} // namespace

QList<ExportText> Exportable::exportTexts() const {
  return {{QObject::tr("Numbers"), QStringLiteral("csv"), [this] { return toCsv(); }}};
}

QStringList export_endings(const Exportable &plot) {
  QStringList endings = {QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("png")};
  for (const ExportText &text : plot.exportTexts())
    if (!endings.contains(text.ending))
      endings << text.ending;
  return endings;
}

QImage figure_image(Exportable &plot, const Palette &palette, double dots_per_inch) {
  const QSizeF size(plot.exportSize());
  const double scale =
      std::min(dots_per_inch / screen_dpi, largest_side / std::max(size.width(), size.height()));
  QImage image((size * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(scale);
  image.setDotsPerMeterX(static_cast<int>(std::lround(scale * screen_dpi / 0.0254)));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  QPainter painter(&image);
  paint_page(plot, painter, palette);
  return image;
}

QByteArray figure_svg(Exportable &plot, const Palette &palette) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(static_cast<int>(screen_dpi));
  generator.setSize(plot.exportSize());
  generator.setViewBox(QRect(QPoint(), plot.exportSize()));
  generator.setTitle(plot.exportTitle());
  QPainter painter(&generator);
  paint_page(plot, painter, palette);
  painter.end();
  return bytes;
}

QString exportTo(Exportable &plot, const QString &path, const Palette &palette, const QString &form) {
  const QString ending = QFileInfo(path).suffix().toLower();
  QByteArray bytes;
  if (ending == QLatin1String("png")) {
    bytes = as_png(plot, palette);
  } else if (ending == QLatin1String("svg")) {
    bytes = figure_svg(plot, palette);
  } else if (ending == QLatin1String("pdf")) {
    bytes = as_pdf(plot, palette);
  } else {
    const QList<ExportText> texts = plot.exportTexts();
    const auto text = std::find_if(texts.begin(), texts.end(), [&](const ExportText &one) {
      return one.ending == ending && (form.isEmpty() || one.name == form);
    });
    if (text == texts.end())
      return QObject::tr("%1: the ending is not known; use %2.").arg(path, known_endings(plot));
    bytes = text->content().toUtf8();
  }
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return QObject::tr("%1 could not be written: %2; choose another folder.").arg(path, file.errorString());
  return {};
}

} // namespace duet::ui
