#include "ui/data/image_voices.h"
#include "ui/data/class_name.h"
#include "ui/words/numbers.h"
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

Saying loudest(const std::array<double, 10> &probabilities) {
  const auto top = std::max_element(probabilities.begin(), probabilities.end());
  return {static_cast<int>(top - probabilities.begin()), *top};
}

} // namespace

std::array<double, 10> softmax(const Logits &logits) {
  const double top = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
  std::array<double, 10> result{};
  double sum = 0;
  for (std::size_t k = 0; k < logits.size(); ++k)
    sum += result[k] = std::exp(static_cast<double>(logits[k]) - top);
  for (double &value : result)
    value /= sum;
  return result;
}

ImageVoices voices_of(const Answer &answer, double ratio) {
  ImageVoices voices;
  if (answer.logits_spiking)
    voices.spiking = loudest(softmax(*answer.logits_spiking));
  if (answer.logits_quantum)
    voices.quantum = loudest(softmax(*answer.logits_quantum));
  if (answer.logits_spiking && answer.logits_quantum)
    for (std::size_t k = 0; k < voices.mixed.size(); ++k)
      voices.mixed[k] = static_cast<float>((1 - ratio) * static_cast<double>((*answer.logits_spiking)[k]) +
                                           ratio * static_cast<double>((*answer.logits_quantum)[k]));
  else
    voices.mixed = answer.logits_fused;
  voices.probabilities = softmax(voices.mixed);
  voices.fused = loudest(voices.probabilities);
  return voices;
}

std::vector<ImageLine> image_table(const Answer &answer, int truth, const std::vector<int> &classes,
                                   double ratio, const Voices &voices) {
  const ImageVoices said = voices_of(answer, ratio);
  std::vector<ImageLine> lines = {
      {std::nullopt, QCoreApplication::translate("image", "truth"), class_name(classes, truth)}};
  for (const NamedVoice &voice : voices.all()) {
    const std::optional<Saying> saying = voice.who == Speaker::spiking   ? said.spiking
                                         : voice.who == Speaker::quantum ? said.quantum
                                                                         : std::optional(said.fused);
    if (saying)
      lines.push_back(
          {voice.who,
           voice.who == Speaker::fused ? voice.brief
                                       : QCoreApplication::translate("image", "%1 says").arg(voice.brief),
           QStringLiteral("%1   %2").arg(class_name(classes, saying->output), percent(saying->probability)),
           voice.colour, saying->output == truth});
  }
  return lines;
}

} // namespace duet::ui
