#include "engine/kernels/dense.h"

namespace {
constexpr DenseKernels table = {DUET_VECTOR_BYTES / 4};
}

extern "C" __attribute__((visibility("default"))) const DenseKernels *duet_dense_kernels() { return &table; }
