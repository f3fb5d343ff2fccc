// The roof: how many floating-point operations a second one core can do.
#pragma once
#include "engine/bench/bench.h"
#include <string>

namespace duet::bench {

/// Multiply-adds in registers with the chosen instruction set, one thread, counted as two operations each.
double fma_gflops_per_core(const BenchOptions &options);
std::string isa();
/// Runnable threads of the whole machine over the last minute; 0 where the system does not say.
double load_average();

} // namespace duet::bench
