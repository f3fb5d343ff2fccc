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
/// Letters of UTF-8, not bytes.
std::size_t letters(std::string_view text);
/// "3", "3 and 7", "3, 7 and 41"; `last` is what stands before the last one.
std::string listed(const std::vector<std::string> &items, std::string_view last = " and ");
/// The same, but of more than eight the first seven: "3, 7, 41, 42, 43, 44, 45 and 12 others".
std::string few_listed(std::vector<std::string> items);
/// The word that was most likely meant, where one is near enough; else "". The first of equals.
std::string closest(const std::string &word, const std::vector<std::string> &known);

} // namespace duet
