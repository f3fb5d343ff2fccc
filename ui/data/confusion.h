// What was taken for what.
#pragma once
#include "ui/data/gallery_filter.h"
#include <array>
#include <cstdint>
#include <optional>

namespace duet::ui {

/// Counts [truth][answer] over the test set, both as outputs.
struct Confusion {
  std::array<std::array<std::uint32_t, 10>, 10> count{};
  std::uint32_t images = 0, correct = 0;
  bool operator==(const Confusion &) const = default;
};

enum class Answerer { spiking, quantum, fused };

std::int8_t answer_of(const ImageAnswer &answer, Answerer who);
/// Nothing if `who` is not part of the model.
std::optional<Confusion> confusion(const std::vector<std::uint8_t> &targets,
                                   const std::vector<ImageAnswer> &answers, Answerer who);
/// The first image whose right output is `truth` that was answered so.
std::optional<std::uint32_t> first_with(const std::vector<std::uint8_t> &targets,
                                        const std::vector<ImageAnswer> &answers, Answerer who, int truth,
                                        int answer);

} // namespace duet::ui
