#include "engine/base/plain_number.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace duet {
namespace {

template <class Number> std::optional<Number> read_all(std::string_view text) {
  if (text.starts_with('+'))
    text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<double> read_real(std::string_view text) { return read_all<double>(text); }

std::optional<long long> read_whole(std::string_view text) {
  if (const auto digits = read_all<long long>(text))
    return digits;
  constexpr double exact = 9007199254740992.0; // 2^53
  const auto real = read_real(text);
  return real && std::abs(*real) <= exact && *real == std::floor(*real)
             ? std::optional(static_cast<long long>(*real))
             : std::nullopt;
}

std::string comma_hint(std::string_view text) {
  std::string pointed(text);
  if (std::ranges::count(pointed, ',') != 1 || pointed.find('.') != std::string::npos)
    return {};
  std::ranges::replace(pointed, ',', '.');
  return read_real(pointed) ? "; write it with a decimal point: " + pointed : "";
}

} // namespace duet
