// Numbers as people type them: "0,5", "70 %", "1 000", "2e-3". Files keep the one form with a point.
#pragma once
#include <optional>
#include <string_view>
#include <variant>

namespace duet {

struct TypedNumber {
  double value = 0;
  std::optional<long long> whole; ///< exact, where a whole number was typed
};

enum class NumberFault {
  not_a_number,
  two_readings ///< "1,000": one, or a thousand
};

/// A point or a comma before the fraction; spaces, apostrophes, commas or points between groups of three
/// digits; "%" divides by a hundred. `whole_wanted`: a number of things is asked for, so "1,000" is a
/// thousand.
std::variant<TypedNumber, NumberFault> read_typed_number(std::string_view text, bool whole_wanted = false);

} // namespace duet
