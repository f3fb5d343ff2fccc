#include "engine/experiment/json.h"
#include "engine/io/json_text.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace duet {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;
constexpr int newest_version = 1;
constexpr int deepest = 16;

[[noreturn]] void fail(const std::string &source, const std::string &sentence) {
  throw Error(ExitCode::usage, source + ": " + sentence);
}

/// "line 3, column 7" of the byte where the parser stopped.
std::string place(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// One JSON value. Refuses keys given twice, of which a plain parser would keep the last in silence.
Json parse(std::string_view text, const std::string &source) {
  std::vector<std::set<std::string>> keys;
  const auto watch = [&](int depth, Json::parse_event_t event, Json &parsed) {
    if (depth > deepest)
      fail(source, "nested deeper than " + std::to_string(deepest) + " levels; an experiment has 3.");
    if (event == Json::parse_event_t::object_start)
      keys.emplace_back();
    else if (event == Json::parse_event_t::object_end)
      keys.pop_back();
    else if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
      fail(source, "the key \"" + printable(parsed.get<std::string>(), 60) + "\" is given twice.");
    return true;
  };
  try {
    return Json::parse(text, watch);
  } catch (const Json::parse_error &error) {
    fail(source, place(text, error.byte) + ": this is not valid JSON.");
  } catch (const Json::exception &) {
    fail(source, "a number is too large for JSON readers; allowed are numbers up to 1e308.");
  }
}

/// As much of a value as fits into a sentence.
std::string excerpt(const Json &json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return printable(text, 60);
}

std::optional<Value> to_value(const Json &json) {
  if (json.is_boolean())
    return json.get<bool>();
  if (json.is_number_integer()) {
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > 9223372036854775807ull)
      return json.get<double>();
    return json.get<long long>();
  }
  if (json.is_number_float())
    return json.get<double>();
  if (json.is_string())
    return json.get<std::string>();
  if (!json.is_array())
    return std::nullopt;
  std::vector<int> list;
  for (const Json &entry : json) {
    const double x = entry.is_number() ? entry.get<double>() : 0.5;
    if (!(std::abs(x) < 1e9) || x != std::floor(x))
      return std::nullopt;
    list.push_back(static_cast<int>(x));
  }
  return list;
}

/// A type the setting cannot take, told in the same words as a range.
Problem wrong_type(const Field &field, const Json &json) {
  return {field.path, field.path + " is " + excerpt(json) + "; allowed: " + allowed(field) + "."};
}

bool is_group(const std::string &path) {
  return std::ranges::any_of(fields(),
                             [&](const Field &field) { return field.path.starts_with(path + "."); });
}

void read_object(const Json &object, const std::string &prefix, const std::string &source, Draft &draft) {
  for (const auto &[key, json] : object.items()) {
    const std::string path = prefix.empty() ? key : prefix + "." + key;
    if (prefix.empty() && key == "duet")
      continue;
    if (is_group(path)) {
      if (!json.is_object())
        fail(source, path + " is " + excerpt(json) + "; it must be an object in braces.");
      read_object(json, path, source, draft);
      continue;
    }
    const Field *field = find_field(path);
    if (field && key.find('.') != std::string::npos)
      fail(source, excerpt(path) + " stands under one key; write its parts as groups in braces.");
    if (!field)
      fail(source, unknown_setting(path, excerpt(path)));
    const auto value = to_value(json);
    const auto problem = value ? draft.give(path, *value) : wrong_type(*field, json);
    if (problem)
      fail(source, problem->text);
  }
}

void check_version(const Json &root, const std::string &source) {
  const auto version = root.find("duet");
  if (version == root.end())
    return;
  if (!version->is_number_integer() || *version < 1)
    fail(source, "duet is " + excerpt(*version) + "; allowed: the file version " +
                     std::to_string(newest_version) + ".");
  if (*version > newest_version)
    fail(source, "duet is " + excerpt(*version) +
                     ": the file comes from a newer version of Duet; this one reads version " +
                     std::to_string(newest_version) + ".");
}

/// Whole numbers without a point, also those of a real setting.
OrderedJson as_json(const Value &value) {
  return std::visit(
      [](const auto &own) -> OrderedJson {
        if constexpr (std::is_same_v<std::decay_t<decltype(own)>, double>)
          if (own == std::floor(own) && std::abs(own) < 1e9)
            return static_cast<long long>(own);
        return own;
      },
      value);
}

/// The experiment as it stands in its file: each part of a path is a group, in the order of the table.
OrderedJson tree_of(const Experiment &experiment, bool with_threads) {
  OrderedJson tree;
  tree["duet"] = newest_version;
  for (const Field &field : fields()) {
    if (!with_threads && field.path == "training.threads")
      continue;
    OrderedJson *node = &tree;
    for (std::size_t from = 0, dot = 0; from <= field.path.size(); from = dot + 1) {
      dot = std::min(field.path.find('.', from), field.path.size());
      node = &(*node)[field.path.substr(from, dot - from)];
    }
    *node = as_json(get(experiment, field.path));
  }
  return tree;
}

LoggedChange read_change(const Json &json, const std::string &source) {
  const auto counts = [&](const char *key) { return json.contains(key) && json[key].is_number_unsigned(); };
  if (!json.is_object() || !counts("step") || !json.contains("set") || !json["set"].is_object() ||
      (json.contains("epochs") &&
       !(counts("epochs") && json["epochs"].get<std::uint64_t>() <= std::numeric_limits<int>::max())))
    fail(source, "a line of a commands log is an object with the keys step, epochs and set.");
  LoggedChange change{
      json["step"].get<std::uint64_t>(), counts("epochs") ? json["epochs"].get<int>() : 0, {}};
  const Json &given = json["set"];
  for (const auto &[path, entry] : given.items())
    if (!find_field(path))
      fail(source, unknown_setting(path, excerpt(path)));
  Experiment scratch;
  for (const Field &field : fields()) // in their own order, as they were written
    if (given.contains(field.path)) {
      const auto value = to_value(given[field.path]);
      if (const auto problem =
              value ? set(scratch, field.path, *value) : wrong_type(field, given[field.path]))
        fail(source, problem->text);
      change.settings.emplace_back(field.path, get(scratch, field.path));
    }
  return change;
}

} // namespace

Draft parse_draft(std::string_view text, const std::string &source_name) {
  const Json root = parse(text, source_name);
  if (!root.is_object())
    fail(source_name, "an experiment is a JSON object in braces, not " + excerpt(root) + ".");
  check_version(root, source_name);
  Draft draft;
  read_object(root, "", source_name, draft);
  return draft;
}

Experiment parse_experiment(std::string_view text, const std::string &source_name) {
  return parse_draft(text, source_name).resolve();
}

std::string to_json(const Experiment &experiment) { return json_text(tree_of(experiment, true)); }
std::string identity(const Experiment &experiment) { return json_text(tree_of(experiment, false)); }

std::string to_json_line(const LoggedChange &change) {
  OrderedJson line = {{"step", change.step}, {"epochs", change.epochs}, {"set", OrderedJson::object()}};
  for (const auto &[path, value] : change.settings)
    line["set"][path] = as_json(value);
  return line.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::vector<LoggedChange> parse_log(std::string_view text, const std::string &source_name) {
  std::vector<LoggedChange> changes;
  int line = 1;
  for (std::size_t from = 0; from < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view row = text.substr(from, end - from);
    const std::string source = source_name + " line " + std::to_string(line);
    if (!row.empty())
      changes.push_back(read_change(parse(row, source), source));
    from = end + 1;
  }
  return changes;
}

} // namespace duet
