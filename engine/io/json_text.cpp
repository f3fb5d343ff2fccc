#include "engine/io/json_text.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace duet {
namespace {

using Json = nlohmann::ordered_json;

void append(const Json &value, std::size_t depth, std::string &text) {
  const bool nests = value.is_object() ||
                     (value.is_array() &&
                      std::ranges::any_of(value, [](const Json &entry) { return entry.is_structured(); }));
  if (!nests || value.empty()) {
    text += value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  const auto new_line = [&](std::size_t level) { text.append("\n").append(2 * level, ' '); };
  text += value.is_object() ? '{' : '[';
  bool first = true;
  for (const auto &[key, entry] : value.items()) {
    if (!std::exchange(first, false))
      text += ',';
    new_line(depth + 1);
    if (value.is_object())
      text += Json(key).dump(-1, ' ', false, Json::error_handler_t::replace) + ": ";
    append(entry, depth + 1, text);
  }
  new_line(depth);
  text += value.is_object() ? '}' : ']';
}

} // namespace

std::string json_text(const Json &value) {
  std::string text;
  append(value, 0, text);
  return text + "\n";
}

} // namespace duet
