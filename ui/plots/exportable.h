// What can be saved as a figure and as numbers, and how it is written.
#pragma once
#include "ui/theme/palette.h"
#include <QList>
#include <QRectF>
#include <QSize>
#include <QString>
#include <functional>

class QImage;
class QMenu;
class QPainter;

namespace duet::ui {

/// Another form than the picture: numbers, a program.
struct ExportText {
  QString name;   ///< "Numbers"
  QString ending; ///< "csv"
  std::function<QString()> content;
};

/// Every plot of the window, the canvas and the circuit.
class Exportable {
public:
  virtual ~Exportable() = default;
  virtual QString exportName() const = 0;  ///< a file name without ending: "accuracy"
  virtual QString exportTitle() const = 0; ///< "Accuracy"
  virtual QSize exportSize() const = 0;    ///< of the figure, in px at 96 dpi
  /// With title, axes and units, also where the window leaves them to a neighbour. Paints nothing outside
  /// target.
  virtual void paintFigure(QPainter &painter, const QRectF &target, const Palette &palette) = 0;
  virtual QString toCsv() const { return {}; }   ///< the shown data, all points, numbers that round-trip
  virtual QList<ExportText> exportTexts() const; ///< the first is what "Copy data" takes; default: toCsv()
  virtual void addToMenu(QMenu &) {}             ///< entries of its own on a right click: "Show all"
};

/// The endings a figure can be written as: svg, pdf, png, and those of its texts.
QStringList export_endings(const Exportable &plot);

/// Writes by the ending of `path`: .png (300 dpi), .svg, .pdf, or one of its texts; `form` names which where
/// several have one ending. Returns an empty string, or one sentence that says what went wrong; the file is
/// written whole or not at all.
QString exportTo(Exportable &plot, const QString &path, const Palette &palette = light_palette(),
                 const QString &form = {});

QImage figure_image(Exportable &plot, const Palette &palette, double dots_per_inch);
QByteArray figure_svg(Exportable &plot, const Palette &palette);

} // namespace duet::ui
