#include "engine/kernels/dense/kernels.h"

namespace {
using namespace duet_dense;
constexpr DenseKernels table = {DUET_VECTOR_BYTES / 4, linear,   linear_events,      gradient,
                                gradient_events,       sum_rows, neurons_constant,   neurons_steps,
                                neurons_backward,      tanh,     cross_entropy,      optimize,
                                sum_squares,           philox,   multiply_add_chains};
} // namespace

extern "C" __attribute__((visibility("default"))) const DenseKernels *duet_dense_kernels() { return &table; }
