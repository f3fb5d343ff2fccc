// Everything one image did inside the network: what the window and `duet-cli spikes` show.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace duet {

using Logits = std::array<float, 10>;

/// One spiking layer's record for one image.
struct LayerRecord {
  int neurons = 0, steps = 0;
  std::vector<std::uint16_t> spikes; ///< [step][neuron], how many spikes (0 or 1 for lif and if)
  std::vector<float> membrane;       ///< [step][neuron], after input and before reset
  std::vector<float> after;          ///< [step][neuron], the membrane after reset
};

/// One spiking stack (the spiking branch, or the encoder of the quantum branch).
struct StackRecord {
  std::vector<LayerRecord> layers;
  std::vector<float> mean_rate; ///< last layer, mean over time of its output
};

/// What the network says of an image.
struct Answer {
  std::vector<float> angles;         ///< x_0 .. x_(n-1), radians; empty for amplitude
  std::vector<double> expectation_z; ///< <Z_i>; for ansatz none the values that reach the last Linear
  std::optional<Logits> logits_spiking;
  std::optional<Logits> logits_quantum;
  Logits logits_fused{};
  bool operator==(const Answer &) const = default;
};

/// One image, inspected: the same numbers that are counted in the test accuracy.
struct Inspection : Answer {
  std::uint32_t index = 0; ///< position in the test set as loaded
  std::uint32_t file_index = 0;
  int target = 0; ///< the right output
  int rows = 0, cols = 0;
  std::vector<float> pixels;          ///< as the network saw it, noise included
  std::optional<StackRecord> spiking; ///< the spiking branch, where there is one
  std::optional<StackRecord> encoder; ///< the quantum branch's own spiking encoder
  std::vector<double> probabilities;  ///< 2^n, q[0] leftmost; empty for ansatz none
  /// [step]: what it would say if it looked no longer, from the mean over the steps so far. The last one has
  /// the bits of the whole. A quantum branch without spikes says the same at every step. Empty where nothing
  /// spikes.
  std::vector<Answer> by_step;

  int steps() const { return static_cast<int>(by_step.size()); }
  /// After this step, from 0; without one, or beyond the last, that of the whole.
  const Answer &answer_at(std::optional<int> step) const {
    return step && *step >= 0 && *step < steps() ? by_step[static_cast<std::size_t>(*step)] : *this;
  }
};

} // namespace duet
