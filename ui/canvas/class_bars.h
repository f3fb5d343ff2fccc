// Ten bars, one for each class: logits of a branch or the probabilities of the answer.
#pragma once
#include "ui/theme/palette.h"
#include <QRectF>
#include <QString>
#include <array>
#include <optional>

class QPainter;

namespace duet::ui {

struct ClassBars {
  QRectF area;                   ///< of the bars; names are written to the left of it
  std::array<QString, 10> names; ///< [output], as class_names() gives them
  std::array<double, 10> value{};
  bool probabilities = false; ///< scale 0..1; otherwise the largest magnitude fills the width
  std::optional<int> truth;   ///< marked
  std::optional<int> framed;  ///< selected output
  QColor color, quiet;        ///< of the largest, of the others
  QColor edge;                ///< around every bar
  QColor ink, soft, mark, ground;
  bool wrong = false; ///< the largest is not the truth: told by a cross beside it
  bool live = true;   ///< false: no values yet
  bool with_percent = false;
  int top() const;              ///< the largest
  QRectF row(int output) const; ///< name and bar
};

void paint_class_bars(QPainter &painter, const ClassBars &bars);

} // namespace duet::ui
