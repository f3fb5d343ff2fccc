#include "ui/window/export_actions.h"
#include "engine/base/error.h"
#include "engine/io/files.h"
#include "engine/quantum/qasm.h"
#include "engine/quantum/svg.h"
#include "engine/quantum/templates.h"
#include <QBuffer>
#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>

namespace duet::ui {
namespace {

/// The name with the ending of the filter chosen, where the person gave none.
QString with_ending(const QString &path, const QString &filter) {
  if (path.isEmpty() || !QFileInfo(path).suffix().isEmpty())
    return path;
  const qsizetype star = filter.indexOf(QLatin1String("*."));
  return path + filter.mid(star + 1, filter.indexOf(')') - star - 1);
}

QByteArray drawn(const std::string &svg, bool pdf) {
  QSvgRenderer renderer(QByteArray::fromStdString(svg));
  const QSizeF size = renderer.defaultSize();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (pdf) {
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(size * 0.75, QPageSize::Point, {}, QPageSize::ExactMatch)); // 96 px are 72 pt
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter(&writer);
    renderer.render(&painter);
    painter.end();
    return bytes;
  }
  QImage image((size * 2).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::white);
  QPainter painter(&image);
  renderer.render(&painter);
  painter.end();
  image.save(&buffer, "PNG");
  return bytes;
}

} // namespace

QString ask_export(Exportable &plot, QWidget *window) {
  QString filter;
  const QString path = QFileDialog::getSaveFileName(
      window, QObject::tr("Export chart"), plot.exportName(),
      QObject::tr("Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Numbers (*.csv)"), &filter);
  return path.isEmpty() ? QString() : exportTo(plot, with_ending(path, filter));
}

QString export_circuit(const Experiment &experiment, const std::shared_ptr<const SessionView> &view, const QString &path) {
  try {
    const Circuit circuit = build_circuit(experiment.quantum);
    SvgOptions options;
    if (view && view->training.circuit_weights &&
        view->training.circuit_weights->value.size() == static_cast<std::size_t>(circuit.weights)) {
      const auto &values = view->training.circuit_weights->value;
      options.weights.assign(values.begin(), values.end());
    }
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("qasm"))
      write_file(path.toStdString(), write_qasm3(circuit));
    else if (ending == QLatin1String("svg"))
      write_file(path.toStdString(), circuit_svg(circuit, options));
    else if (ending == QLatin1String("pdf") || ending == QLatin1String("png"))
      write_file(path.toStdString(), drawn(circuit_svg(circuit, options), ending == QLatin1String("pdf")).toStdString());
    else
      return QObject::tr("%1 ends in .%2; a circuit is exported to .svg, .pdf, .png or .qasm.").arg(path, ending);
  } catch (const Error &error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

QString ask_export_circuit(const Experiment &experiment, const std::shared_ptr<const SessionView> &view, QWidget *window) {
  QString filter;
  const QString path = QFileDialog::getSaveFileName(
      window, QObject::tr("Export circuit"), QStringLiteral("circuit"),
      QObject::tr("Drawing (*.svg);;Document (*.pdf);;Picture (*.png);;OpenQASM 3 (*.qasm)"), &filter);
  return path.isEmpty() ? QString() : export_circuit(experiment, view, with_ending(path, filter));
}

} // namespace duet::ui
