// The commands of duet-cli. Each adds itself to the program with its options; its callback does the
// work and throws Error (one sentence, with its exit code) when it cannot.
#pragma once
namespace CLI {
class App;
}

namespace duet {

void add_train_command(CLI::App &app);
void add_evaluate_command(CLI::App &app);
void add_spikes_command(CLI::App &app);
void add_presets_command(CLI::App &app);
void add_check_command(CLI::App &app);
void add_bench_command(CLI::App &app);

/// The whole program; returns the exit code.
int run_cli(int argc, const char *const *argv);

} // namespace duet
