#include "ui/window/export_actions.h"
#include "engine/base/error.h"
#include "engine/model/build_circuit.h"
#include "ui/circuit/circuit_export.h"
#include <QFileDialog>
#include <QFileInfo>

namespace duet::ui {
namespace {

/// The name with the ending of the filter chosen, where the person gave none.
QString with_ending(const QString &path, const QString &filter) {
  if (path.isEmpty() || !QFileInfo(path).suffix().isEmpty())
    return path;
  const qsizetype star = filter.indexOf(QLatin1String("*."));
  return path + filter.mid(star + 1, filter.indexOf(')') - star - 1);
}

} // namespace

QString ask_export(Exportable &plot, QWidget *window) {
  QString filter;
  const QString path = QFileDialog::getSaveFileName(
      window, QObject::tr("Export chart"), plot.exportName(),
      QObject::tr("Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Numbers (*.csv)"), &filter);
  return path.isEmpty() ? QString() : exportTo(plot, with_ending(path, filter));
}

QString export_circuit(const Experiment &experiment, const std::shared_ptr<const SessionView> &view,
                       const QString &path) {
  try {
    CircuitPainter painter;
    painter.setCircuit(build_circuit(experiment.quantum));
    if (view && view->training.circuit_weights)
      painter.setWeights(view->training.circuit_weights->value, view->training.circuit_weights->gradient);
    return exportCircuit(painter, path, light_palette());
  } catch (const Error &error) {
    return QString::fromUtf8(error.what());
  }
}

QString ask_export_circuit(const Experiment &experiment, const std::shared_ptr<const SessionView> &view,
                           QWidget *window) {
  QString filter;
  const QString path = QFileDialog::getSaveFileName(
      window, QObject::tr("Export circuit"), QStringLiteral("circuit"),
      QObject::tr("Drawing (*.svg);;Document (*.pdf);;Picture (*.png);;OpenQASM 3 (*.qasm)"), &filter);
  return path.isEmpty() ? QString() : export_circuit(experiment, view, with_ending(path, filter));
}

} // namespace duet::ui
