#include "engine/session/advice.h"
#include "engine/experiment/describe.h"
#include "engine/spiking/neuron_kinds.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

/// To so many significant digits, for reading.
double significant(double value, int digits) {
  if (value == 0 || !std::isfinite(value))
    return value;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - (digits - 1));
  return unit < 1 ? std::round(value / unit) / std::round(1 / unit) : std::round(value / unit) * unit;
}

/// 0.42 -> 0.3, about three quarters of the way, always below the value itself.
double below(double value) {
  const double near = significant(0.75 * value, 1);
  return near < value ? near : significant(0.75 * value, 2);
}

struct Layer {
  double highest = -1e30; ///< membrane value over all images, steps and neurons
  bool fires = false;
};

void look_at(const StackRecord &stack, std::vector<Layer> &layers) {
  layers.resize(std::max(layers.size(), stack.layers.size()));
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const LayerRecord &record = stack.layers[l];
    layers[l].fires = layers[l].fires || std::ranges::any_of(record.spikes, [](auto n) { return n > 0; });
    if (!record.membrane.empty())
      layers[l].highest =
          std::max(layers[l].highest, static_cast<double>(*std::ranges::max_element(record.membrane)));
  }
}

/// The first layer without a spike; those after it get nothing and say nothing.
struct Silence {
  std::string where;
  double highest = 0;
};

std::optional<Silence> silence_in(const std::vector<Layer> &layers, const char *branch) {
  const auto silent = std::ranges::find(layers, false, &Layer::fires);
  if (silent == layers.end())
    return std::nullopt;
  const std::string layer =
      layers.size() == 1 ? "" : "layer " + std::to_string(silent - layers.begin()) + " of ";
  return Silence{layer + branch, silent->highest};
}

} // namespace

std::optional<Notice> advise_on_silence(const Experiment &experiment, std::span<const Inspection> images) {
  if (!facts(experiment.spiking.neuron.kind).has_threshold)
    return std::nullopt; // nothing to lower
  std::vector<Layer> spiking, encoder;
  for (const Inspection &image : images) {
    if (image.spiking)
      look_at(*image.spiking, spiking);
    if (image.encoder)
      look_at(*image.encoder, encoder);
  }
  const auto first = silence_in(spiking, "the spiking branch"),
             second = silence_in(encoder, "the quantum branch's encoder");
  if (!first && !second)
    return std::nullopt;
  const NeuronSettings &neuron = experiment.spiking.neuron;
  const double highest = std::min(first ? first->highest : 1e30, second ? second->highest : 1e30);
  Notice notice;
  notice.text = "No neuron fires";
  if (!(first && second) && !(first ? encoder : spiking).empty()) // the other branch does fire
    notice.text += " in " + (first ? first : second)->where;
  notice.text += ": threshold " + to_text(neuron.threshold) + ", highest membrane value " +
                 to_text(significant(highest, 2)) + ".";
  const double reachable = below(highest);
  if (highest > 0 && reachable > neuron.v_rest && reachable > neuron.v_reset) {
    notice.fix_path = "spiking.neuron.threshold";
    notice.fix_value = to_text(reachable);
  } else {
    notice.text += " Raise the resistance or the number of time steps.";
  }
  return notice;
}

std::optional<Notice> advise_on_loss(const Experiment &experiment, std::span<const BatchPoint> batches) {
  constexpr std::size_t looked_at = 20;
  constexpr double guessing = 2.302585; // ln 10, the loss of ten equal logits
  if (batches.size() < looked_at || experiment.training.learning_rate <= 0)
    return std::nullopt;
  double mean = 0;
  for (const BatchPoint &point : batches.last(looked_at))
    mean += static_cast<double>(point.loss) / looked_at;
  if (!(mean > 2 * guessing))
    return std::nullopt;
  Notice notice;
  notice.text = "Learning rate " + to_text(experiment.training.learning_rate) + " is too high: the loss is " +
                to_text(significant(mean, 2)) + ", that of guessing is 2.3.";
  notice.fix_path = "training.learning_rate";
  notice.fix_value = to_text(significant(experiment.training.learning_rate / 10, 2));
  return notice;
}

Notice advise_on_failure(const Experiment &experiment, const std::string &sentence) {
  Notice notice{
      .id = 0, .is_error = true, .text = sentence, .fix_path = "training.learning_rate", .fix_value = ""};
  notice.fix_value = to_text(significant(experiment.training.learning_rate / 10, 2));
  return notice;
}

} // namespace duet
