// Numbers as text that reads back to the same number, whatever the locale.
#pragma once
#include <QString>
#include <charconv>

namespace duet::ui {

template <class Number> QString number_text(Number value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value);
  return QString::fromLatin1(digits, end.ptr - digits);
}

/// 12345 as "12,345".
inline QString grouped(long long value) {
  QString text = QString::number(value);
  for (qsizetype i = text.size() - 3; i > (value < 0 ? 1 : 0); i -= 3)
    text.insert(i, QLatin1Char(','));
  return text;
}

} // namespace duet::ui
