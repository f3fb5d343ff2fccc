// How a circuit is looked at: exactly, or as a device would show it. engine/MODEL.md 6.
#pragma once
#include "engine/simulator/device_noise.h"
#include "engine/simulator/mitigation.h"
#include <algorithm>
#include <optional>

namespace duet {

inline constexpr std::uint64_t most_shots = 100'000'000;
inline constexpr int most_trajectories = 1'000'000;

struct Device {
  std::uint64_t shots = 0; ///< 0: expectation values themselves
  DeviceNoise noise;
  std::optional<Mitigation> mitigation;
  /// Random runs that are averaged where noise needs them, beyond most_density_qubits. 0: as many as such a
  /// circuit allows, 1000, and half as many for each qubit from 13 on, but 50.
  int trajectories = 0;
  bool operator==(const Device &) const = default;
  /// Nothing stands between the circuit and who looks.
  bool exact() const { return shots == 0 && noise.channels.empty() && !mitigation; }
};

constexpr int trajectories_of(const Device &device, int qubits) {
  return device.trajectories ? device.trajectories : std::max(50, 1000 >> std::max(0, qubits - 12));
}

} // namespace duet
