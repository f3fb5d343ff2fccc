#include "engine/session/advice.h"
#include "engine/experiment/describe.h"
#include "engine/model/voices.h"
#include "engine/spiking/neuron_kinds.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

constexpr double silent = -1e30;

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

std::string readable(double value, int digits = 2) { return to_text(significant(value, digits)); }

// ---- locks ----

std::optional<Notice> locked(const Experiment &e) {
  const bool first = has_spiking_branch(e), second = has_quantum_branch(e);
  if ((first && e.training.train_spiking) || (second && e.training.train_quantum))
    return std::nullopt;
  const std::string name = voice_name(answerer(e.model.kind), e)->name;
  Notice notice;
  notice.text = first && second ? "Both branches are locked: no weight changes while this trains."
                                : "The " + name + " is locked: no weight changes while this trains.";
  notice.fix_path = first ? "training.train_spiking" : "training.train_quantum";
  notice.fix_value = "true";
  return notice;
}

// ---- layers ----

/// What all images together made of one layer.
struct Layer {
  double highest = silent;        ///< membrane value over all images, steps and neurons
  bool fires = false;             ///< at least once
  double full = 0;                ///< share of neurons and images with a spike at every step
  std::vector<float> first_steps; ///< membrane after the first step of those
};

void look_at(const StackRecord &stack, std::size_t images, std::vector<Layer> &layers) {
  layers.resize(std::max(layers.size(), stack.layers.size()));
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const LayerRecord &record = stack.layers[l];
    Layer &layer = layers[l];
    const auto width = static_cast<std::size_t>(std::max(0, record.neurons));
    const auto steps = static_cast<std::size_t>(std::max(0, record.steps));
    if (record.spikes.size() < width * steps || width * steps == 0)
      continue;
    layer.fires = layer.fires || std::ranges::any_of(record.spikes, [](auto n) { return n > 0; });
    for (std::size_t n = 0; n < width; ++n) {
      bool always = true;
      for (std::size_t t = 0; t < steps && always; ++t)
        always = record.spikes[t * width + n] > 0;
      if (!always)
        continue;
      layer.full += 1.0 / static_cast<double>(width * images);
      if (n < record.membrane.size())
        layer.first_steps.push_back(record.membrane[n]);
    }
    if (!record.membrane.empty())
      layer.highest =
          std::max(layer.highest, static_cast<double>(*std::ranges::max_element(record.membrane)));
  }
}

/// The spiking layers of both branches; empty where there are none.
struct Stacks {
  std::vector<Layer> spiking, encoder;
};

Stacks look_at(std::span<const Inspection> images) {
  Stacks stacks;
  for (const Inspection &image : images) {
    if (image.spiking)
      look_at(*image.spiking, images.size(), stacks.spiking);
    if (image.encoder)
      look_at(*image.encoder, images.size(), stacks.encoder);
  }
  return stacks;
}

/// The first layer of a stack that is as asked.
struct Found {
  std::string where; ///< "layer 1 of the spiking branch"
  const Layer *layer = nullptr;
};

template <class Asked>
std::optional<Found> find(const std::vector<Layer> &layers, const Experiment &e, Speaker who, Asked asked) {
  const auto found = std::ranges::find_if(layers, asked);
  if (found == layers.end())
    return std::nullopt;
  const std::string layer =
      layers.size() == 1 ? "the " : "layer " + std::to_string(found - layers.begin() + 1) + " of the ";
  return Found{layer + voice_name(who, e)->encoder, &*found};
}

/// Layers after a silent one get nothing and say nothing.
std::optional<Notice> silence(const Experiment &e, const Stacks &stacks) {
  const auto is_silent = [](const Layer &layer) { return !layer.fires; };
  const auto first = find(stacks.spiking, e, Speaker::spiking, is_silent),
             second = find(stacks.encoder, e, Speaker::quantum, is_silent);
  if (!first && !second)
    return std::nullopt;
  const double highest =
      std::min(first ? first->layer->highest : -silent, second ? second->layer->highest : -silent);
  Notice notice;
  notice.text = "No neuron fires";
  if (!(first && second) && !(first ? stacks.encoder : stacks.spiking).empty()) // the other branch does
    notice.text += " in " + (first ? first : second)->where;
  const NeuronSettings &neuron = e.spiking.neuron;
  notice.text +=
      ": threshold " + to_text(neuron.threshold) + ", highest membrane value " + readable(highest) + ".";
  const double reachable = below(highest);
  if (highest > 0 && reachable > neuron.v_rest && reachable > neuron.v_reset) {
    notice.fix_path = "spiking.neuron.threshold";
    notice.fix_value = to_text(reachable);
  } else {
    notice.text += " Raise the resistance or the number of time steps.";
  }
  return notice;
}

std::optional<Notice> saturation(const Experiment &e, const Stacks &stacks) {
  constexpr double most = 0.5;
  const auto is_full = [](const Layer &layer) { return layer.full > most; };
  auto found = find(stacks.spiking, e, Speaker::spiking, is_full);
  if (!found)
    found = find(stacks.encoder, e, Speaker::quantum, is_full);
  if (!found || e.spiking.steps < 2)
    return std::nullopt;
  Notice notice;
  notice.text = std::to_string(std::lround(100 * found->layer->full)) + " % of the neurons in " +
                found->where + " spike at every step, whatever they see: threshold " +
                to_text(e.spiking.neuron.threshold);
  std::vector<float> reached = found->layer->first_steps;
  double wanted = 2 * e.spiking.neuron.threshold;
  if (!reached.empty()) {
    const auto middle = reached.begin() + static_cast<std::ptrdiff_t>(reached.size() / 2);
    std::nth_element(reached.begin(), middle, reached.end());
    wanted = std::max(wanted, 2 * static_cast<double>(*middle)); // half the neurons then need two steps
    notice.text += ", membrane after one step " + readable(static_cast<double>(*middle));
  }
  notice.text += ".";
  notice.fix_path = "spiking.neuron.threshold";
  notice.fix_value = readable(wanted, 1);
  return notice;
}

// ---- loss ----

double mean_loss(std::span<const BatchPoint> batches) {
  double sum = 0;
  for (const BatchPoint &point : batches)
    sum += static_cast<double>(point.loss);
  return sum / static_cast<double>(batches.size());
}

double mean_accuracy(std::span<const BatchPoint> batches) {
  double sum = 0;
  for (const BatchPoint &point : batches)
    sum += static_cast<double>(point.accuracy);
  return sum / static_cast<double>(batches.size());
}

/// The batches of the last epoch; nothing while there has been less than a whole one.
std::span<const BatchPoint> last_epoch(std::span<const BatchPoint> batches, double epochs = 1) {
  if (batches.size() < 2 || batches.back().epoch - batches.front().epoch < 0.98 * epochs)
    return {};
  const auto begin = std::ranges::find_if(
      batches, [&](const BatchPoint &point) { return point.epoch > batches.back().epoch - 1; });
  return batches.subspan(static_cast<std::size_t>(begin - batches.begin()));
}

void divide_rate(Notice &notice, const Experiment &e, double by) {
  notice.fix_path = "training.learning_rate";
  notice.fix_value = readable(e.training.learning_rate / by);
}

const double guessing = std::log(10.0); ///< the loss of ten equal logits

std::optional<Notice> divergence(const Experiment &e, std::span<const BatchPoint> batches) {
  constexpr std::size_t enough = 20;
  const std::span<const BatchPoint> epoch = last_epoch(batches);
  double mean = 0;
  if (batches.size() >= enough && mean_loss(batches.last(enough)) > 2 * guessing)
    mean = mean_loss(batches.last(enough));
  else if (!epoch.empty() && mean_loss(epoch) > 1.3 * guessing)
    mean = mean_loss(epoch);
  if (mean == 0 || e.training.learning_rate <= 0)
    return std::nullopt;
  Notice notice;
  notice.text = "Learning rate " + to_text(e.training.learning_rate) + " is too high: the loss is " +
                readable(mean) + ", that of guessing is 2.3.";
  divide_rate(notice, e, 10);
  return notice;
}

/// The usual rates of an optimiser: below them, steps are too small to see; above, too large to help.
struct UsualRates {
  double low, high;
};
UsualRates usual_rates(Optimizer optimizer) {
  return optimizer == Optimizer::sgd ? UsualRates{0.05, 0.5} : UsualRates{0.001, 0.01};
}

std::optional<Notice> standstill(const Experiment &e, std::span<const BatchPoint> batches) {
  const std::span<const BatchPoint> epoch = last_epoch(batches, 2);
  const double classes = e.data.classes.empty() ? 10 : static_cast<double>(e.data.classes.size());
  if (epoch.empty() || classes < 2 || mean_loss(epoch) < 0.98 * std::log(classes) ||
      mean_accuracy(epoch) > 1.5 / classes)
    return std::nullopt;
  const double rate = e.training.learning_rate;
  const auto [low, high] = usual_rates(e.training.optimizer);
  Notice notice;
  notice.text = "Nothing is learned: after two epochs the loss is " + readable(mean_loss(epoch), 3) +
                ", that of guessing " + readable(std::log(classes), 3) + ". ";
  if (rate < low) {
    notice.text += "Learning rate " + to_text(rate) + " is low.";
    notice.fix_path = "training.learning_rate";
    notice.fix_value = to_text(low);
  } else {
    notice.text += "Learning rate " + to_text(rate) + (rate > high ? " is high." : " may be too high.");
    divide_rate(notice, e, rate > high ? 10 : 3);
  }
  return notice;
}

} // namespace

std::optional<Advice> advise(const Symptoms &symptoms) {
  const Experiment &e = symptoms.experiment;
  if (auto notice = locked(e))
    return Advice{Trouble::locked, *notice};
  const bool has_threshold = facts(e.spiking.neuron.kind).has_threshold;
  const Stacks stacks = has_threshold ? look_at(symptoms.images) : Stacks();
  if (auto notice = silence(e, stacks))
    return Advice{Trouble::silence, *notice};
  if (auto notice = divergence(e, symptoms.batches))
    return Advice{Trouble::divergence, *notice};
  if (auto notice = saturation(e, stacks))
    return Advice{Trouble::saturation, *notice};
  if (auto notice = standstill(e, symptoms.batches))
    return Advice{Trouble::standstill, *notice};
  return std::nullopt;
}

Notice advise_on_failure(const Experiment &experiment, const std::string &sentence) {
  Notice notice;
  notice.is_error = true;
  notice.text = sentence;
  divide_rate(notice, experiment, 10);
  return notice;
}

} // namespace duet
