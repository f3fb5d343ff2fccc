#include "app/cli/arguments.h"
#include "app/cli/circuit_command.h"
#include "app/cli/command.h"
#include "app/cli/data_command.h"
#include "app/cli/help.h"
#include "app/cli/usage_error.h"
#include "engine/base/words.h"
#include "engine/data/catalog.h"
#include "engine/experiment/describe.h"
#include "engine/io/files.h"
#include "engine/io/process.h"
#include "engine/kernels/loader.h"
#include <CLI/CLI.hpp>
#include <cstdio>

namespace duet {
namespace {

/// One sentence without line breaks.
std::string one_line(std::string text) {
  for (char &c : text)
    if (c == '\n')
      c = ' ';
  while (!text.empty() && text.back() == ' ')
    text.pop_back();
  return text;
}

/// The setting a sentence is about, by its label too: "Fusion ratio (model.fusion_ratio) is 1.2; allowed:
/// ..."
std::string with_label(const std::string &sentence) {
  bool named = false;
  return rename_settings(sentence, [&](const Field &field) {
    const bool first = !std::exchange(named, true) && field.path.find('.') != std::string::npos;
    return first ? field.label + " (" + field.path + ")" : field.path;
  });
}

int fail(const std::string &sentence, ExitCode code) {
  std::fprintf(stderr, "duet-cli: %s\n", with_label(one_line(sentence)).c_str());
  return static_cast<int>(code);
}

std::string top_help() {
  std::string addresses;
  for (const CatalogEntry &entry : catalog())
    if (!entry.url_variable.empty())
      addresses += "  " + entry.url_variable + "\n";
  return help_text({{"duet-cli train --epochs 3 --out my-run", "duet-cli evaluate my-run --ratio 0 --ratio 1",
                     "duet-cli train --help"},
                    {},
                    "",
                    ""}) +
         "Environment:\n"
         "  DUET_DATA      folder with data sets, each in a folder of its name, looked at first\n"
         "  XDG_DATA_HOME  runs and fetched data live in its folder duet; without it in ~/.local/share/duet\n"
         "  DUET_ISA       the kernels to use: " +
         listed(runnable_isas(), " or ") + "; without it the best this machine can run\n" + addresses +
         "                 the only address `data fetch` asks for that set\n"
         "  TERM           dumb: progress as plain lines\n"
         "Exit codes:\n"
         "  0 done; 2 bad usage, experiment or circuit; 3 data missing or damaged; 4 a file cannot be "
         "written;\n"
         "  130 stopped by Ctrl-C after saving a checkpoint\n"
         "`duet-cli COMMAND --help` explains a command, with examples, limits and the keys it prints as "
         "JSON.";
}

/// Runs the command that is asked for. Throws Error.
void parse(CLI::App &app, int argc, const char *const *argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion &version) {
    return print(std::string(version.what()) + "\n");
  } catch (const CLI::Success &) { // --help
    return print(app.help());
  } catch (const CLI::ParseError &error) {
    throw usage_error(app, error);
  }
  if (app.get_subcommands().empty())
    throw Error(ExitCode::usage, "no command is given; `duet-cli --help` lists them.");
}

} // namespace

int run_cli(int argc, const char *const *argv) {
  prepare_process();
  CLI::App app("Duet trains a spiking network and a quantum circuit side by side on images.", "duet-cli");
  app.set_version_flag("--version", "duet-cli " DUET_VERSION);
  app.require_subcommand(0, 1);
  add_train_command(app);
  add_evaluate_command(app);
  add_circuit_command(app);
  add_spikes_command(app);
  add_data_command(app);
  add_presets_command(app);
  add_check_command(app);
  add_bench_command(app);
  for (CLI::App *command : app.get_subcommands([](const CLI::App *) { return true; }))
    for (CLI::Option *option : command->get_options())
      if (option->get_items_expected_max() == 0)
        option->disable_flag_override();
  app.footer(top_help);
  try {
    parse(app, argc, argv);
    return 0;
  } catch (const ReaderGone &) {
    end_by_broken_pipe();
  } catch (const Error &error) {
    return fail(error.what(), error.code());
  } catch (const std::bad_alloc &) {
    return fail("there is not enough memory for this; use fewer images, neurons or qubits.", ExitCode::usage);
  } catch (const std::exception &error) {
    return fail(error.what(), ExitCode::usage);
  }
}

} // namespace duet
