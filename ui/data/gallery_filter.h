// Which test images the gallery shows, computed from the last evaluation's answers.
#pragma once
#include "engine/training/snapshot.h"
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace duet::ui {

struct GalleryFilter {
  enum class Kind { all, wrong, disagree };
  Kind kind = Kind::all;
  std::optional<int> target; ///< only images whose right output is this
  bool operator==(const GalleryFilter &) const = default;
};

/// "all", "wrong", "branches disagree"
QString filterLabel(GalleryFilter::Kind kind);

/// The outputs that answer for one image; -1: there is no such branch or no evaluation yet.
struct ImageAnswer {
  std::int8_t spiking = -1, quantum = -1, fused = -1;
};

/// Answers of every test image at a ratio; empty without answers.
std::vector<ImageAnswer> answers_at(const TestAnswers &answers, double ratio);

/// Test indices that pass, ascending. `targets` are the test set's; without answers only the class counts.
std::vector<std::uint32_t> filtered(const std::vector<std::uint8_t> &targets,
                                    const std::vector<ImageAnswer> &answers, const GalleryFilter &filter);

} // namespace duet::ui
