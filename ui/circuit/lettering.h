// Fonts for many short texts in boxes of many sizes: each font is made once, each text measured once.
#pragma once
#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QString>
#include <array>
#include <optional>

namespace duet::ui {

/// Lives for one paint; GUI thread.
class Lettering {
public:
  Lettering();
  /// The font of this size, 5 to 13 pixels.
  const QFont &of_size(int pixels);
  /// The largest font from `smallest` to `largest` pixels in which the text fits into `width`; null if none
  /// does.
  const QFont *fitting(const QString &text, double width, double largest, double smallest);

private:
  static constexpr int reference_size = 20, smallest_size = 5, largest_size = 13;
  QFontMetricsF metrics_; ///< at reference_size pixels
  QHash<QString, double> widths_;
  std::array<std::optional<QFont>, largest_size - smallest_size + 1> fonts_;
};

} // namespace duet::ui
