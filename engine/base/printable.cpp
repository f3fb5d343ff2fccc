#include "engine/base/printable.h"
#include <algorithm>

namespace duet {

std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80)
    return text.empty() ? 0 : 1;
  if (first >= 0xC2 && first < 0xE0)
    return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first < 0xF0) {
    const bool shortest = first != 0xE0 || byte(1) >= 0xA0, surrogate = first == 0xED && byte(1) >= 0xA0;
    return follows(1) && follows(2) && shortest && !surrogate ? 3 : 0;
  }
  const bool in_range = (first != 0xF0 || byte(1) >= 0x90) && (first != 0xF4 || byte(1) < 0x90);
  return first >= 0xF0 && first <= 0xF4 && in_range && follows(1) && follows(2) && follows(3) ? 4 : 0;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0)
      return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_control(std::string_view text, std::size_t length) {
  const auto first = static_cast<unsigned char>(text[0]);
  return first < ' ' || first == 0x7f ||
         (length == 2 && first == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0);
}

std::string printable(std::string_view text, std::size_t most) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == most)
      return out + "...";
    const std::size_t length = character_length(text), bytes = std::max<std::size_t>(1, length);
    const bool shown = length > 0 && !is_control(text, length);
    for (const char c : text.substr(0, bytes)) {
      const auto byte = static_cast<unsigned char>(c);
      out += shown ? std::string(1, c) : std::string{'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
    text.remove_prefix(bytes);
  }
  return out;
}

} // namespace duet
