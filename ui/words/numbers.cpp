#include "ui/words/numbers.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {

QString grouped(long long value) {
  QString text = QString::number(value);
  for (qsizetype i = text.size() - 3; i > (value < 0 ? 1 : 0); i -= 3)
    text.insert(i, QLatin1Char(','));
  return text;
}

QString counted(long long count, const QString &noun, const QString &nouns) {
  const QString many = nouns.isEmpty() ? noun + QLatin1Char('s') : nouns;
  return grouped(count) + QLatin1Char(' ') + (count == 1 ? noun : many);
}

QString ratio_text(double ratio) {
  QString text = QString::number(ratio, 'f', 6); // the crossfader's own precision
  while (text.endsWith(QLatin1Char('0')) && text.size() - text.indexOf(QLatin1Char('.')) > 3)
    text.chop(1);
  return text;
}

QString percent(double share) { return QString::number(std::lround(100 * share)) + QStringLiteral(" %"); }

Shares shares(double ratio) {
  const int second = static_cast<int>(std::lround(100 * std::clamp(ratio, 0.0, 1.0)));
  return {100 - second, second};
}

} // namespace duet::ui
