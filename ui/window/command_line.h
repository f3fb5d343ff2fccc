// The arguments of `duet`. engine/MODEL.md 4.
#pragma once
#include "ui/theme/theme.h"
#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>
#include <variant>

namespace duet::ui {

struct Options {
  QString file; ///< experiment, run folder or circuit; empty: the default experiment
  bool train = false;
  QString epochs; ///< training.epochs as given; empty: as the experiment says
  std::optional<QSize> size;
  std::optional<int> text_percent;
  QString screenshot;         ///< write a picture of the window here and end
  double after_seconds = 1.0; ///< after the first paint
  std::optional<Theme::Mode> theme;
  bool help = false, version = false;
};

/// Without the program's name. A QString is the sentence that says what is wrong.
std::variant<Options, QString> parse_command_line(const QStringList &arguments);
QString usage_text();
/// The sentence to end with when Qt finds nothing to show a window on.
QString missing_display();

} // namespace duet::ui
