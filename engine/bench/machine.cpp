#include "engine/bench/machine.h"
#include "engine/bench/stopwatch.h"
#include "engine/kernels/loader.h"
#include <cstdlib>

namespace duet::bench {

double fma_gflops_per_core(const BenchOptions &options) {
  const DenseKernels &dense = *kernels().dense;
  float sink[3] = {0.999f, 0.001f, 0.0f};
  BenchOptions shorter = options;
  shorter.window_seconds = options.window_seconds / 5;
  shorter.windows = options.windows * 3;
  double operations = 0;
  const double seconds = best_seconds(shorter, [&] { operations = dense.multiply_add_chains(50'000, sink); });
  return operations / seconds / 1e9;
}

std::string isa() { return kernels().isa; }

double load_average() {
  double minute = 0;
  return getloadavg(&minute, 1) == 1 ? minute : 0.0;
}

} // namespace duet::bench
