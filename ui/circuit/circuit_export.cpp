#include "ui/circuit/circuit_export.h"
#include "engine/qasm/qasm.h"
#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace duet::ui {
namespace {

constexpr double border = 12; // points around the drawing

QRectF page(const CircuitPainter &circuit) {
  return QRectF(QPointF(), circuit.naturalSize()).adjusted(0, 0, 2 * border, 2 * border);
}

void paintPage(QPainter &painter, const CircuitPainter &circuit, const Palette &palette) {
  const QRectF whole = page(circuit);
  painter.fillRect(whole, palette.panel);
  circuit.paint(painter, whole.adjusted(border, border, -border, -border), palette);
}

QByteArray asSvg(const CircuitPainter &circuit, const Palette &palette) {
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(page(circuit).size().toSize());
  generator.setViewBox(page(circuit));
  generator.setTitle(QStringLiteral("Quantum circuit"));
  QPainter painter(&generator);
  paintPage(painter, circuit, palette);
  painter.end();
  return buffer.data();
}

QByteArray asPdf(const CircuitPainter &circuit, const Palette &palette) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setPageSize(QPageSize(page(circuit).size(), QPageSize::Point, QString(), QPageSize::ExactMatch));
  writer.setPageMargins({0, 0, 0, 0});
  QPainter painter(&writer);
  painter.scale(writer.logicalDpiX() / 72.0, writer.logicalDpiY() / 72.0);
  paintPage(painter, circuit, palette);
  painter.end();
  return buffer.data();
}

QByteArray asPng(const CircuitPainter &circuit, const Palette &palette) {
  const double largest = 16000; // pixels a side
  const QSizeF size = page(circuit).size();
  const double scale = std::min({3.0, largest / size.width(), largest / size.height()});
  QImage image((size * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.fill(palette.panel);
  QPainter painter(&image);
  painter.scale(scale, scale);
  paintPage(painter, circuit, palette);
  painter.end();
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return buffer.data();
}

} // namespace

QString exportCircuit(const CircuitPainter &circuit, const QString &file, const Palette &palette) {
  const QString ending = QFileInfo(file).suffix().toLower();
  CircuitPainter clean = circuit; // no selection and no pointer in a file
  clean.setSelected(-1);
  clean.setHovered(-1);
  clean.setCursorColumn(-1);
  QByteArray bytes;
  if (ending == QLatin1String("svg"))
    bytes = asSvg(clean, palette);
  else if (ending == QLatin1String("pdf"))
    bytes = asPdf(clean, palette);
  else if (ending == QLatin1String("png"))
    bytes = asPng(clean, palette);
  else if (ending == QLatin1String("qasm"))
    bytes = QByteArray::fromStdString(write_qasm3(circuit.circuit()));
  else
    return QStringLiteral("%1 cannot be exported: the name must end in .svg, .pdf, .png or .qasm.").arg(file);
  QSaveFile out(file);
  if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
    return QStringLiteral("%1 cannot be written: %2.").arg(file, out.errorString());
  return {};
}

} // namespace duet::ui
