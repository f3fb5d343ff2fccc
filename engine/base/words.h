// Numbers in sentences.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duet {

/// "41,200"; rounded to a whole number.
std::string grouped(double value);
/// "1 image", "6,000 images"
std::string counted(std::uint64_t count, std::string_view noun);
/// "3", "3 and 7", "3, 7 and 41"
std::string listed(const std::vector<std::string> &items);

} // namespace duet
