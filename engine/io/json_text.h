// JSON values as text, laid out the same in every file and on every screen.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace duet {

/// A key a line, two spaces a level; lists of numbers stand on one line, lists of lists and of objects a
/// line each. Keys keep their order; numbers read back to the same bits; text that is not UTF-8 is shown
/// with replacement characters. Ends with a line end.
std::string json_text(const nlohmann::ordered_json &value);

} // namespace duet
