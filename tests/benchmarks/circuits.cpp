// Nanoseconds a sample of circuits, one thread. The label says the goal of a calm AVX-512 machine.
// f64 and the weaker instruction sets are for comparison.
#include "engine/bench/circuits.h"
#include <benchmark/benchmark.h>

namespace {

template <class Real> void run(benchmark::State &state, const char *ansatz, bool gradient) {
  const int qubits = static_cast<int>(state.range(0)), layers = static_cast<int>(state.range(1));
  duet::bench::CircuitBench<Real> bench(duet::bench::bench_circuit(ansatz, qubits, layers));
  for (auto _ : state)
    gradient ? bench.gradient() : bench.forward();
  const double samples = static_cast<double>(bench.samples()) * static_cast<double>(state.iterations());
  state.counters["sample"] =
      benchmark::Counter(samples, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  if (const auto goal = duet::bench::circuit_gradient_goal_ns(ansatz, qubits, layers);
      goal && gradient && sizeof(Real) == 4)
    state.SetLabel("goal <= " + std::to_string(static_cast<int>(*goal)) + " ns a sample");
}

void circuit(benchmark::State &state, const char *ansatz, bool gradient) {
  run<float>(state, ansatz, gradient);
}
void circuit_f64(benchmark::State &state, const char *ansatz, bool gradient) {
  run<double>(state, ansatz, gradient);
}

void sizes(benchmark::internal::Benchmark *bench) {
  bench->Args({5, 1})->Args({8, 2})->Args({12, 2})->Args({16, 2})->Args({20, 2});
}

} // namespace

BENCHMARK_CAPTURE(circuit, star_gradient, "star", true)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, star_forward, "star", false)->Apply(sizes);
BENCHMARK_CAPTURE(circuit_f64, star_gradient, "star", true)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, ring_gradient, "ring", true)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, ring_forward, "ring", false)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, strongly_entangling_gradient, "strongly_entangling", true)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, strongly_entangling_forward, "strongly_entangling", false)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, random_gradient, "random", true)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, random_forward, "random", false)->Apply(sizes);
BENCHMARK_CAPTURE(circuit, star_gradient_growth, "star", true)
    ->ArgsProduct({benchmark::CreateDenseRange(4, 14, 1), {2}});
