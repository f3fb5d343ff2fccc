// Text of others within our own sentences.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace duet {

/// Bytes of the UTF-8 character that the text begins with; 0 if it begins with none.
std::size_t character_length(std::string_view text);
bool is_utf8(std::string_view text);
/// Does a character of so many bytes move the cursor instead of showing something?
bool is_control(std::string_view text, std::size_t length);
/// As it is on one line: control characters and bytes that are no UTF-8 become \x0a and the like; of more
/// than `most` letters the rest becomes "...".
std::string printable(std::string_view text, std::size_t most = std::string_view::npos);

} // namespace duet
