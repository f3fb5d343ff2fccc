// The look of the window, in one place: colours, fonts, distances. Painted widgets read theme().palette()
// in paintEvent and call update() on changed().
#pragma once
#include "ui/theme/paint.h"
#include "ui/theme/palette.h"
#include "ui/theme/text_size.h"
#include <QObject>

namespace duet::ui {

/// Distances in units (text_size.h).
inline constexpr int gap = 8;          ///< between neighbours
inline constexpr int margin = 14;      ///< of a dock or a card
inline constexpr int card_radius = 12; ///< of the lanes' cards
inline constexpr int field_radius = 5;

class Theme : public QObject {
  Q_OBJECT
public:
  enum class Mode { light, dark };
  explicit Theme(QObject *parent = nullptr);

  Mode mode() const { return mode_; }
  const Palette &palette() const;
  /// Repaints the application: palette, style sheet, then changed().
  void setMode(Mode mode);
  int textPercent() const { return text_percent_; }
  /// The text's size, within the limits: font and style sheet, then textSizeChanged() and changed().
  void setTextPercent(int percent);
  /// Style, font, palette and style sheet for the QApplication. Call once, after it is made.
  void install();

Q_SIGNALS:
  void changed();
  void textSizeChanged();

private:
  Mode mode_ = Mode::light;
  int text_percent_ = smallest_text_percent;
};

/// The application's theme. Made on first use; GUI thread only.
Theme &theme();

} // namespace duet::ui
