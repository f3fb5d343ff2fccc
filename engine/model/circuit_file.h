// Circuits from files.
#pragma once
#include "engine/circuit/circuit.h"
#include <filesystem>
#include <string>

namespace duet {

/// Reads an OpenQASM program and the files that it includes: regular files beside it or in folders below,
/// wherever links lead. `name`: the file as the user knows it. Throws Error (exit 2).
Circuit read_circuit_file(const std::filesystem::path &file, const std::string &name);

/// Reads an OpenQASM program from standard input, which has no files beside it. Throws Error (exit 2).
Circuit read_circuit_from_standard_input();

} // namespace duet
