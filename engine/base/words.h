// Words and numbers in sentences.
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
/// "3", "3 and 7", "3, 7 and 41"; `last` is what stands before the last one.
std::string listed(const std::vector<std::string> &items, std::string_view last = " and ");
/// The word that was most likely meant, where one is near enough; else "". The first of equals.
std::string closest(const std::string &word, const std::vector<std::string> &known);

} // namespace duet
