#include "engine/training/optimizer.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet {

std::uint64_t steps_per_epoch(const TrainingSettings &settings, std::uint64_t images) {
  const auto batch = static_cast<std::uint64_t>(settings.batch);
  return (images + batch - 1) / batch;
}

double scheduled_rate(const TrainingSettings &settings, const Position &position, std::uint64_t images) {
  const double rate = settings.learning_rate;
  switch (settings.schedule) {
  case Schedule::constant:
    return rate;
  case Schedule::step:
    return rate * std::pow(settings.step_factor, position.epoch / std::max(1, settings.step_epochs));
  case Schedule::cosine:
    break;
  }
  const auto batch = static_cast<std::uint64_t>(settings.batch);
  const double in_epoch = static_cast<double>((position.offset + batch - 1) / batch);
  const double per_epoch = static_cast<double>(std::max<std::uint64_t>(1, steps_per_epoch(settings, images)));
  const double done = (position.epoch * per_epoch + in_epoch) / (std::max(1, settings.epochs) * per_epoch);
  return rate * 0.5 * (1.0 + std::cos(std::numbers::pi * std::min(done, 1.0)));
}

OptimizerConstants optimizer_constants(const TrainingSettings &settings, double learning_rate,
                                       std::uint64_t updates, double scale) {
  OptimizerConstants c{};
  const bool rms = settings.optimizer == Optimizer::rmsprop;
  const bool adam = settings.optimizer == Optimizer::adam || settings.optimizer == Optimizer::adamw;
  const double beta1 = 0.9, beta2 = rms ? 0.99 : 0.999;
  const double t = static_cast<double>(updates + 1);
  c.kind = settings.optimizer;
  c.rate = static_cast<float>(adam ? learning_rate / (1.0 - std::pow(beta1, t)) : learning_rate);
  c.momentum = static_cast<float>(settings.momentum);
  c.decay = static_cast<float>(
      settings.optimizer == Optimizer::adamw ? 1.0 - learning_rate * settings.weight_decay : 1.0);
  c.beta1 = static_cast<float>(beta1);
  c.beta2 = static_cast<float>(beta2);
  c.fresh1 = static_cast<float>(1.0 - beta1);
  c.fresh2 = static_cast<float>(1.0 - beta2);
  c.root_scale = static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(beta2, t)));
  c.epsilon = 1e-8f;
  c.gradient_scale = static_cast<float>(scale);
  return c;
}

} // namespace duet
