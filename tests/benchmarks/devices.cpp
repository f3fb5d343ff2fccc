// Circuits on devices, one thread: a density matrix of the star circuit, trajectories, shots. The label says
// the goal.
#include "engine/bench/circuits.h"
#include "engine/simulator/device_circuit.h"
#include "engine/simulator/measurement.h"
#include <benchmark/benchmark.h>

namespace {

/// The first thirty gates of layers of the star template.
duet::Circuit thirty_gates(int qubits) {
  duet::Circuit circuit = duet::bench::bench_circuit("star", qubits, 2);
  circuit.operations.resize(30);
  return circuit;
}

void look(benchmark::State &state, const duet::Device &device) {
  const int qubits = static_cast<int>(state.range(0));
  const duet::Circuit circuit = thirty_gates(qubits);
  const std::vector<double> weights(static_cast<std::size_t>(circuit.weights), 0.3),
      features(static_cast<std::size_t>(circuit.features), 0.2);
  const duet::DeviceCircuit bench(circuit, weights, device, 1);
  for (auto _ : state)
    benchmark::DoNotOptimize(bench.look(features, 0));
}

const duet::DeviceNoise noise{{{duet::ChannelKind::depolarizing, 0.01}}};
const duet::DeviceNoise damping{{{duet::ChannelKind::amplitude_damping, 0.01}}};

void density_matrix(benchmark::State &state) {
  look(state, {0, noise, {}, 0});
  if (state.range(0) == 5)
    state.SetLabel("goal: well under 1 ms");
  if (state.range(0) == 8)
    state.SetLabel("goal <= 50 ms");
}
void density_matrix_mitigated(benchmark::State &state) { look(state, {0, noise, duet::Mitigation{}, 0}); }
void hundred_trajectories(benchmark::State &state) { look(state, {0, noise, {}, 100}); }
void hundred_damped_trajectories(benchmark::State &state) { look(state, {0, damping, {}, 100}); }
void pure_state_and_1000_shots(benchmark::State &state) { look(state, {1000, {}, {}, 0}); }

void shots(benchmark::State &state) {
  const std::vector<double> probabilities(std::size_t{1} << state.range(0),
                                          1.0 / double(1 << state.range(0)));
  const duet::RandomStream stream(1, "bench shots");
  for (auto _ : state)
    benchmark::DoNotOptimize(duet::sampled_z(probabilities, 10'000, stream, 0, 0));
  state.counters["shot"] = benchmark::Counter(10'000.0 * static_cast<double>(state.iterations()),
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

} // namespace

BENCHMARK(density_matrix)->Arg(5)->Arg(8)->Unit(benchmark::kMicrosecond);
BENCHMARK(density_matrix_mitigated)->Arg(5)->Unit(benchmark::kMicrosecond);
BENCHMARK(hundred_trajectories)->Arg(10)->Unit(benchmark::kMicrosecond);
BENCHMARK(hundred_damped_trajectories)->Arg(10)->Unit(benchmark::kMicrosecond);
BENCHMARK(pure_state_and_1000_shots)->Arg(5)->Unit(benchmark::kMicrosecond);
BENCHMARK(shots)->Arg(5)->Arg(10)->Unit(benchmark::kMicrosecond);
