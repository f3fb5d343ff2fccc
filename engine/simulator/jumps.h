// Noise on a pure state, by chance: each channel picks one of its Kraus operators (quantum jumps). The mean
// over many trajectories is the density matrix.
#pragma once
#include "engine/base/random.h"
#include "engine/simulator/local_gate.h"
#include "engine/simulator/superoperator.h"

namespace duet {

/// One trajectory's decisions, in order (streams::jumps).
class JumpDraws {
public:
  JumpDraws(std::uint64_t seed, std::uint32_t image, std::uint32_t circuit, std::uint32_t trajectory);
  double next();

private:
  RandomStream stream_;
  std::uint32_t image_, circuit_, trajectory_;
  std::uint32_t decision_ = 0;
  RandomStream::Block block_{};
};

class JumpNoise {
public:
  explicit JumpNoise(const DeviceNoise &noise);
  /// All channels after a gate on one qubit of a pure state, which keeps its length 1.
  void apply(int qubit, int qubits, JumpDraws &draws, Amplitudes &state) const;

private:
  struct Choice {
    std::vector<QubitMatrix> kraus;
    std::vector<double> chances; ///< [operator]; empty where they depend on the state
  };
  std::vector<Choice> choices_; ///< in the channels' order
};

} // namespace duet
