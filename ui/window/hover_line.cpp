#include "ui/window/hover_line.h"
#include "ui/theme/text_size.h"
#include <algorithm>

namespace duet::ui {
namespace {

constexpr int left = 8, right = 16, most_lines = 2; ///< margins in units

} // namespace

HoverLine::HoverLine(QWidget *parent) : QLabel(parent) {
  setObjectName(QStringLiteral("hoverText"));
  setProperty("caption", true);
  setTextFormat(Qt::PlainText);
  follow_text_size(this, [this] { setContentsMargins(px(left), 0, px(right), 0); });
}

void HoverLine::say(const QString &sentence, int room) {
  ensurePolished();
  const int margins = px(left + right), width = std::max(1, room - margins);
  const QFontMetrics metrics = fontMetrics();
  const auto wrapped = [&](const QString &text) {
    return metrics.boundingRect(0, 0, width, 10000, Qt::TextWordWrap, text).size();
  };
  QString shown = sentence;
  for (qsizetype end = shown.size();
       end > 0 && wrapped(shown).height() > most_lines * metrics.lineSpacing();) {
    end = sentence.lastIndexOf(QLatin1Char(' '), end - 1);
    shown = sentence.left(std::max<qsizetype>(0, end)) + QStringLiteral(" \u2026");
  }
  setWordWrap(metrics.horizontalAdvance(shown) > width);
  const int needed = wordWrap() ? width : metrics.horizontalAdvance(shown) + 2;
  wanted_ = {needed + margins, most_lines * metrics.lineSpacing()};
  setText(shown);
  updateGeometry();
}

} // namespace duet::ui
