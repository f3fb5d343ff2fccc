#include "ui/data/image_voices.h"
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

} // namespace duet::ui
