#include "app/cli/device_options.h"
#include "app/cli/arguments.h"
#include "engine/base/error.h"
#include "engine/base/plain_number.h"
#include <CLI/CLI.hpp>

namespace duet {
namespace {

std::uint64_t count_between(const std::string &option, const std::string &text, std::uint64_t most) {
  const auto value = read_whole(text);
  if (!value || *value < 1 || std::uint64_t(*value) > most)
    throw Error(ExitCode::usage, option + " is \"" + text + "\"" + comma_hint(text) +
                                     "; allowed: whole numbers from 1 to " + std::to_string(most) + ".");
  return std::uint64_t(*value);
}

} // namespace

void add_device_options(CLI::App &command, DeviceOptions &options, const std::string &noise_option,
                        int trajectories) {
  std::vector<std::string> kinds, fits;
  for (const ChannelFacts &record : all_channels())
    kinds.push_back(std::string(record.name) + ":" + std::string(record.range));
  for (const ZneFitFacts &record : all_zne_fits())
    fits.emplace_back(record.name);
  command
      .add_option("--shots", options.shots,
                  "As a device shows it: every <Z_i> is the mean of so many measurements of all qubits.")
      ->type_name("N");
  command
      .add_option(noise_option, options.noises,
                  "Noise after every gate on each qubit it touches, or at the readout: " +
                      listed(kinds, " or ") + "; may be repeated, they act in the order given.")
      ->allow_extra_args(false)
      ->type_name("KIND:P");
  command
      .add_option(
          "--zne", options.zne,
          "Zero-noise extrapolation: the circuit with its noise made larger by folding, and from that "
          "back to none, by a fit: " +
              listed(fits, " or ") + ".")
      ->type_name("FIT");
  command
      .add_option("--scales", options.scales,
                  "How much larger --zne makes the noise: odd numbers, increasing. Without it, 1,3,5.")
      ->type_name("S,S,...");
  command
      .add_option(
          "--trajectories", options.trajectories,
          "With noise on more than " + std::to_string(most_density_qubits) +
              " qubits, so many random runs are averaged. Without it, " +
              (trajectories ? std::to_string(trajectories) + "." : "1000, fewer for more than 12 qubits."))
      ->type_name("N");
}

Device device_from(const DeviceOptions &options, const std::string &noise_option, int trajectories) {
  Device device;
  device.trajectories = trajectories;
  if (options.shots)
    device.shots = count_between("--shots", *options.shots, most_shots);
  for (const std::string &text : options.noises)
    device.noise.channels.push_back(read_channel(text, noise_option));
  if (options.zne)
    device.mitigation.emplace().fit = read_zne_fit(*options.zne, "--zne");
  if (options.scales) {
    if (!device.mitigation)
      throw Error(ExitCode::usage, "--scales is for --zne; say which fit, as --zne richardson.");
    device.mitigation->scales = read_noise_scales(*options.scales, "--scales");
  }
  if (options.trajectories)
    device.trajectories = int(count_between("--trajectories", *options.trajectories, most_trajectories));
  return device;
}

std::string device_help() {
  std::string text = "Kinds of device noise:\n";
  for (const ChannelFacts &record : all_channels())
    text += "  " + std::string(record.name) + ":" + std::string(record.range) + "\n      " +
            std::string(record.help) + "\n";
  text += "Fits of --zne:\n";
  for (const ZneFitFacts &record : all_zne_fits())
    text += "  " + std::string(record.name) + ": " + std::string(record.help) + "\n";
  return text;
}

std::string device_in_words(const Device &device) {
  std::vector<std::string> parts;
  for (const Channel &channel : device.noise.channels)
    parts.push_back(device_text(channel));
  if (device.shots)
    parts.push_back(counted(device.shots, "shot"));
  if (device.mitigation) {
    std::vector<std::string> scales;
    for (const int scale : device.mitigation->scales)
      scales.push_back(std::to_string(scale));
    parts.push_back("zero-noise extrapolation " + std::string(name_of(device.mitigation->fit)) +
                    " at the noise scales " + listed(scales));
  }
  std::string text;
  for (const std::string &part : parts)
    text += (text.empty() ? "" : "; ") + part;
  return text;
}

} // namespace duet
