// A circuit on a device: what its <Z_i> are through noise, shots and mitigation. engine/MODEL.md 6.
#pragma once
#include "engine/simulator/device.h"
#include "engine/simulator/jumps.h"

namespace duet {

/// [qubit]
struct Measured {
  std::vector<double> expectation_z, standard_error;
};

struct DeviceAnswer {
  Measured noisy;       ///< no shots; exact but for trajectories
  int trajectories = 0; ///< 0: by density matrix, or without noise on gates
  std::optional<Measured> sampled;
  std::optional<std::vector<double>> mitigated; ///< from what was sampled, where there are shots
  /// What reaches whoever reads the device.
  const std::vector<double> &seen() const {
    return mitigated ? *mitigated : sampled ? sampled->expectation_z : noisy.expectation_z;
  }
};

/// Immutable; shared between threads.
class DeviceCircuit {
public:
  /// amplitude_input: it starts from given amplitudes instead of |0..0>. seed: of shots and jumps.
  DeviceCircuit(const Circuit &circuit, std::span<const double> weights, const Device &device,
                std::uint64_t seed, bool amplitude_input = false);

  /// input: features in radians, or 2^n amplitudes. image: what shots and jumps are keyed by.
  DeviceAnswer look(std::span<const double> input, std::uint32_t image) const;
  /// The counter of streams::shots and streams::jumps that tells circuits apart: the 64-bit FNV-1a of the
  /// text of its operations and the noise scale, its halves exclusive-ored.
  std::uint32_t key(int scale) const;

private:
  /// One way through the gates: what was measured, without shots.
  struct State {
    std::vector<double> probabilities;
    Measured measured;
  };
  using Gates = std::vector<LocalGate>;
  Gates bound_to(std::span<const double> features) const;
  State state(const Gates &gates, std::span<const double> input, std::uint32_t image, int scale) const;
  State mean_of_trajectories(const Gates &gates, std::span<const double> input, std::uint32_t image,
                             int scale) const;
  std::vector<double> sampled(const State &state, std::uint32_t image, int scale) const;
  Amplitudes first_state(std::span<const double> input) const;
  std::size_t dimension() const { return std::size_t{1} << qubits_; }

  int qubits_;
  Device device_;
  std::uint64_t seed_;
  bool amplitude_input_;
  std::vector<Operation> operations_; ///< no barriers
  std::vector<double> weights_;
  Gates gates_; ///< features count as 0
  std::vector<bool> follows_features_;
  Superoperator noise_;
  JumpNoise jumps_;
  std::uint64_t text_hash_;
};

} // namespace duet
