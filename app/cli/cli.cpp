#include "app/cli/arguments.h"
#include "app/cli/circuit_command.h"
#include "app/cli/command.h"
#include "app/cli/data_command.h"
#include "engine/io/files.h"
#include "engine/io/process.h"
#include <CLI/CLI.hpp>
#include <cstdio>

namespace duet {
namespace {

int fail(const std::string &sentence, ExitCode code) {
  std::fprintf(stderr, "duet-cli: %s\n", sentence.c_str());
  return static_cast<int>(code);
}

/// One sentence without line breaks.
std::string one_line(std::string text) {
  for (char &c : text)
    if (c == '\n')
      c = ' ';
  while (!text.empty() && text.back() == ' ')
    text.pop_back();
  return text;
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
    throw Error(ExitCode::usage, one_line(error.what()) + "; `duet-cli --help` explains the usage.");
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
  app.footer(
      "Exit codes: 0 done; 2 bad usage, experiment or circuit; 3 data missing or damaged; 4 a file cannot be "
      "written;\n"
      "130 stopped by Ctrl-C after saving a checkpoint. `duet-cli COMMAND --help` explains a command.");
  try {
    parse(app, argc, argv);
    return 0;
  } catch (const ReaderGone &) {
    end_by_broken_pipe();
  } catch (const Error &error) {
    return fail(one_line(error.what()), error.code());
  } catch (const std::bad_alloc &) {
    return fail("there is not enough memory for this; use fewer images, neurons or qubits.", ExitCode::usage);
  } catch (const std::exception &error) {
    return fail(one_line(error.what()), ExitCode::usage);
  }
}

} // namespace duet
