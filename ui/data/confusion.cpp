#include "ui/data/confusion.h"

namespace duet::ui {

std::int8_t answer_of(const ImageAnswer &answer, Answerer who) {
  switch (who) {
  case Answerer::spiking:
    return answer.spiking;
  case Answerer::quantum:
    return answer.quantum;
  case Answerer::fused:
    return answer.fused;
  }
  return -1;
}

std::optional<Confusion> confusion(const std::vector<std::uint8_t> &targets,
                                   const std::vector<ImageAnswer> &answers, Answerer who) {
  Confusion result;
  for (std::size_t i = 0; i < targets.size() && i < answers.size(); ++i) {
    const std::int8_t answer = answer_of(answers[i], who);
    if (answer < 0 || answer > 9 || targets[i] > 9)
      return std::nullopt;
    ++result.count[targets[i]][static_cast<std::size_t>(answer)];
    ++result.images;
    result.correct += answer == targets[i];
  }
  return result.images > 0 ? std::optional(result) : std::nullopt;
}

std::optional<std::uint32_t> first_with(const std::vector<std::uint8_t> &targets,
                                        const std::vector<ImageAnswer> &answers, Answerer who, int truth,
                                        int answer) {
  for (std::size_t i = 0; i < targets.size() && i < answers.size(); ++i)
    if (targets[i] == truth && answer_of(answers[i], who) == answer)
      return static_cast<std::uint32_t>(i);
  return std::nullopt;
}

} // namespace duet::ui
