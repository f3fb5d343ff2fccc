// The options by which `circuit` and `evaluate` look at a circuit as a device would show it.
#pragma once
#include "engine/simulator/device.h"
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace duet {

struct DeviceOptions {
  std::optional<std::string> shots, zne, scales, trajectories;
  std::vector<std::string> noises;
};

/// noise_option: "--noise" or "--circuit-noise". trajectories: how many, unless told; 0: by the circuit.
void add_device_options(CLI::App &command, DeviceOptions &options, const std::string &noise_option,
                        int trajectories);
/// Throws Error (exit 2).
Device device_from(const DeviceOptions &options, const std::string &noise_option, int trajectories);
/// What the options' help says of the kinds of noise, a line each, and of the fits.
std::string device_help();
/// "depolarizing:0.01, readout:0.02; 1,000 shots; ..." of what is not exact.
std::string device_in_words(const Device &device);

} // namespace duet
