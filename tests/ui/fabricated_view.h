// Made-up session views for tests of the views. Nothing here is ever shown to a person as a result.
#pragma once
#include "engine/session/session.h"
#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

namespace duet::fabricated {

inline std::uint8_t ink(double value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)); }

/// A ring or a bar, by class: enough to look at.
inline void draw_digit(std::vector<std::uint8_t> &pixels, int digit, std::mt19937 &engine) {
  std::uniform_real_distribution<double> shift(-1.5, 1.5);
  const double cx = 14 + shift(engine), cy = 14 + shift(engine), turn = digit * 0.6;
  for (int y = 0; y < 28; ++y)
    for (int x = 0; x < 28; ++x) {
      const double dx = x - cx, dy = y - cy, radius = std::hypot(dx, dy);
      const double angle = std::atan2(dy, dx) + turn;
      const double wish = 5.5 + 2.5 * std::cos((1 + digit % 4) * angle);
      pixels.push_back(ink(255 * std::exp(-(radius - wish) * (radius - wish) / 2.2)));
    }
}

inline std::shared_ptr<const Dataset> dataset(std::size_t images, unsigned seed = 1,
                                              std::size_t classes = 10) {
  std::mt19937 engine(seed);
  auto data = std::make_shared<Dataset>();
  data->files.source = "fabricated";
  data->test.rows = data->test.cols = 28;
  for (std::size_t i = 0; i < images; ++i) {
    const int digit = static_cast<int>(engine() % classes);
    draw_digit(data->test.pixels, digit, engine);
    data->test.targets.push_back(static_cast<std::uint8_t>(digit));
    data->test.file_index.push_back(static_cast<std::uint32_t>(i));
  }
  return data;
}

inline std::shared_ptr<const TestAnswers> answers(const Dataset &data, unsigned seed = 2) {
  std::mt19937 engine(seed);
  std::normal_distribution<float> logit(0.F, 1.2F);
  auto result = std::make_shared<TestAnswers>();
  result->targets = data.test.targets;
  for (const std::uint8_t label : result->targets) {
    Logits s{}, q{};
    for (std::size_t k = 0; k < s.size(); ++k) {
      s[k] = logit(engine);
      q[k] = logit(engine);
    }
    s[label] += 3.5F;
    q[label] += 2.2F;
    result->spiking.push_back(s);
    result->quantum.push_back(q);
  }
  return result;
}

/// LIF neurons on constant random currents, by the equation of engine/MODEL.md 1.1.
inline StackRecord stack(const std::vector<int> &layers, int steps, unsigned seed, double strength = 1.0) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> current(0.02 * strength, 0.14 * strength);
  StackRecord record;
  const double a = std::exp(-0.1);
  for (const int neurons : layers) {
    LayerRecord layer;
    layer.neurons = neurons;
    layer.steps = steps;
    const auto width = static_cast<std::size_t>(neurons);
    layer.spikes.assign(width * static_cast<std::size_t>(steps), 0);
    layer.membrane.assign(layer.spikes.size(), 0);
    layer.after = layer.membrane;
    for (std::size_t n = 0; n < width; ++n) {
      const double u = current(engine);
      double v = 0;
      for (std::size_t t = 0; t < static_cast<std::size_t>(steps); ++t) {
        v = a * v + 10 * (1 - a) * u;
        layer.membrane[t * width + n] = static_cast<float>(v);
        if (v >= 1) {
          layer.spikes[t * width + n] = 1;
          v -= 1;
        }
        layer.after[t * width + n] = static_cast<float>(v);
      }
    }
    record.layers.push_back(std::move(layer));
  }
  const LayerRecord &last = record.layers.back();
  for (int n = 0; n < last.neurons; ++n) {
    float sum = 0;
    for (int t = 0; t < steps; ++t)
      sum += last.spikes[static_cast<std::size_t>(t * last.neurons + n)];
    record.mean_rate.push_back(sum / static_cast<float>(steps));
  }
  return record;
}

/// An answer of its own for every step, each number different; the last one is the whole.
inline void add_steps(Inspection &seen, int steps) {
  for (int t = 1; t <= steps; ++t) {
    Answer answer = seen;
    const float left = 1.0F - static_cast<float>(t) / static_cast<float>(steps);
    for (std::size_t k = 0; k < 10; ++k) {
      const float place = static_cast<float>(k + 1);
      if (answer.logits_spiking)
        (*answer.logits_spiking)[k] += left * 0.7F * place;
      if (answer.logits_quantum)
        (*answer.logits_quantum)[k] -= left * 0.3F * place;
    }
    for (float &angle : answer.angles)
      angle *= 1 - left;
    for (double &value : answer.expectation_z)
      value *= 1 - static_cast<double>(left);
    seen.by_step.push_back(answer);
  }
}

inline std::shared_ptr<Inspection> inspection(const Experiment &experiment, const Dataset &data,
                                              const TestAnswers &answered, std::uint32_t index) {
  auto seen = std::make_shared<Inspection>();
  seen->index = seen->file_index = index;
  seen->target = data.test.targets[index];
  seen->rows = data.test.rows;
  seen->cols = data.test.cols;
  for (const std::uint8_t pixel : data.test.image(index))
    seen->pixels.push_back(static_cast<float>(pixel) / 255.F);
  const bool has_spiking = has_spiking_branch(experiment);
  const bool has_quantum = has_quantum_branch(experiment);
  const double r = answer_ratio(experiment.model);
  if (has_spiking) {
    seen->spiking = stack(experiment.spiking.hidden, experiment.spiking.steps, index + 1);
    seen->logits_spiking = answered.spiking[index];
  }
  if (has_quantum) {
    if (has_encoder(experiment))
      seen->encoder = stack(experiment.spiking.hidden, experiment.spiking.steps, index + 77, 0.8);
    const int n = experiment.quantum.qubits;
    for (int i = 0; i < n; ++i) {
      if (experiment.quantum.input != QuantumInput::amplitude)
        seen->angles.push_back(static_cast<float>(1.4 * std::sin(i * 1.7 + index)));
      seen->expectation_z.push_back(std::sin(i * 2.1 + index));
    }
    seen->logits_quantum = answered.quantum[index];
  }
  for (std::size_t k = 0; k < 10; ++k) {
    const float s = has_spiking ? (*seen->logits_spiking)[k] : 0,
                q = has_quantum ? (*seen->logits_quantum)[k] : 0;
    seen->logits_fused[k] = static_cast<float>((1 - r) * static_cast<double>(s) + r * static_cast<double>(q));
  }
  if (seen->spiking || seen->encoder)
    add_steps(*seen, experiment.spiking.steps);
  return seen;
}

/// A parallel run in the middle of its fourth epoch of twenty.
inline std::shared_ptr<SessionView> view(const Experiment &experiment = {}, std::size_t images = 400) {
  auto made = std::make_shared<SessionView>();
  made->phase = Phase::running;
  made->run_id = 1;
  made->experiment = experiment;
  made->circuit = shown_circuit(experiment);
  const auto data = dataset(images, 1, experiment.data.classes.size());
  const auto answered = answers(*data);
  made->dataset = data;
  made->images_per_second = 41200;
  made->seconds_left = 12;
  Snapshot &snapshot = made->training;
  snapshot.step = 640;
  snapshot.steps_per_epoch = 188;
  snapshot.epochs_done = 3;
  snapshot.epochs_planned = experiment.training.epochs;
  std::mt19937 engine(5);
  std::normal_distribution<double> jitter(0, 0.012);
  auto batches = std::make_shared<std::vector<BatchPoint>>();
  for (int k = 0; k < 640; ++k) {
    const double epoch = (k + 1) / 188.0;
    batches->push_back(
        {epoch, static_cast<float>(0.12 + 2.1 * std::exp(-epoch * 2.4) + std::abs(3 * jitter(engine))),
         static_cast<float>(std::min(1.0, 0.97 - 0.8 * std::exp(-epoch * 3) + jitter(engine)))});
  }
  snapshot.batches = batches;
  auto rows = std::make_shared<std::vector<EpochRow>>();
  auto running = std::make_shared<std::vector<RunningTest>>();
  const bool both = mixes(experiment);
  for (int k = 1; k <= 13; ++k) {
    const double epoch = k / 4.0;
    RunningTest test;
    test.epoch = epoch;
    test.images = 500;
    test.accuracy = 0.945 - 0.7 * std::exp(-epoch * 2.2) + jitter(engine);
    test.loss = 0.18 + 1.7 * std::exp(-epoch * 2.2);
    if (both) {
      test.accuracy_spiking = test.accuracy - 0.05;
      test.accuracy_quantum = test.accuracy - 0.2;
    }
    running->push_back(test);
    if (k % 4 == 0 && k / 4 <= 3) {
      EpochRow row;
      row.epoch = k / 4;
      row.train_loss = 0.12 + 1.4 * std::exp(-row.epoch * 1.2);
      row.train_accuracy = 0.965 - 0.2 * std::exp(-row.epoch * 1.2);
      row.test_loss = test.loss;
      row.test_accuracy = test.accuracy;
      if (both) {
        row.test_accuracy_spiking = test.accuracy - 0.05;
        row.test_accuracy_quantum = test.accuracy - 0.2;
      }
      rows->push_back(row);
    }
  }
  snapshot.epochs = rows;
  snapshot.running = running;
  snapshot.inspection = inspection(experiment, *data, *answered, 7);
  auto kept = std::make_shared<TestAnswers>(*answered);
  if (!has_spiking_branch(experiment))
    kept->spiking.clear();
  if (!has_quantum_branch(experiment))
    kept->quantum.clear();
  snapshot.answers = kept;
  made->marks =
      std::make_shared<std::vector<Mark>>(std::vector<Mark>{{2.2, 413, "learning rate 0.003 to 0.001"}});
  return made;
}

} // namespace duet::fabricated
