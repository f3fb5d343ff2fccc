#include "engine/experiment/describe.h"
#include "engine/base/number_text.h"
#include "engine/base/plain_number.h"
#include "engine/base/printable.h"
#include "engine/base/typed_number.h"
#include "engine/base/words.h"
#include "engine/experiment/choices.h"
#include "engine/experiment/settings_table.h"
#include "engine/spiking/neuron_kinds.h"
#include <algorithm>
#include <cmath>
#include <concepts>
#include <iterator>

namespace duet {
namespace {

template <class T> Field::Kind kind_of() {
  if constexpr (std::same_as<T, bool>)
    return Field::Kind::boolean;
  else if constexpr (std::same_as<T, std::string>)
    return Field::Kind::text;
  else if constexpr (std::same_as<T, std::vector<int>>)
    return Field::Kind::list;
  else if constexpr (std::is_enum_v<T>)
    return Field::Kind::choice;
  else if constexpr (std::floating_point<T>)
    return Field::Kind::real;
  else
    return Field::Kind::integer;
}

SettingGroup group_of(std::string_view path) {
  return path.starts_with("spiking.")    ? SettingGroup::spiking
         : path.starts_with("quantum.")  ? SettingGroup::quantum
         : path.starts_with("training.") ? SettingGroup::training
                                         : SettingGroup::data_and_model;
}

template <class T> Field make_field(const T &, const Facts &facts) {
  Field field{.path = facts.path,
              .label = facts.label,
              .unit = facts.unit,
              .help = facts.help,
              .effect = facts.effect,
              .kind = kind_of<T>(),
              .min_excluded = facts.min_excluded,
              .max_excluded = facts.max_excluded,
              .soft_min = facts.soft_min,
              .soft_max = facts.soft_max,
              .logarithmic = facts.logarithmic,
              .choices = {},
              .choice_labels = {},
              .choice_help = {},
              .min_entries = facts.min_entries,
              .max_entries = facts.max_entries,
              .zero_is_all = facts.zero_is_all,
              .short_label = facts.short_label ? facts.short_label : facts.label,
              .group = facts.group.value_or(group_of(facts.path)),
              .row = facts.row,
              .control = facts.control,
              .applies = facts.applies};
  if (field.kind == Field::Kind::integer || field.kind == Field::Kind::real ||
      field.kind == Field::Kind::list) {
    field.min = facts.min;
    field.max = facts.max;
  }
  if constexpr (std::is_enum_v<T>)
    for (const auto &choice : choices_of(T{})) {
      field.choices.emplace_back(choice.name);
      field.choice_labels.emplace_back(choice.label ? choice.label : choice.name);
      field.choice_help.emplace_back(choice.help);
    }
  return field;
}

template <class T> Value to_value(const T &member) {
  if constexpr (std::is_enum_v<T>)
    return std::string(name_of(member));
  else if constexpr (std::integral<T> && !std::same_as<T, bool>)
    return static_cast<long long>(member);
  else
    return member;
}

/// The value is known to have the right type and range.
template <class T> void assign(T &member, const Value &value) {
  if constexpr (std::is_enum_v<T>) {
    for (const auto &choice : choices_of(T{}))
      if (choice.name == std::get<std::string>(value))
        member = choice.value;
  } else if constexpr (std::integral<T> && !std::same_as<T, bool>) {
    member = static_cast<T>(std::get<long long>(value));
  } else {
    member = std::get<T>(value);
  }
}

std::string number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e9)
    return std::to_string(static_cast<long long>(value));
  return number_text(value);
}

/// Well-formed UTF-8, as JSON demands of every text.
Problem refuse(const Field &field, const std::string &shown) {
  return {field.path, field.path + " is " + shown + "; allowed: " + allowed(field) + "."};
}

bool in_range(const Field &field, double x) {
  return std::isfinite(x) && (field.min_excluded ? x > field.min : x >= field.min) &&
         (field.max_excluded ? x < field.max : x <= field.max);
}

bool list_fits(const Field &field, const std::vector<int> &list) {
  const auto entries = static_cast<int>(list.size());
  return entries >= field.min_entries && entries <= field.max_entries &&
         std::all_of(list.begin(), list.end(), [&](int x) { return in_range(field, x); });
}

/// Brings numbers to the field's own type: 10.0 is a whole number, 10 is a real one.
Value in_own_type(const Field &field, const Value &value) {
  if (field.kind == Field::Kind::real && std::holds_alternative<long long>(value))
    return static_cast<double>(std::get<long long>(value));
  if (field.kind == Field::Kind::integer && std::holds_alternative<double>(value)) {
    const double x = std::get<double>(value);
    if (std::abs(x) <= 9007199254740991.0 && x == std::floor(x))
      return static_cast<long long>(x);
  }
  return value;
}

/// Type and range; the value is already in the field's own type.
bool fits(const Field &field, const Value &value) {
  switch (field.kind) {
  case Field::Kind::boolean:
    return std::holds_alternative<bool>(value);
  case Field::Kind::integer:
    return std::holds_alternative<long long>(value) &&
           in_range(field, static_cast<double>(std::get<long long>(value)));
  case Field::Kind::real:
    return std::holds_alternative<double>(value) && in_range(field, std::get<double>(value));
  case Field::Kind::choice:
    return std::holds_alternative<std::string>(value) &&
           std::ranges::count(field.choices, std::get<std::string>(value)) == 1;
  case Field::Kind::text:
    return std::holds_alternative<std::string>(value) && is_utf8(std::get<std::string>(value));
  case Field::Kind::list:
    return std::holds_alternative<std::vector<int>>(value) &&
           list_fits(field, std::get<std::vector<int>>(value));
  }
  return false;
}

std::string shown(const Value &value) {
  if (const auto *text = std::get_if<std::string>(&value)) {
    if (!is_utf8(*text))
      return "not UTF-8 text";
    return '"' + printable(*text, 60) + '"';
  }
  return to_text(value);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// "[128, 64]", "128,64", "128 64", "[]" or "".
std::optional<std::vector<int>> read_list(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
    text = trimmed(text.substr(1, text.size() - 2));
  std::vector<int> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(", "), text.size());
    const auto entry = read_whole(text.substr(0, end));
    if (!entry || *entry < std::numeric_limits<int>::min() || *entry > std::numeric_limits<int>::max())
      return std::nullopt;
    list.push_back(static_cast<int>(*entry));
    text = trimmed(text.substr(end));
    if (text.starts_with(',') && (text = trimmed(text.substr(1))).empty())
      return std::nullopt; // "128,"
  }
  return list;
}

/// A number of the field's type, before its range is looked at.
std::variant<Value, Problem> read_number(const Field &field, const std::string &text, Notation notation) {
  const bool whole_wanted = field.kind == Field::Kind::integer;
  if (notation == Notation::plain) {
    if (const auto whole = read_whole(text))
      return Value(*whole);
    if (const auto real = read_real(text))
      return Value(*real);
    return refuse(field, shown(text) + (whole_wanted ? "" : comma_hint(text)));
  }
  const auto read = read_typed_number(text, whole_wanted);
  if (const auto *number = std::get_if<TypedNumber>(&read)) {
    if (number->whole)
      return Value(*number->whole);
    return Value(number->value);
  }
  if (std::get<NumberFault>(read) == NumberFault::two_readings)
    return Problem{field.path, field.path + " is " + shown(text) +
                                   ", which can be read in two ways; write the fraction with a point, or "
                                   "leave the comma out."};
  return refuse(field, shown(text));
}

/// A character that a setting's path could go on with.
bool continues_path(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/' ||
         c == '-';
}

/// "training.epochs" -> "epochs"
std::string last_part(const std::string &path) { return path.substr(path.rfind('.') + 1); }

} // namespace

std::string unknown_setting(const std::string &path, const std::string &shown) {
  std::vector<std::string> known, parts;
  for (const Field &field : fields()) {
    known.push_back(field.path);
    parts.push_back(last_part(field.path));
  }
  std::vector<std::string> meant;
  if (const std::string whole = closest(path, known); !whole.empty())
    meant.push_back(whole);
  const auto add_those = [&](const auto &fits) {
    if (meant.empty())
      std::ranges::copy_if(known, std::back_inserter(meant), fits);
  };
  const std::string said = last_part(path), near = closest(said, parts);
  add_those([&](const std::string &k) { return !near.empty() && last_part(k) == near; });
  add_those(
      [&](const std::string &k) { return said.size() > 2 && last_part(k).find(said) != std::string::npos; });
  return shown + " is not a setting; " +
         (meant.empty() ? "`duet-cli train --help` lists them all."
                        : "did you mean " + listed(meant, " or ") + "?");
}

std::span<const Field> fields() {
  static const std::vector<Field> all = [] {
    std::vector<Field> list;
    const Experiment experiment;
    describe(experiment,
             [&](const auto &member, const Facts &facts) { list.push_back(make_field(member, facts)); });
    return list;
  }();
  return all;
}

const Field *find_field(const std::string &path) {
  const auto all = fields();
  const auto found = std::ranges::find(all, path, &Field::path);
  return found == all.end() ? nullptr : &*found;
}

std::string allowed(const Field &field) {
  const auto range = [&] {
    return std::string(field.min_excluded ? "above " : "from ") + number(field.min) +
           (field.max_excluded ? " to below " : " to ") + number(field.max);
  };
  switch (field.kind) {
  case Field::Kind::boolean:
    return "true or false";
  case Field::Kind::integer:
    return "whole numbers " + range();
  case Field::Kind::real:
    return "numbers " + range();
  case Field::Kind::text:
    return "text in UTF-8";
  case Field::Kind::list:
    return "a list of " + std::to_string(field.min_entries) + " to " + std::to_string(field.max_entries) +
           " whole numbers " + range();
  case Field::Kind::choice:
    break;
  }
  std::string text;
  for (std::size_t i = 0; i < field.choices.size(); ++i)
    text += (i == 0 ? "" : i + 1 == field.choices.size() ? " or " : ", ") + field.choices[i];
  return text;
}

Value get(const Experiment &experiment, const std::string &path) {
  std::optional<Value> value;
  describe(experiment, [&](const auto &member, const Facts &facts) {
    if (path == facts.path)
      value = to_value(member);
  });
  if (!value)
    throw Error(ExitCode::usage, unknown_setting(path, path));
  return *value;
}

std::optional<Problem> set(Experiment &experiment, const std::string &path, const Value &value) {
  const Field *field = find_field(path);
  if (!field)
    return Problem{path, unknown_setting(path, path)};
  const Value own = in_own_type(*field, value);
  if (!fits(*field, own))
    return refuse(*field, shown(value));
  describe(experiment, [&](auto &member, const Facts &facts) {
    if (path == facts.path)
      assign(member, own);
  });
  return std::nullopt;
}

std::variant<Value, Problem> parse_value(const Field &field, const std::string &text, Notation notation) {
  Value value = text;
  switch (field.kind) {
  case Field::Kind::boolean:
    if (text == "true" || text == "false")
      value = text == "true";
    break;
  case Field::Kind::integer:
  case Field::Kind::real: {
    const auto number = read_number(field, text, notation);
    if (const auto *problem = std::get_if<Problem>(&number))
      return *problem;
    value = std::get<Value>(number);
    break;
  }
  case Field::Kind::list:
    if (auto list = read_list(text))
      value = std::move(*list);
    break;
  case Field::Kind::choice:
  case Field::Kind::text:
    break;
  }
  const Value own = in_own_type(field, value);
  if (!fits(field, own))
    return refuse(field, shown(text));
  return own;
}

std::optional<Problem> set_text(Experiment &experiment, const std::string &path, const std::string &text,
                                Notation notation) {
  const Field *field = find_field(path);
  if (!field)
    return Problem{path, unknown_setting(path, path)};
  const auto value = parse_value(*field, text, notation);
  if (const auto *problem = std::get_if<Problem>(&value))
    return *problem;
  return set(experiment, path, std::get<Value>(value));
}

std::string to_text(const Value &value) {
  struct {
    std::string operator()(bool x) const { return x ? "true" : "false"; }
    std::string operator()(long long x) const { return std::to_string(x); }
    std::string operator()(double x) const { return number(x); }
    std::string operator()(const std::string &x) const { return x; }
    std::string operator()(const std::vector<int> &x) const {
      std::string text = "[";
      for (std::size_t i = 0; i < x.size(); ++i)
        text += (i ? "," : "") + std::to_string(x[i]);
      return text + "]";
    }
  } writer;
  return std::visit(writer, value);
}

std::string rename_settings(const std::string &sentence,
                            const std::function<std::string(const Field &)> &name) {
  std::string renamed;
  for (std::size_t i = 0; i < sentence.size();) {
    const Field *found = nullptr;
    if (i == 0 || (!continues_path(sentence[i - 1]) && sentence[i - 1] != '.' && sentence[i - 1] != '"'))
      for (const Field &field : fields()) {
        const std::size_t end = i + field.path.size();
        const bool whole =
            end >= sentence.size() ||
            (!continues_path(sentence[end]) && sentence[end] != '=' &&
             (sentence[end] != '.' || end + 1 >= sentence.size() || !continues_path(sentence[end + 1])));
        const bool meant = field.path.find('.') != std::string::npos || i == 0; // "seed" is also a word
        if (whole && meant && sentence.compare(i, field.path.size(), field.path) == 0)
          found = &field;
      }
    renamed += found ? name(*found) : std::string(1, sentence[i]);
    i += found ? found->path.size() : 1;
  }
  return renamed;
}

double default_slope(Surrogate surrogate) {
  switch (surrogate) {
  case Surrogate::atan:
    return 2;
  case Surrogate::triangular:
  case Surrogate::straight_through:
    return 1;
  case Surrogate::fast_sigmoid:
  case Surrogate::sigmoid:
    break;
  }
  return 25;
}

std::optional<Problem> set_with_defaults(Experiment &experiment, const std::string &path,
                                         const Value &value) {
  const NeuronSettings before = experiment.spiking.neuron;
  if (auto problem = set(experiment, path, value))
    return problem;
  NeuronSettings &now = experiment.spiking.neuron;
  if (now.surrogate != before.surrogate)
    now.slope = default_slope(now.surrogate);
  const double dt_ms = facts(now.kind).default_dt_ms;
  if (dt_ms != facts(before.kind).default_dt_ms)
    experiment.spiking.dt_ms = dt_ms;
  NoiseSettings &noise = experiment.data.noise;
  if (path == "data.noise.kind" && noise.amount == 0)
    noise.amount = usual_amount(noise.kind);
  return std::nullopt;
}

bool applies(const Experiment &experiment, const std::string &path) {
  const Field *field = find_field(path);
  if (!field)
    throw Error(ExitCode::usage, unknown_setting(path, path));
  return field->applies(experiment);
}

std::vector<std::string> difference(const Experiment &a, const Experiment &b) {
  std::vector<Value> left;
  describe(a, [&](const auto &member, const Facts &) { left.push_back(to_value(member)); });
  std::vector<std::string> paths;
  std::size_t i = 0;
  describe(b, [&](const auto &member, const Facts &facts) {
    if (left[i++] != to_value(member))
      paths.emplace_back(facts.path);
  });
  return paths;
}

std::vector<std::string> needing_reset(const Experiment &running, const Experiment &wanted) {
  const bool circuit_edit = is_circuit_edit(running, wanted);
  const auto goes_on = [&](const std::string &path) {
    const Effect effect = find_field(path)->effect;
    return effect == Effect::next_batch || (effect == Effect::circuit && circuit_edit);
  };
  std::vector<std::string> paths = difference(running, wanted);
  std::erase_if(paths, goes_on);
  return paths;
}

} // namespace duet
