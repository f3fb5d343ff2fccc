// A circuit as a figure and as a program, to be saved and copied.
#pragma once
#include "ui/circuit/circuit_painter.h"
#include "ui/plots/exportable.h"

namespace duet::ui {

class CircuitFigure : public Exportable {
public:
  /// Selection, pointer and cursor of the painter are left out.
  explicit CircuitFigure(CircuitPainter painter);

  QString exportName() const override;
  QString exportTitle() const override;
  QSize exportSize() const override; ///< every gate at its full size
  void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) override;
  QList<ExportText> exportTexts() const override;

  static QString withInputs();  ///< the form whose weights and features are inputs
  static QString withWeights(); ///< the form whose weights are the trained angles; features are inputs

private:
  CircuitPainter painter_;
};

} // namespace duet::ui
