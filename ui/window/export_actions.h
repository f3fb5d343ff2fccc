// File > Export: the charts in sight as figures and numbers, the circuit as drawing and program.
#pragma once
#include "engine/session/session.h"
#include "ui/plots/exportable.h"
#include <QList>
#include <QString>

class QWidget;

namespace duet::ui {

/// Asks for a file and writes the plot. A sentence that says what went wrong, or nothing.
QString ask_export(Exportable &plot, QWidget *window);

/// The circuit with its present weights: .svg, .pdf, .png, .qasm (OpenQASM 3). As exportTo.
QString export_circuit(const Experiment &experiment, const std::shared_ptr<const SessionView> &view,
                       const QString &path);
QString ask_export_circuit(const Experiment &experiment, const std::shared_ptr<const SessionView> &view,
                           QWidget *window);

} // namespace duet::ui
