// duet-cli bench: how fast this machine is, each figure beside its goal.
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/help.h"
#include "engine/bench/bench.h"
#include <CLI/CLI.hpp>
#include <cstdio>

namespace duet {

void add_bench_command(CLI::App &app) {
  auto json = std::make_shared<bool>(false);
  CLI::App *command =
      app.add_subcommand("bench", "Measures training, circuits and evaluation on this machine.");
  command->add_flag("--json", *json, "Prints the figures as one JSON object.");
  command->footer([] {
    return help_text(
        {{"duet-cli bench", "duet-cli bench --json", "DUET_ISA=x86-64-v3 duet-cli bench"},
         {"It takes about half a minute, on all cores; goals are those of a calm AVX-512 machine."},
         "",
         bench_help()});
  });
  command->callback([json] {
    const auto figures = run_bench(
        BenchOptions{}, [](const std::string &key) { std::fprintf(stderr, "measuring %s\n", key.c_str()); });
    print(*json ? bench_json(figures) : bench_table(figures));
  });
}

} // namespace duet
