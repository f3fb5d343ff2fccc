#include "engine/simulator/device_noise.h"
#include "engine/base/error.h"
#include "engine/base/number_text.h"
#include "engine/base/plain_number.h"
#include "engine/base/words.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

using Matrices = std::vector<QubitMatrix>;
constexpr std::complex<double> imaginary{0, 1};

QubitMatrix scaled(double by, QubitMatrix matrix) {
  for (auto &entry : matrix)
    entry *= by;
  return matrix;
}

constexpr QubitMatrix one = {1, 0, 0, 1}, pauli_x = {0, 1, 1, 0}, pauli_y = {0, -imaginary, imaginary, 0},
                      pauli_z = {1, 0, 0, -1};

Matrices depolarizing(double p) {
  const double each = std::sqrt(p / 3);
  return {scaled(std::sqrt(1 - p), one), scaled(each, pauli_x), scaled(each, pauli_y), scaled(each, pauli_z)};
}
Matrices amplitude_damping(double g) { return {{1, 0, 0, std::sqrt(1 - g)}, {0, std::sqrt(g), 0, 0}}; }
Matrices phase_damping(double l) { return {{1, 0, 0, std::sqrt(1 - l)}, {0, 0, 0, std::sqrt(l)}}; }
Matrices bit_flip(double p) { return {scaled(std::sqrt(1 - p), one), scaled(std::sqrt(p), pauli_x)}; }
Matrices phase_flip(double p) { return {scaled(std::sqrt(1 - p), one), scaled(std::sqrt(p), pauli_z)}; }

constexpr ChannelFacts records[] = {
    {ChannelKind::depolarizing, "depolarizing", 0.75, "p 0..0.75", depolarizing,
     "With chance p one of X, Y and Z, each as likely, happens to the qubit; at 0.75 nothing is left of it."},
    {ChannelKind::amplitude_damping, "amplitude_damping", 1, "g 0..1", amplitude_damping,
     "With chance g a 1 falls to 0, as energy is lost (T1)."},
    {ChannelKind::phase_damping, "phase_damping", 1, "l 0..1", phase_damping,
     "With chance l the qubit's value leaks out, which takes its phase and leaves its value (T2)."},
    {ChannelKind::bit_flip, "bit_flip", 1, "p 0..1", bit_flip, "With chance p an X happens to the qubit."},
    {ChannelKind::phase_flip, "phase_flip", 1, "p 0..1", phase_flip,
     "With chance p a Z happens to the qubit."},
    {ChannelKind::readout, "readout", 1, "p 0..1", nullptr,
     "With chance p a measured bit is read as the other one; it acts once, at the end."},
};

} // namespace

std::span<const ChannelFacts> all_channels() { return records; }
const ChannelFacts &facts(ChannelKind kind) { return records[std::size_t(kind)]; }

Channel read_channel(std::string_view text, const std::string &where) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string name(text.substr(0, colon)), strength(text.substr(std::min(colon + 1, text.size())));
  const std::string start = where + " " + std::string(text) + ": ";
  std::vector<std::string> names;
  for (const ChannelFacts &record : records)
    names.emplace_back(record.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    const std::string meant = closest(name, names);
    throw Error(ExitCode::usage,
                start + "\"" + name + "\" is no kind of device noise; " +
                    (meant.empty() ? "the kinds are " + listed(names) + "." : "did you mean " + meant + "?"));
  }
  const ChannelFacts &record = records[found - names.begin()];
  const auto value = read_real(strength);
  if (!value || !(*value >= 0 && *value <= record.most))
    throw Error(ExitCode::usage, start + "the strength is \"" + strength + "\"" + comma_hint(strength) +
                                     "; allowed: numbers from 0 to " + number_text(record.most) +
                                     ", written as " + name + ":0.01.");
  return {record.kind, *value};
}

std::string device_text(const Channel &channel) {
  return std::string(facts(channel.kind).name) + ":" + number_text(channel.strength);
}

std::string device_text(const DeviceNoise &noise) {
  std::string text;
  for (const Channel &channel : noise.channels)
    text += (text.empty() ? "" : ",") + device_text(channel);
  return text;
}

bool disturbs_gates(const DeviceNoise &noise) {
  return std::any_of(noise.channels.begin(), noise.channels.end(), [](const Channel &channel) {
    return !facts(channel.kind).at_readout() && channel.strength > 0;
  });
}

double readout_flip(const DeviceNoise &noise) {
  double kept = 1; // what is left of a bit's sign
  for (const Channel &channel : noise.channels)
    if (facts(channel.kind).at_readout())
      kept *= 1 - 2 * channel.strength;
  return (1 - kept) / 2;
}

} // namespace duet
