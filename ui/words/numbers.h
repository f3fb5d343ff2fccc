// Numbers as text, the same all over the window, whatever the locale.
#pragma once
#include <QString>
#include <charconv>

namespace duet::ui {

/// Reads back to the same number.
template <class Number> QString number_text(Number value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value);
  return QString::fromLatin1(digits, end.ptr - digits);
}

QString grouped(long long value); ///< 12345 as "12,345"
/// "1 spike", "12,345 spikes"; `nouns` where an s does not make the plural.
QString counted(long long count, const QString &noun, const QString &nouns = {});
/// A ratio as it is: two decimals at least, more where it has more, "0.60" and "0.605".
QString ratio_text(double ratio);
QString percent(double share); ///< 0.6 as "60 %"
/// The shares (1 - r) and r in whole percent that add up to 100.
struct Shares {
  int first = 0, second = 100;
};
Shares shares(double ratio);

} // namespace duet::ui
