// Which test images the gallery shows, computed from the last evaluation's answers.
#pragma once
#include "engine/training/snapshot.h"
#include "ui/words/voices.h"
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace duet::ui {

/// One cell of a confusion matrix: images whose right output is `truth` that `who` answers with `answer`.
struct AnswerCell {
  Speaker who = Speaker::fused;
  int truth = 0, answer = 0; ///< outputs
  bool operator==(const AnswerCell &) const = default;
};

/// Images listed for a reason, which the words say: "without this gate 41 answers change".
struct ImageList {
  std::vector<std::uint32_t> images; ///< test indices, ascending
  QString words;
  bool operator==(const ImageList &) const = default;
};

struct GalleryFilter {
  enum class Kind { all, wrong, disagree };
  Kind kind = Kind::all;
  std::optional<int> target; ///< only images whose right output is this
  std::optional<AnswerCell> cell =
      std::nullopt;                             ///< exactly the images counted there, whatever else is chosen
  std::optional<ImageList> list = std::nullopt; ///< exactly these, whatever else is chosen
  bool operator==(const GalleryFilter &) const = default;
};

/// "all", "wrong", "branches disagree"
QString filterLabel(GalleryFilter::Kind kind);
/// "truth 3, spiking branch answers 5"; classes: [output].
QString cell_words(const AnswerCell &cell, const std::vector<int> &classes, const Voices &voices);

/// The outputs that answer for one image; -1: there is no such branch or no evaluation yet.
struct ImageAnswer {
  std::int8_t spiking = -1, quantum = -1, fused = -1;
};

std::int8_t answer_of(const ImageAnswer &answer, Speaker who);

/// Answers of every test image at a ratio; empty without answers.
std::vector<ImageAnswer> answers_at(const TestAnswers &answers, double ratio);

/// Test indices that pass, ascending. `targets` are the test set's; without answers only the class counts,
/// and no cell has an image.
std::vector<std::uint32_t> filtered(const std::vector<std::uint8_t> &targets,
                                    const std::vector<ImageAnswer> &answers, const GalleryFilter &filter);

} // namespace duet::ui
