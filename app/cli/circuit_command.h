// duet-cli circuit: what a circuit from an OpenQASM file does, and how it looks.
#pragma once
#include "app/cli/device_options.h"
#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace duet {

struct CircuitOptions {
  std::string file;
  std::vector<std::string> set; ///< "x0=0.3", "w1=pi/2"
  bool json = false;
  std::string svg, qasm2, qasm3, latex; ///< files to write it to; empty: none
  std::string python;                   ///< print a program for this library instead; empty: do not
  bool facts = false;
  DeviceOptions device;
  std::uint64_t seed = 1; ///< of shots and random runs
};

/// Prints the circuit's probabilities, expectation values and gradients; returns the exit code. Throws Error.
int circuit_command(const CircuitOptions &options);
void add_circuit_command(CLI::App &app);

} // namespace duet
