#include "engine/kernels/circuit.h"

namespace {
constexpr CircuitKernels table = {DUET_VECTOR_BYTES / 4};
}

extern "C" __attribute__((visibility("default"))) const CircuitKernels *duet_circuit_kernels() { return &table; }
