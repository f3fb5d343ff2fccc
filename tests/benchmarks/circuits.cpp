// Nanoseconds a sample of circuits, one thread. The label says the goal of a calm AVX-512 machine.
// f64 and the weaker instruction sets are for comparison. Then what long programs cost to read and compile.
#include "engine/bench/circuits.h"
#include "engine/base/random.h"
#include "engine/qasm/qasm.h"
#include "engine/simulator/circuit_state.h"
#include <benchmark/benchmark.h>
#include <fstream>
#include <numeric>

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

/// Gates on random qubits of ten, as long compiled programs have them: CX, turns by constants, H.
std::string long_program(std::int64_t gates, int qubits, bool weights) {
  std::string text =
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float w0;\nqubit[" + std::to_string(qubits) + "] q;\n";
  const duet::RandomStream stream(1, "bench program");
  for (std::int64_t k = 0; k < gates; ++k) {
    const auto draw = stream.block(static_cast<std::uint32_t>(k));
    const auto n = static_cast<std::uint32_t>(qubits);
    const std::uint32_t a = draw[1] % n, b = (a + 1 + draw[2] % (n - 1)) % n;
    const std::string on_a = " q[" + std::to_string(a) + "]";
    switch (draw[0] % 8) {
    case 0:
    case 1:
    case 2:
      text += "cx" + on_a + ", q[" + std::to_string(b) + "];\n";
      break;
    case 3:
    case 4:
      text += "h" + on_a + ";\n";
      break;
    case 5:
      text += (weights ? "ry(0.5*w0 + 0.25)" : "ry(0.25)") + on_a + ";\n";
      break;
    default:
      text += (draw[3] % 2 ? "t" : "rz(1.25)") + on_a + ";\n";
    }
  }
  return text;
}

/// Bytes of this process in memory.
double resident_bytes() {
  std::ifstream status("/proc/self/statm");
  double pages = 0;
  status >> pages >> pages;
  return pages * 4096;
}

/// Reads and compiles; the counters are for one gate, so that they stay the same as programs grow.
void long_circuit(benchmark::State &state, bool compile) {
  const std::string text = long_program(state.range(0), 10, false);
  double bytes = 0;
  for (auto _ : state) {
    const double before = resident_bytes();
    const duet::Circuit circuit = duet::read_qasm(text, "bench");
    if (compile) {
      duet::Program<double> program(circuit);
      bytes = resident_bytes() - before;
    }
  }
  state.counters["gate"] =
      benchmark::Counter(static_cast<double>(state.range(0)) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  if (compile) {
    state.counters["bytes_a_gate"] = bytes / static_cast<double>(state.range(0));
    state.counters["megabytes"] = bytes / 1e6;
    if (state.range(0) == 200'000)
      state.SetLabel("goal <= 2 s and <= 300 MB");
  }
}

/// One sample through a long circuit: values, or values and gradients.
void long_run(benchmark::State &state, bool gradient) {
  const duet::Circuit circuit = duet::read_qasm(long_program(state.range(0), 10, gradient), "bench");
  const double before = resident_bytes();
  duet::Program<double> program(circuit);
  duet::Program<double>::Workspace workspace;
  std::vector<double> weights(std::size_t(circuit.weights), 0.1), z(10), g(10, 1.0),
      by_weight(weights.size());
  program.set_weights(weights);
  for (auto _ : state)
    if (gradient)
      program.gradient(1, nullptr, g.data(), z.data(), nullptr, by_weight.data(), workspace);
    else
      program.forward(1, nullptr, z.data(), workspace);
  state.counters["megabytes"] = (resident_bytes() - before) / 1e6;
}

/// H and CX on two qubits, over and over.
void alternating(benchmark::State &state) {
  duet::Circuit circuit;
  circuit.qubits = 2;
  for (std::int64_t k = 0; k < state.range(0); ++k)
    circuit.operations.push_back(
        {k % 2 ? duet::Gate::cx : duet::Gate::h, k % 2 ? duet::GateQubits{0, 1} : duet::GateQubits{0}, {}});
  for (auto _ : state)
    duet::Program<double> program(circuit);
  state.SetLabel("goal <= 0.2 s");
}

void power_of_toffoli(benchmark::State &state) {
  for (auto _ : state)
    duet::Program<double> program(
        duet::read_qasm("OPENQASM 3.0;\nqubit[3] q;\nh q;\npow(4000) @ ccx q[0], q[1], q[2];\n", "bench"));
}

/// What one step of the column cursor takes: 300 gates and the arrows of all qubits.
void state_of_column(benchmark::State &state) {
  const int qubits = static_cast<int>(state.range(0));
  duet::Circuit circuit = duet::bench::bench_circuit("strongly_entangling", qubits, 300 / (4 * qubits) + 1);
  circuit.operations.resize(std::min<std::size_t>(circuit.operations.size(), 300));
  std::vector<int> operations(circuit.operations.size());
  std::iota(operations.begin(), operations.end(), 0);
  const std::vector<double> features(static_cast<std::size_t>(qubits), 0.3),
      weights(static_cast<std::size_t>(circuit.weights), 0.1);
  for (auto _ : state)
    benchmark::DoNotOptimize(duet::state_after(circuit, operations, features, weights));
  state.SetLabel("goal <= 16 ms at 12 qubits");
}

} // namespace

BENCHMARK(state_of_column)->Arg(5)->Arg(12)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(long_circuit, read, false)->Arg(20'000)->Arg(200'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(long_circuit, read_and_compile, true)
    ->Arg(20'000)
    ->Arg(200'000)
    ->Arg(1'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(long_run, forward, false)->Arg(200'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(long_run, gradient, true)->Arg(200'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(alternating)->Arg(16'000)->Unit(benchmark::kMillisecond);
BENCHMARK(power_of_toffoli)->Unit(benchmark::kMillisecond);
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
