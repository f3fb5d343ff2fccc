// What every live picture costs. Goals: 10,000 images evaluated in 60 ms, their accuracy as a function of the
// ratio in 5 ms.
#include "engine/bench/training.h"
#include "engine/training/ratio_curve.h"
#include <benchmark/benchmark.h>

namespace {

/// The default network, a little trained, with 10,000 test images.
duet::bench::TrainingBench &network() {
  static const duet::Workers workers;
  static duet::bench::TrainingBench bench("ppf", {}, duet::bench::tiled_dataset(10'000), workers);
  while (bench.trainer().steps_done() < 200)
    bench.step();
  return bench;
}

void evaluate_10000(benchmark::State &state) {
  duet::Trainer &trainer = network().trainer();
  for (auto _ : state)
    benchmark::DoNotOptimize(trainer.evaluate_test(0.6, {}));
}

void ratio_curve_10000(benchmark::State &state) {
  duet::TestAnswers answers;
  network().trainer().evaluate_test(0.6, {}, &answers);
  for (auto _ : state)
    benchmark::DoNotOptimize(duet::ratio_curve(answers));
}

void snapshot(benchmark::State &state) {
  for (auto _ : state) {
    state.PauseTiming();
    network().step();
    state.ResumeTiming();
    benchmark::DoNotOptimize(network().trainer().look());
  }
}

void inspect_one(benchmark::State &state) {
  duet::Trainer &trainer = network().trainer();
  std::uint32_t index = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(trainer.inspect(index++ % 10'000));
}

} // namespace

BENCHMARK(evaluate_10000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(ratio_curve_10000)->Unit(benchmark::kMillisecond);
BENCHMARK(snapshot)->Unit(benchmark::kMicrosecond)->Iterations(2000);
BENCHMARK(inspect_one)->Unit(benchmark::kMicrosecond)->UseRealTime();
