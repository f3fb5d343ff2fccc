// Cells of printed tables, set to the right.
#pragma once
#include <string>

namespace duet {

/// With blanks before it, so many letters wide.
std::string padded(std::string text, std::size_t width);
/// Six digits after the point, eleven letters wide; what rounds to 0 has no sign.
std::string fixed(double value);

} // namespace duet
