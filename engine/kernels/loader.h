// Chooses, at run time, the kernel library built for this machine's instruction set.
#pragma once
#include "engine/kernels/circuit.h"
#include "engine/kernels/dense.h"
#include <string>
#include <vector>

namespace duet {

/// The kernel tables of one instruction set.
struct Kernels {
  std::string isa; ///< "x86-64", "x86-64-v3", "x86-64-v4" or "native"
  const DenseKernels *dense = nullptr;
  const CircuitKernels *circuit = nullptr;
};

/// The best this machine can run; DUET_ISA forces one (Error exit 2 if unknown or not runnable here).
/// Loaded once, kept for the life of the process.
const Kernels &kernels();
/// A given instruction set, for tests that compare them. Throws Error if this machine cannot run it.
const Kernels &kernels_for(const std::string &isa);
/// Those this machine can run, weakest first.
std::vector<std::string> runnable_isas();

} // namespace duet
