#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"
#include <QFontDatabase>
#include <QFontInfo>
#include <QScreen>
#include <QWidget>
#include <algorithm>
#include <array>
#include <cmath>

namespace duet::ui {
namespace {

constexpr std::array percents = {100, 110, 125, 150, 175, 200, 225, 250};
constexpr double body_px = 13;       ///< at 100 %
constexpr QSize window_frame(4, 40); ///< what a window manager adds, at most

} // namespace

int desktop_text_percent() {
  const double height = QFontInfo(QFontDatabase::systemFont(QFontDatabase::GeneralFont)).pixelSize();
  const int fives = static_cast<int>(std::lround(20 * height / body_px));
  return std::clamp(5 * fives, smallest_text_percent, largest_text_percent);
}

int next_text_percent(int percent, int direction) {
  if (direction > 0) {
    const auto next = std::ranges::upper_bound(percents, percent);
    return next == percents.end() ? percents.back() : *next;
  }
  const auto at = std::ranges::lower_bound(percents, percent);
  return at == percents.begin() ? percents.front() : *(at - 1);
}

double text_scale() { return theme().textPercent() / 100.0; }

int px(double units) { return static_cast<int>(std::lround(units * text_scale())); }

QSize px(const QSize &units) { return {px(units.width()), px(units.height())}; }

QFont text_font(int units, QFont::Weight weight) {
  QFont result = font(units, weight);
  result.setPixelSize(px(units));
  return result;
}

void set_text_font(QWidget *widget, int units, QFont::Weight weight) {
  follow_text_size(widget, [=] { widget->setFont(text_font(units, weight)); });
}

void resize_in_units(QWidget *window, const QSize &units) {
  window->resize(px(units).boundedTo(window->screen()->availableSize() - window_frame));
}

void follow_text_size(QWidget *widget, const std::function<void()> &apply) {
  apply();
  QObject::connect(&theme(), &Theme::textSizeChanged, widget, apply);
}

} // namespace duet::ui
