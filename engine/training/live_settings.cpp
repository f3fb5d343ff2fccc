#include "engine/training/live_settings.h"
#include "engine/training/numbers.h"

namespace duet {
namespace {

/// Names each live field once, for writing and for reading. Epochs and threads are the caller's.
template <class Plan, class Visit> void visit(Plan &plan, Visit &&each) {
  each(plan.architecture.model.fusion_ratio);
  auto &spiking = plan.architecture.spiking;
  each(spiking.encoder), each(spiking.max_rate), each(spiking.steps), each(spiking.dt_ms);
  auto &neuron = spiking.neuron;
  each(neuron.kind), each(neuron.tau_ms), each(neuron.threshold), each(neuron.v_rest), each(neuron.v_reset);
  each(neuron.resistance), each(neuron.refractory_ms), each(neuron.reset), each(neuron.surrogate),
      each(neuron.slope);
  auto &noise = plan.data.noise;
  each(noise.kind), each(noise.amount), each(noise.apply);
  auto &training = plan.training;
  each(training.batch), each(training.optimizer), each(training.learning_rate), each(training.momentum);
  each(training.weight_decay), each(training.schedule), each(training.step_epochs),
      each(training.step_factor);
  each(training.clip_norm), each(training.train_spiking), each(training.train_quantum);
}

} // namespace

std::string live_settings_text(const TrainerPlan &plan) {
  NumberWriter out;
  visit(plan, [&](const auto &value) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, double>)
      out << value;
    else
      out << static_cast<int>(value);
  });
  return out.text();
}

void apply_live_settings(const std::string &text, TrainerPlan &plan) {
  NumberReader in(text);
  visit(plan, [&](auto &value) {
    using Field = std::remove_reference_t<decltype(value)>;
    if constexpr (std::is_same_v<Field, double>) {
      in >> value;
    } else {
      int number = 0;
      in >> number;
      value = static_cast<Field>(number);
    }
  });
  if (!in.ok())
    throw Error(ExitCode::data, "The checkpoint's live settings are damaged.");
}

} // namespace duet
