// What a real device does to a circuit: channels on the qubits that a gate touches, flips of measured bits.
// engine/MODEL.md 6.
#pragma once
#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duet {

/// Most qubits whose density matrix is kept: 1 MB in double precision.
inline constexpr int most_density_qubits = 8;

enum class ChannelKind : std::uint8_t {
  depolarizing,
  amplitude_damping,
  phase_damping,
  bit_flip,
  phase_flip,
  readout
};

/// Of one qubit, row-major.
using QubitMatrix = std::array<std::complex<double>, 4>;

/// One record for every kind: the parser, the help, the simulators and the tests read this table.
struct ChannelFacts {
  ChannelKind kind;
  std::string_view name;
  double most;            ///< its strength reaches from 0 to this
  std::string_view range; ///< the letter of its strength and its range, as "p 0..0.75"
  /// Kraus operators K: rho becomes the sum of K rho K*. None: it acts on measured bits instead.
  std::vector<QubitMatrix> (*kraus)(double strength);
  std::string_view help; ///< one sentence
  bool at_readout() const { return !kraus; }
};

std::span<const ChannelFacts> all_channels(); ///< in the enumeration's order
const ChannelFacts &facts(ChannelKind kind);

struct Channel {
  ChannelKind kind = ChannelKind::depolarizing;
  double strength = 0;
  bool operator==(const Channel &) const = default;
};

/// Reads "KIND:P". `where`: the option it was given to. Throws Error (exit 2).
Channel read_channel(std::string_view text, const std::string &where);
/// "depolarizing:0.01"
std::string device_text(const Channel &channel);

/// Channels after every gate, in this order, on each qubit that the gate touches; those of the readout on
/// every measured bit.
struct DeviceNoise {
  std::vector<Channel> channels;
  bool operator==(const DeviceNoise &) const = default;
};

/// "depolarizing:0.01,readout:0.02"; "" for none.
std::string device_text(const DeviceNoise &noise);
/// Some channel acts after gates.
bool disturbs_gates(const DeviceNoise &noise);
/// The chance that a measured bit is flipped, all readout channels together.
double readout_flip(const DeviceNoise &noise);

} // namespace duet
