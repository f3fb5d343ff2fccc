// What the branches and their mix say about the inspected image, at any ratio.
#pragma once
#include "engine/session/session.h"
#include "ui/words/voices.h"
#include <array>
#include <optional>
#include <vector>

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

/// A line of the selected image's table.
struct ImageLine {
  std::optional<Speaker> who; ///< none: the truth
  QString name, value;        ///< "tanh twin says", "3   97 %"
  Voice colour = Voice::neutral;
  bool right = true; ///< the truth was said
  bool operator==(const ImageLine &) const = default;
};

/// The truth, then what each voice of the model says.
/// truth: its output; classes: [output].
std::vector<ImageLine> image_table(const Answer &answer, int truth, const std::vector<int> &classes,
                                   double ratio, const Voices &voices);

} // namespace duet::ui
