#include "ui/panels/neuron_response.h"
#include "engine/spiking/neuron.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet::ui {
namespace {

void rate_step(NeuronResponse &response, double &v, double dt) {
  const double q = std::max(0.0, response.input) * dt;
  const double n = std::floor(v + q);
  response.membrane.push_back(v + q);
  v = v + q - n;
  response.after.push_back(v);
  response.spikes.push_back(static_cast<int>(n));
}

} // namespace

NeuronResponse neuron_response(const SpikingSettings &settings, double input, int steps) {
  const NeuronConstants c = neuron_constants(settings);
  NeuronResponse response;
  response.input = input;
  double v = settings.neuron.kind == NeuronKind::rate ? 0.0 : static_cast<double>(c.start);
  int silent = 0;
  for (int step = 0; step < steps; ++step) {
    if (settings.neuron.kind == NeuronKind::rate) {
      rate_step(response, v, c.dt);
      continue;
    }
    if (silent > 0) {
      --silent;
      v = c.v_reset;
      response.membrane.push_back(v);
      response.after.push_back(v);
      response.spikes.push_back(0);
      continue;
    }
    v = c.leak + c.decay * v + c.gain * input;
    response.membrane.push_back(v);
    const bool spike = v >= c.threshold;
    if (spike) {
      v = c.zero_reset ? c.v_reset : v - (c.threshold - c.v_reset);
      silent = c.refractory_steps;
    }
    response.after.push_back(v);
    response.spikes.push_back(spike);
  }
  return response;
}

double telling_input(const SpikingSettings &settings) {
  const NeuronSettings &neuron = settings.neuron;
  switch (neuron.kind) {
  case NeuronKind::lif:
    return 1.5 * (neuron.threshold - neuron.v_rest) / neuron.resistance;
  case NeuronKind::integrate_and_fire:
    return (neuron.threshold - neuron.v_reset) / 7.5;
  case NeuronKind::rate:
    break;
  }
  return 1 / (7.5 * settings.dt_ms / 1000.0);
}

double surrogate_gradient(const NeuronSettings &neuron, double d) {
  const double k = neuron.slope;
  switch (neuron.surrogate) {
  case Surrogate::fast_sigmoid:
    return 1 / ((1 + k * std::abs(d)) * (1 + k * std::abs(d)));
  case Surrogate::atan: {
    const double x = std::numbers::pi * k * d / 2;
    return (k / 2) / (1 + x * x);
  }
  case Surrogate::sigmoid: {
    const double s = 1 / (1 + std::exp(-k * d));
    return k * s * (1 - s);
  }
  case Surrogate::triangular:
    return std::max(0.0, 1 - k * std::abs(d));
  case Surrogate::straight_through:
    break;
  }
  return 1;
}

} // namespace duet::ui
