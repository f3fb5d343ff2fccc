// Circuits for benchmarks and how long a sample takes in them.
#pragma once
#include "engine/bench/bench.h"
#include "engine/simulator/program.h"
#include <string_view>

namespace duet::bench {

/// A template by its name (star, ring, ...), or `random`: the encoding column, then gates
/// drawn from all of Duet's until there are as many as in star; every angle is a weight of its own.
Circuit bench_circuit(std::string_view ansatz, int qubits, int layers);

/// A circuit with weights and samples to run it on.
template <class Real> class CircuitBench {
public:
  /// 256 samples of a circuit that can be trained, one of a larger one.
  explicit CircuitBench(const Circuit &circuit, const Kernels &kernels = duet::kernels());
  /// <Z_i> of all samples.
  void forward();
  /// <Z_i> and all gradients of all samples.
  void gradient();
  std::size_t samples() const { return samples_; }

private:
  std::size_t samples_;
  Program<Real> program_;
  typename Program<Real>::Workspace workspace_;
  std::vector<Real> inputs_, cotangent_, expectation_, input_gradient_, weight_gradient_;
};

extern template class CircuitBench<float>;
extern template class CircuitBench<double>;

/// Nanoseconds per sample, one thread, f32: values alone, and values with gradients.
double circuit_forward_ns(const Circuit &circuit, const BenchOptions &options);
double circuit_gradient_ns(const Circuit &circuit, const BenchOptions &options);

/// What a sample's gradient should cost, in nanoseconds, where there is a goal.
std::optional<double> circuit_gradient_goal_ns(std::string_view ansatz, int qubits, int layers);

/// circuit.ANSATZnxL.gradient_ns and .forward_ns for star, ring, strongly_entangling and random at 5, 8,
/// 12, 16 and 20 qubits.
std::vector<Figure> circuit_figures(const BenchOptions &options,
                                    const std::function<void(const std::string &)> &progress);

} // namespace duet::bench
