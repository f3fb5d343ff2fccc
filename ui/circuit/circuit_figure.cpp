#include "ui/circuit/circuit_figure.h"
#include "engine/circuit/binding.h"
#include "engine/qasm/qasm.h"
#include <QObject>

namespace duet::ui {
namespace {

constexpr int border = 12; // px around the drawing

} // namespace

CircuitFigure::CircuitFigure(CircuitPainter painter) : painter_(std::move(painter)) {
  painter_.setSelected(-1);
  painter_.setHovered(-1);
  painter_.setCursor(std::nullopt);
}

QString CircuitFigure::exportName() const { return QStringLiteral("circuit"); }
QString CircuitFigure::exportTitle() const { return QObject::tr("Quantum circuit"); }
QString CircuitFigure::withInputs() { return QObject::tr("OpenQASM 3 with inputs"); }
QString CircuitFigure::withWeights() { return QObject::tr("OpenQASM 3 with trained angles"); }

QSize CircuitFigure::exportSize() const {
  return painter_.naturalSize().toSize() + QSize(2 * border, 2 * border);
}

void CircuitFigure::paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) {
  painter_.paint(painter, target.adjusted(border, border, -border, -border), palette);
}

QList<ExportText> CircuitFigure::exportTexts() const {
  const QString qasm = QStringLiteral("qasm");
  QList<ExportText> texts = {{withInputs(), qasm, [circuit = painter_.circuit()] {
                                return QString::fromStdString(write_qasm3(circuit));
                              }}};
  if (painter_.circuit().weights > 0 && !painter_.weights().empty())
    texts.append({withWeights(), qasm, [circuit = painter_.circuit(), weights = painter_.weights()] {
                    return QString::fromStdString(write_qasm3(with_weights(circuit, weights)));
                  }});
  return texts;
}

} // namespace duet::ui
