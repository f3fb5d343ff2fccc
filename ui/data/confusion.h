// What was taken for what: the counts, and what each matrix of a model says.
#pragma once
#include "ui/data/gallery_filter.h"
#include <array>
#include <cstdint>
#include <optional>

namespace duet::ui {

/// Counts [truth][answer] over the test set, by outputs.
struct Confusion {
  std::array<std::array<std::uint32_t, 10>, 10> count{};
  std::uint32_t images = 0, correct = 0;
  bool operator==(const Confusion &) const = default;
};

/// Nothing if `who` is not part of the model.
std::optional<Confusion> confusion(const std::vector<std::uint8_t> &targets,
                                   const std::vector<ImageAnswer> &answers, Speaker who);

/// One matrix in words and numbers.
struct MatrixSaid {
  Speaker who = Speaker::fused;
  Voice colour = Voice::neutral;
  QString title;            ///< "Spiking branch of this model", "Together at the ratio 0.60"
  QString brief;            ///< where there is less room: "Spiking branch"
  QString file;             ///< "confusion-spiking"
  std::vector<int> classes; ///< [output], whose rows and columns are shown under their labels
  std::optional<Confusion> counts;
  QString why; ///< there are no counts
  bool operator==(const MatrixSaid &) const = default;
};

/// A matrix for each voice of the model, in their order.
std::vector<MatrixSaid> matrices_of(const Voices &voices, const std::vector<int> &classes,
                                    const TestAnswers *answers, double ratio);

} // namespace duet::ui
