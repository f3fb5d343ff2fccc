// A circuit's drawing or program as a file: SVG, PDF, PNG, OpenQASM 3.
#pragma once
#include "ui/circuit/circuit_painter.h"
#include <QString>

namespace duet::ui {

/// The ending decides: .svg, .pdf, .png (three pixels a point), .qasm. Written whole or not at all. Returns
/// an empty text, or one sentence that says what went wrong.
QString exportCircuit(const CircuitPainter &circuit, const QString &file, const Palette &palette);

} // namespace duet::ui
