#include "app/cli/arguments.h"
#include "engine/base/plain_number.h"
#include "engine/base/words.h"
#include "engine/experiment/json.h"
#include "engine/experiment/presets.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>

namespace duet {

Draft draft_from(const std::string &preset_or_file) {
  if (preset_or_file.empty())
    return {};
  if (const Preset *preset = find_preset(preset_or_file))
    return draft_of(*preset);
  if (!std::filesystem::exists(preset_or_file)) {
    std::vector<std::string> names;
    for (const Preset &preset : presets())
      names.push_back(preset.name);
    const std::string meant = closest(preset_or_file, names);
    throw Error(ExitCode::usage, preset_or_file + " is neither a file that is there nor a preset; " +
                                     (meant.empty() ? "the presets are " + listed(names) + "."
                                                    : "did you mean " + meant + "?"));
  }
  if (holds_run(preset_or_file))
    throw Error(ExitCode::usage,
                preset_or_file + " is a run folder; go on with it by `duet-cli train --resume --out " +
                    preset_or_file + "`, or name its experiment.json to start a new run like it.");
  return parse_draft(read_file(preset_or_file), preset_or_file);
}

void give_setting(Draft &draft, const std::string &assignment) {
  static const std::string from_file = "quantum.circuit=@";
  if (!assignment.starts_with(from_file))
    return draft.give_text(assignment);
  const std::string file = assignment.substr(from_file.size());
  if (file.empty())
    throw Error(ExitCode::usage,
                "--set " + assignment + " names no file; write it as " + from_file + "FILE.");
  const std::string text = file == "-" ? read_standard_input() : read_file(file);
  if (const auto problem = draft.give("quantum.circuit", text))
    throw Error(ExitCode::usage, (file == "-" ? "standard input" : file) + ": " + problem->text);
}

std::string settings_help() {
  const Experiment defaults;
  std::string text = "Settings, as in experiment.json and for --set key.path=value:\n";
  for (const Field &field : fields()) {
    const std::string value = to_text(get(defaults, field.path));
    text += "  " + field.path + " = " + (value.empty() ? "\"\"" : value) +
            (field.unit.empty() ? "" : " " + field.unit) + "\n";
    text += "      " + field.help + " Allowed: " + allowed(field) + ".\n";
    for (std::size_t i = 0; i < field.choices.size(); ++i)
      text += "        " + field.choices[i] + ": " + field.choice_help[i] + "\n";
  }
  return text;
}

double real_argument(const std::string &option, const std::string &text, double min, double max) {
  const auto value = read_real(text);
  if (!value || !(*value >= min && *value <= max))
    throw Error(ExitCode::usage, option + " is \"" + text + "\"" + comma_hint(text) +
                                     "; allowed: numbers from " + json_number(min) + " to " +
                                     json_number(max) + ".");
  return *value;
}

std::uint64_t count_argument(const std::string &option, const std::string &text) {
  const auto value = read_whole(text);
  if (!value || *value < 0)
    throw Error(ExitCode::usage, option + " is \"" + text + "\"; allowed: whole numbers from 0.");
  return static_cast<std::uint64_t>(*value);
}

std::string rounded(double value, int digits) {
  char buffer[64];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, digits);
  return result.ec == std::errc{} ? std::string(buffer, result.ptr) : json_number(value);
}

std::string significant(double value, int digits) {
  if (std::isnan(value))
    return "nan"; // whatever its sign
  char buffer[64];
  return {buffer,
          std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, digits).ptr};
}

std::string duration(double seconds) {
  if (seconds < 10)
    return rounded(seconds, 1) + " s";
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 60)
    return std::to_string(whole) + " s";
  if (whole < 3600)
    return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

std::string json_number(const std::optional<double> &value) {
  if (!value || !std::isfinite(*value))
    return "null";
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, *value).ptr};
}

void print(const std::string &text) { write_to_standard_output(text); }

} // namespace duet
