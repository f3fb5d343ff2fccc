#include "ui/data/gallery_filter.h"
#include "engine/training/ratio_curve.h"
#include "ui/data/class_name.h"
#include <QCoreApplication>
#include <algorithm>

namespace duet::ui {
namespace {

std::int8_t highest(const Logits &logits) {
  return static_cast<std::int8_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

bool passes(const GalleryFilter &filter, const ImageAnswer &answer, std::uint8_t target) {
  if (filter.cell)
    return target == filter.cell->truth && answer_of(answer, filter.cell->who) == filter.cell->answer;
  if (filter.target && target != *filter.target)
    return false;
  switch (filter.kind) {
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
    return QObject::tr("branches disagree");
  }
  return {};
}

QString cell_words(const AnswerCell &cell, const std::vector<int> &classes, const Voices &voices) {
  const QString truth = class_name(classes, cell.truth), answer = class_name(classes, cell.answer);
  return cell.who == Speaker::fused
             ? QCoreApplication::translate("gallery", "truth %1, answered %2 together").arg(truth, answer)
             : QCoreApplication::translate("gallery", "truth %1, %2 answers %3")
                   .arg(truth, voices.name(cell.who), answer);
}

std::int8_t answer_of(const ImageAnswer &answer, Speaker who) {
  switch (who) {
  case Speaker::spiking:
    return answer.spiking;
  case Speaker::quantum:
    return answer.quantum;
  case Speaker::fused:
    return answer.fused;
  }
  return -1;
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
  if (filter.list) {
    std::ranges::copy_if(filter.list->images, std::back_inserter(shown),
                         [&](std::uint32_t image) { return image < targets.size(); });
    return shown;
  }
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (passes(filter, i < answers.size() ? answers[i] : ImageAnswer{}, targets[i]))
      shown.push_back(static_cast<std::uint32_t>(i));
  return shown;
}

} // namespace duet::ui
