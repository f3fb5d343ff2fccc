#include "engine/spiking/one_neuron.h"
#include "engine/kernels/aligned.h"
#include "engine/kernels/loader.h"
#include "engine/spiking/neuron.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

/// Rows of a layer of neurons that do not know of each other.
struct Bench {
  int neurons, steps;
  Aligned<float> start, out, mean, slope, carry, spikes, membrane, after, mean_so_far;

  Bench(int count, int step_count) : neurons(padded(count)), steps(step_count), start(size(neurons), 0.0f) {
    for (auto *rows : {&out, &slope, &carry, &spikes, &membrane, &after, &mean_so_far})
      rows->assign(size(neurons) * size(steps), 0.0f);
    mean.assign(size(neurons), 0.0f);
  }
  /// input: [step][neuron], or [neuron] for every step.
  void run(const NeuronConstants &constants, const Aligned<float> &input, bool constant) {
    const NeuronRecord record = {spikes.data(), membrane.data(), after.data(), mean_so_far.data()};
    kernels().dense->neurons_steps(&constants, neurons, input.data(), constant ? 0 : neurons, start.data(),
                                   out.data(), mean.data(), slope.data(), carry.data(), &record);
  }
};

NeuronConstants constants_for(SpikingSettings settings, int steps) {
  settings.steps = steps;
  return neuron_constants(settings);
}

/// The first neuron of the bench.
NeuronAnswer answer_of(const Bench &bench, const NeuronConstants &constants) {
  NeuronAnswer answer;
  answer.start = facts(constants.kind).starts_at_random ? 0.0 : static_cast<double>(constants.start);
  for (std::size_t t = 0; t < size(bench.steps); ++t) {
    const std::size_t at = t * size(bench.neurons);
    answer.membrane.push_back(static_cast<double>(bench.membrane[at]));
    answer.after.push_back(static_cast<double>(bench.after[at]));
    answer.spikes.push_back(static_cast<int>(bench.spikes[at]));
  }
  return answer;
}

} // namespace

NeuronAnswer answer_to(const SpikingSettings &settings, std::span<const float> input) {
  const auto steps = static_cast<int>(input.size());
  Bench bench(1, steps);
  Aligned<float> rows(size(bench.neurons) * size(steps), 0.0f);
  for (std::size_t t = 0; t < input.size(); ++t)
    rows[t * size(bench.neurons)] = input[t];
  const NeuronConstants constants = constants_for(settings, steps);
  bench.run(constants, rows, false);
  return answer_of(bench, constants);
}

NeuronAnswer answer_to(const SpikingSettings &settings, double input, int steps) {
  Bench bench(1, steps);
  const NeuronConstants constants = constants_for(settings, steps);
  bench.run(constants, Aligned<float>(size(bench.neurons), static_cast<float>(input)), true);
  return answer_of(bench, constants);
}

double input_for_spikes(const SpikingSettings &settings, int spikes, int steps) {
  constexpr int tried = 1024; // inputs from 1e-5 to 1e6, each 2.5 % above the one before
  Bench bench(tried, steps);
  Aligned<float> inputs(size(tried));
  for (int i = 0; i < tried; ++i)
    inputs[size(i)] = static_cast<float>(std::pow(10.0, -5.0 + 11.0 * i / (tried - 1)));
  bench.run(constants_for(settings, steps), inputs, true);
  std::vector<float> fired(size(tried), 0.0f);
  for (std::size_t t = 0; t < size(steps); ++t)
    for (std::size_t i = 0; i < size(tried); ++i)
      fired[i] += bench.spikes[t * size(tried) + i];
  const float wanted = std::min(static_cast<float>(spikes), *std::max_element(fired.begin(), fired.end()));
  const auto first = std::find_if(fired.begin(), fired.end(), [&](float count) { return count >= wanted; });
  return static_cast<double>(inputs[static_cast<std::size_t>(first - fired.begin())]);
}

std::vector<double> spike_derivative(const NeuronSettings &neuron, std::span<const float> distance) {
  SpikingSettings settings;
  settings.neuron = neuron;
  NeuronConstants constants = constants_for(settings, 1);
  constants.decay = constants.leak = constants.threshold = constants.start = 0; // then v = u = the distance
  constants.gain = 1;
  const auto count = static_cast<int>(distance.size());
  Bench bench(count, 1);
  Aligned<float> input(size(bench.neurons), 0.0f);
  std::copy(distance.begin(), distance.end(), input.begin());
  bench.run(constants, input, true);
  return {bench.slope.begin(), bench.slope.begin() + count};
}

double crossing(const NeuronSettings &neuron) {
  return facts(neuron.kind).has_threshold ? neuron.threshold : 1.0;
}

} // namespace duet
