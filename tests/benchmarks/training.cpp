// Training speed of every kind of network: items_per_second is images a second.
// Goals on a calm AVX-512 machine with two cores: `paper` at batch 256 at 0.55 of the FMA peak, at batch 32
// at 0.35 (the figure fraction_of_peak); spiking-only at batch 128: 200,000 constant, 60,000 Poisson.
#include "engine/bench/training.h"
#include "engine/bench/machine.h"
#include <benchmark/benchmark.h>

namespace {

const std::shared_ptr<const duet::Dataset> &images() {
  static const auto data = duet::bench::tiled_dataset(duet::bench::few_test_images);
  return data;
}

void train(benchmark::State &state, const std::string &preset, const std::vector<std::string> &settings) {
  const duet::Workers workers;
  std::vector<std::string> all = settings;
  all.push_back("training.batch=" + std::to_string(state.range(0)));
  duet::bench::TrainingBench bench(preset, all, images(), workers);
  for (int warm = 0; warm < 10; ++warm)
    bench.step();
  for (auto _ : state)
    bench.step();
  const double count = static_cast<double>(state.iterations() * state.range(0));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  if (preset == "paper") {
    const double roof = workers.threads() * duet::bench::fma_gflops_per_core({}) * 1e9;
    state.counters["fraction_of_peak"] =
        benchmark::Counter(count * 0.913e6 / roof, benchmark::Counter::kIsRate);
  }
}

} // namespace

BENCHMARK_CAPTURE(train, paper, "paper", {})->Arg(32)->Arg(256)->UseRealTime();
BENCHMARK_CAPTURE(train, spiking_lif_constant, "spiking-only", {})
    ->Arg(32)
    ->Arg(128)
    ->Arg(256)
    ->UseRealTime();
BENCHMARK_CAPTURE(train, spiking_lif_poisson, "spiking-only", {"spiking.encoder=poisson"})
    ->Arg(32)
    ->Arg(128)
    ->Arg(256)
    ->UseRealTime();
BENCHMARK_CAPTURE(train, spiking_rate_constant, "spiking-only", {"spiking.neuron.kind=rate"})
    ->Arg(32)
    ->Arg(256)
    ->UseRealTime();
BENCHMARK_CAPTURE(train, spiking_rate_poisson, "spiking-only",
                  {"spiking.neuron.kind=rate", "spiking.encoder=poisson"})
    ->Arg(32)
    ->Arg(256)
    ->UseRealTime();
BENCHMARK_CAPTURE(train, parallel_lif_constant, "ppf", {})->Arg(32)->Arg(256)->UseRealTime();
BENCHMARK_CAPTURE(train, parallel_lif_poisson, "ppf", {"spiking.encoder=poisson"})
    ->Arg(32)
    ->Arg(256)
    ->UseRealTime();
BENCHMARK_CAPTURE(train, parallel_rate_poisson, "ppf",
                  {"spiking.neuron.kind=rate", "spiking.encoder=poisson"})
    ->Arg(32)
    ->Arg(256)
    ->UseRealTime();
BENCHMARK_CAPTURE(train, serial_lif_constant, "serial", {})->Arg(32)->Arg(256)->UseRealTime();
BENCHMARK_CAPTURE(train, serial_rate_constant, "serial", {"spiking.neuron.kind=rate"})
    ->Arg(32)
    ->Arg(256)
    ->UseRealTime();
BENCHMARK_CAPTURE(train, serial_rate_poisson, "serial",
                  {"spiking.neuron.kind=rate", "spiking.encoder=poisson"})
    ->Arg(32)
    ->Arg(256)
    ->UseRealTime();
