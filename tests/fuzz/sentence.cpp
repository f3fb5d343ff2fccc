#include "tests/fuzz/sentence.h"
#include <cstdint>

namespace duet::fuzz {

bool printable(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first < ' ' || first == 0x7F || (first >= 0x80 && first < 0xC2) || first > 0xF4 ||
        i + length > text.size())
      return false;
    std::uint32_t character = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0) != 0x80)
        return false;
      character = character << 6 | (next & 0x3F);
    }
    const std::uint32_t least[] = {0, 0, 0xA0, 0x800, 0x10000}; // of so many bytes, C1 controls left out
    if (character < least[length] || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
      return false;
    i += length;
  }
  return true;
}

} // namespace duet::fuzz
