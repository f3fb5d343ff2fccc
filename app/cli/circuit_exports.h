// What `duet-cli circuit` writes of a circuit for other programs.
#pragma once
#include "app/cli/circuit_command.h"
#include "engine/circuit/circuit.h"

namespace duet {

/// The inputs' values, missing ones 0. Writes the files that the options name; throws Error (exit 2 for
/// options that contradict each other, before anything is written; exit 4).
void write_exports(const CircuitOptions &options, const Circuit &circuit, const std::vector<double> &features,
                   const std::vector<double> &weights);
/// The program that --python asks for.
std::string python_program(const CircuitOptions &options, const Circuit &circuit,
                           const std::vector<double> &features, const std::vector<double> &weights);
void add_export_options(CLI::App &command, CircuitOptions &options);

} // namespace duet
