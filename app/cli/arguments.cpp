#include "app/cli/arguments.h"
#include "engine/base/number_text.h"
#include "engine/base/plain_number.h"
#include "engine/base/words.h"
#include "engine/experiment/json.h"
#include "engine/experiment/presets.h"
#include "engine/experiment/run_folder.h"
#include "engine/io/files.h"
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

std::string json_number(const std::optional<double> &value) {
  return value && std::isfinite(*value) ? number_text(*value) : "null";
}

void print(const std::string &text) { write_to_standard_output(text); }

} // namespace duet
