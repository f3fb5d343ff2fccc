// Accuracy as an exact function of the fusion ratio, from both branches' logits alone.
// A class's mixed logit (1 - r) s + r q is a line in r, so the ratios at which an image is answered
// rightly form one interval, and the accuracy is a step function that changes at the intervals' ends.
#pragma once
#include "engine/training/snapshot.h"
#include <cstdint>
#include <vector>

namespace duet {

/// The class with the largest mixed logit; the lowest class wins a tie.
int winner_at(const Logits &spiking, const Logits &quantum, double ratio);

/// From `from` on (up to the next one's `from`, or 1) this class wins.
struct RatioSegment {
  double from = 0;
  int winner = 0;
};
/// The upper envelope of the ten lines on [0, 1]: who wins where. The first segment starts at 0.
std::vector<RatioSegment> winners_over_ratio(const Logits &spiking, const Logits &quantum);

/// The step function, in ascending order of ratio. images = 0 if a branch is missing.
struct RatioCurve {
  struct Step {
    double ratio = 0;          ///< in [0, 1]
    bool after = false;        ///< true: holds right after this ratio, not at it (an open end)
    std::uint32_t correct = 0; ///< images answered rightly from here on
  };
  std::uint32_t images = 0;
  std::vector<Step> steps; ///< the first one is {0, false}
  /// Images answered rightly at exactly this ratio.
  std::uint32_t correct_at(double ratio) const;
  double accuracy_at(double ratio) const;
  /// The widest stretch of ratios with the highest count. Seen on the test set, hence for looking at only.
  struct Best {
    double from = 0, to = 1;
    std::uint32_t correct = 0;
  };
  Best best() const;
};

RatioCurve ratio_curve(const TestAnswers &answers);

} // namespace duet
