#include "app/cli/help.h"
#include <nlohmann/json.hpp>
#include <string_view>

namespace duet {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t widest = 110;

/// The form of a value: keys, and what kind of list stands under them. `{"images", "results": [{"ratio"}]}`
std::string form_of(const Json &value) {
  std::string text;
  if (value.is_object()) {
    for (const auto &[key, entry] : value.items()) {
      const std::string form = form_of(entry);
      text += (text.empty() ? "\"" : ", \"") + key + '"' + (form.empty() ? "" : ": " + form);
    }
    return "{" + text + "}";
  }
  if (value.is_array())
    return "[" + (value.empty() || !value[0].is_structured() ? "..." : form_of(value[0])) + "]";
  return text;
}

/// Broken between words; every line indented by two spaces.
std::string wrapped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > widest) {
      end = text.rfind(' ', widest);
      end = end == std::string_view::npos ? text.size() : end;
    }
    out.append("  ").append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

std::string section(const std::string &title, const std::vector<std::string> &lines) {
  if (lines.empty())
    return {};
  std::string text = title + ":\n";
  for (const std::string &line : lines)
    text += wrapped(line);
  return text;
}

} // namespace

std::string help_text(const HelpText &help) {
  std::string text = section("Examples", help.examples) + section("Limits", help.limits);
  if (!help.sample.empty())
    text += section("Keys of --json", {form_of(Json::parse(help.sample))});
  if (!help.asked.empty())
    text += "\n" + section("Further keys of --json, where asked for", {form_of(Json::parse(help.asked))});
  if (!help.more.empty())
    text += "\n" + help.more;
  return text;
}

} // namespace duet
