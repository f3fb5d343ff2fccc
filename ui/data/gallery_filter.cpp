#include "ui/data/gallery_filter.h"
#include "engine/training/ratio_curve.h"
#include <algorithm>

namespace duet::ui {
namespace {

std::int8_t highest(const Logits &logits) {
  return static_cast<std::int8_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

bool passes(GalleryFilter::Kind kind, const ImageAnswer &answer, std::uint8_t target) {
  switch (kind) {
  case GalleryFilter::Kind::all:
    return true;
  case GalleryFilter::Kind::wrong:
    return answer.fused >= 0 && answer.fused != target;
  case GalleryFilter::Kind::disagree:
    return answer.spiking >= 0 && answer.quantum >= 0 && answer.spiking != answer.quantum;
  }
  return true;
}

} // namespace

QString filterLabel(GalleryFilter::Kind kind) {
  switch (kind) {
  case GalleryFilter::Kind::all:
    return QStringLiteral("all");
  case GalleryFilter::Kind::wrong:
    return QStringLiteral("wrong");
  case GalleryFilter::Kind::disagree:
    return QStringLiteral("branches disagree");
  }
  return {};
}

std::vector<ImageAnswer> answers_at(const TestAnswers &answers, double ratio) {
  const std::size_t images = answers.targets.size();
  const bool has_spiking = answers.spiking.size() == images, has_quantum = answers.quantum.size() == images;
  std::vector<ImageAnswer> result(images);
  for (std::size_t i = 0; i < images; ++i) {
    ImageAnswer &answer = result[i];
    if (has_spiking)
      answer.spiking = answer.fused = highest(answers.spiking[i]);
    if (has_quantum)
      answer.quantum = answer.fused = highest(answers.quantum[i]);
    if (has_spiking && has_quantum)
      answer.fused = static_cast<std::int8_t>(winner_at(answers.spiking[i], answers.quantum[i], ratio));
  }
  return result;
}

std::vector<std::uint32_t> filtered(const std::vector<std::uint8_t> &targets,
                                    const std::vector<ImageAnswer> &answers, const GalleryFilter &filter) {
  std::vector<std::uint32_t> shown;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (filter.target && targets[i] != *filter.target)
      continue;
    if (passes(filter.kind, i < answers.size() ? answers[i] : ImageAnswer{}, targets[i]))
      shown.push_back(static_cast<std::uint32_t>(i));
  }
  return shown;
}

} // namespace duet::ui
