#include "engine/base/typed_number.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace duet {
namespace {

constexpr std::size_t group = 3;

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Every kind of minus, space and apostrophe as its ASCII one, without spaces around it; nothing when a
/// character has no place in a number.
std::optional<std::string> in_ascii(std::string_view text) {
  constexpr std::pair<std::string_view, char> others[] = {
      {"\u2212", '-'}, {"\u00a0", ' '}, {"\u202f", ' '}, {"\u2009", ' '}, {"\u2019", '\''}};
  std::string plain;
  while (!text.empty()) {
    const auto other =
        std::ranges::find_if(others, [&](const auto &pair) { return text.starts_with(pair.first); });
    if (other != std::end(others)) {
      plain += other->second;
      text.remove_prefix(other->first.size());
    } else if (std::string_view("0123456789+-.,eE% '\t").find(text.front()) != std::string_view::npos) {
      plain += text.front() == '\t' ? ' ' : text.front();
      text.remove_prefix(1);
    } else {
      return std::nullopt;
    }
  }
  const auto first = plain.find_first_not_of(' ');
  return first == std::string::npos ? std::string()
                                    : plain.substr(first, plain.find_last_not_of(' ') + 1 - first);
}

/// "1 000" without its spaces; nothing when the groups are not of three digits.
std::optional<std::string> without_groups(std::string_view text) {
  const auto separator = std::ranges::find_if(text, [](char c) { return c < '0' || c > '9'; });
  if (separator == text.end())
    return std::string(text);
  std::string digits;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(*separator, from), text.size());
    const std::string_view part = text.substr(from, end - from);
    if (!all_digits(part) || part.empty() || part.size() > group || (from > 0 && part.size() != group))
      return std::nullopt;
    digits += part;
    from = end + 1;
  }
  return digits;
}

/// Where the fraction's point or comma stands: npos for none, nothing when it could stand or not.
std::optional<std::size_t> decimal_place(std::string_view text, bool whole_wanted) {
  const std::size_t point = text.rfind('.'), comma = text.rfind(',');
  if (point == std::string_view::npos && comma == std::string_view::npos)
    return point;
  if (point != std::string_view::npos && comma != std::string_view::npos)
    return std::max(point, comma);
  const char mark = point == std::string_view::npos ? ',' : '.';
  if (std::ranges::count(text, mark) > 1)
    return std::string_view::npos; // groups
  const std::size_t place = text.find(mark);
  const std::string_view before = text.substr(0, place), after = text.substr(place + 1);
  const bool like_a_group = mark == ',' && !before.empty() && before.size() <= group && before[0] != '0' &&
                            all_digits(before) && after.size() == group;
  if (!like_a_group)
    return place;
  return whole_wanted ? std::optional(std::string_view::npos) : std::nullopt;
}

/// Takes digits and an optional sign from the end, behind an e; false if they are no exponent.
bool take_exponent(std::string_view &text, int &exponent) {
  const std::size_t place = text.find_first_of("eE");
  if (place == std::string_view::npos)
    return true;
  std::string_view digits = text.substr(place + 1);
  if (digits.starts_with('+') && digits.size() > 1 && digits[1] != '-')
    digits.remove_prefix(1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  text = text.substr(0, place);
  return error == std::errc{} && end == digits.data() + digits.size() && std::abs(exponent) < 10000;
}

} // namespace

std::variant<TypedNumber, NumberFault> read_typed_number(std::string_view text, bool whole_wanted) {
  const auto plain = in_ascii(text);
  if (!plain)
    return NumberFault::not_a_number;
  std::string_view rest = *plain;
  const bool percent = rest.ends_with('%');
  if (percent)
    rest = rest.substr(0, rest.find_last_not_of(' ', rest.size() - 2) + 1);
  std::string normal = rest.starts_with('-') ? "-" : "";
  if (rest.starts_with('-') || rest.starts_with('+'))
    rest.remove_prefix(1);
  int exponent = 0;
  if (!take_exponent(rest, exponent))
    return NumberFault::not_a_number;
  const auto place = decimal_place(rest, whole_wanted);
  if (!place)
    return NumberFault::two_readings;
  const bool fraction = *place != std::string_view::npos;
  const std::string_view after = fraction ? rest.substr(*place + 1) : std::string_view();
  const auto before = without_groups(rest.substr(0, *place));
  const bool only_fraction = fraction && *place == 0;
  if ((!before && !only_fraction) || !all_digits(after) ||
      ((only_fraction || before->empty()) && after.empty()))
    return NumberFault::not_a_number;
  normal += only_fraction ? "0" : *before;
  TypedNumber number;
  if (!fraction && !percent && exponent == 0) {
    long long whole = 0;
    if (const auto [end, error] = std::from_chars(normal.data(), normal.data() + normal.size(), whole);
        error == std::errc{} && end == normal.data() + normal.size())
      number.whole = whole;
  }
  normal += (after.empty() ? "" : "." + std::string(after)) + "e" +
            std::to_string(percent ? exponent - 2 : exponent);
  const auto [end, error] = std::from_chars(normal.data(), normal.data() + normal.size(), number.value);
  if (error != std::errc{} || end != normal.data() + normal.size() || !std::isfinite(number.value))
    return NumberFault::not_a_number;
  return number;
}

} // namespace duet
