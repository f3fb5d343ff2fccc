// duet-cli presets and duet-cli check.
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/notes.h"
#include "engine/data/dataset.h"
#include "engine/experiment/build.h"
#include "engine/experiment/presets.h"
#include "engine/experiment/remarks.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

namespace duet {
namespace {

void list_presets() {
  std::size_t width = 0;
  for (const Preset &preset : presets())
    width = std::max(width, preset.name.size() + 2);
  std::string text;
  for (const Preset &preset : presets())
    text += preset.name + std::string(width - preset.name.size(), ' ') + preset.help + "\n";
  print(text);
}

/// Rules that hold for the images are checked where the images are there.
void check_file(const std::string &file) {
  const Experiment experiment = draft_from(file).resolve();
  std::string note;
  try {
    require_valid(experiment);
    try {
      const Dataset dataset = load_dataset(experiment.data, experiment.seed);
      build(experiment, dataset.train.rows, dataset.train.cols);
      tell(remarks(experiment, dataset));
    } catch (const Error &error) {
      if (error.code() != ExitCode::data)
        throw;
      note = std::string(" It cannot be trained yet: ") + error.what();
      const ImageShape usual;
      build(experiment, usual.rows, usual.cols);
      tell(remarks(experiment));
    }
  } catch (const Error &error) {
    throw Error(error.code(), file + ": " + error.what());
  }
  print(file + " is a good experiment." + note + "\n");
}

} // namespace

void add_presets_command(CLI::App &app) {
  CLI::App *command = app.add_subcommand("presets", "Lists the experiments to start from.");
  command->footer([] {
    return help_text(
        {{"duet-cli presets", "duet-cli train serial"},
         {"A preset's name stands wherever an experiment's file does; --set changes single settings of it."},
         "",
         ""});
  });
  command->callback(list_presets);
}

void add_check_command(CLI::App &app) {
  auto file = std::make_shared<std::string>();
  CLI::App *command =
      app.add_subcommand("check", "Says whether an experiment can be trained, and if not, why.");
  command->add_option("experiment", *file, "An experiment's JSON file or a preset.")
      ->required()
      ->type_name("EXPERIMENT.json");
  command->footer([] {
    return help_text(
        {{"duet-cli check experiment.json", "duet-cli check serial"},
         {"Rules that depend on the images' size are looked at where the images are on this machine.",
          "The ranges of all settings stand below."},
         "",
         settings_help()});
  });
  command->callback([file] { check_file(*file); });
}

} // namespace duet
