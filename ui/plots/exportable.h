// What can be saved as a figure and as numbers.
#pragma once
#include <QRectF>
#include <QSize>
#include <QString>

class QPainter;

namespace duet::ui {

/// Every plot of the window. Paints the same picture on screen and into a file.
class Exportable {
public:
  virtual ~Exportable() = default;
  virtual QString exportName() const = 0; ///< a file name without ending: "accuracy"
  virtual QSize exportSize() const = 0;   ///< in px at 100 %
  virtual void paintTo(QPainter &painter, const QRectF &target) = 0;
  virtual QString toCsv() const = 0; ///< the shown data, all points, numbers that round-trip
};

/// Writes by the ending of `path`: .png (at 2x), .svg, .pdf, .csv. Returns an empty string, or one
/// sentence that says what went wrong; the file is written whole or not at all.
QString exportTo(Exportable &plot, const QString &path);

} // namespace duet::ui
