#include "ui/theme/theme.h"
#include "ui/theme/style_sheet.h"
#include <QApplication>
#include <QPointer>
#include <QStyleFactory>
#include <QToolTip>
#include <algorithm>

namespace duet::ui {

Theme::Theme(QObject *parent) : QObject(parent) {}

const Palette &Theme::palette() const { return mode_ == Mode::dark ? dark_palette() : light_palette(); }

void Theme::setMode(Mode mode) {
  if (mode == mode_)
    return;
  mode_ = mode;
  install();
  Q_EMIT changed();
}

void Theme::setTextPercent(int percent) {
  percent = std::clamp(percent, smallest_text_percent, largest_text_percent);
  if (percent == text_percent_)
    return;
  text_percent_ = percent;
  install();
  Q_EMIT textSizeChanged();
  Q_EMIT changed();
}

void Theme::install() {
  auto *application = qobject_cast<QApplication *>(QCoreApplication::instance());
  if (!application)
    return;
  static bool styled = false;
  if (!styled) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    styled = true;
  }
  QApplication::setFont(text_font());
  const QPalette colours = qt_palette(palette());
  QApplication::setPalette(colours);
  QToolTip::setPalette(colours);
  application->setStyleSheet(style_sheet(palette(), text_scale()));
}

Theme &theme() {
  static QPointer<Theme> instance;
  if (!instance)
    instance = new Theme(QCoreApplication::instance());
  return *instance;
}

} // namespace duet::ui
