// What the branches and their mix say about the inspected image, at any ratio.
#pragma once
#include "engine/session/session.h"
#include <array>
#include <optional>

namespace duet::ui {

/// Softmax of ten logits.
std::array<double, 10> softmax(const Logits &logits);

/// The loudest output and its softmax probability.
struct Saying {
  int output = 0;
  double probability = 0;
};

struct ImageVoices {
  std::optional<Saying> spiking, quantum;
  Saying fused;
  Logits mixed{};
  std::array<double, 10> probabilities{}; ///< of the mixed logits
};

/// A branch that is there alone is the mix, whatever the ratio.
ImageVoices voices_of(const Answer &answer, double ratio);

} // namespace duet::ui
