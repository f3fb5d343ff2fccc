// How fast this instruction set multiplies and adds when nothing else is in the way: independent chains of
// multiply-adds in registers. The roof that training speed is measured against.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"

namespace duet_dense {

/// Chains enough to hide the latency (4 cycles, 2 units) and few enough to stay in registers.
constexpr int chains = DUET_VECTOR_BYTES == 64 ? 24 : 12;

double multiply_add_chains(long rounds, float *sink) {
  Vec sum[chains];
#pragma GCC unroll 32
  for (int k = 0; k < chains; ++k)
    sum[k] = splat(static_cast<float>(k));
  const Vec factor = splat(sink[0]), term = splat(sink[1]);
  for (long r = 0; r < rounds; ++r) {
#pragma GCC unroll 32
    for (int k = 0; k < chains; ++k)
      sum[k] = sum[k] * factor + term;
  }
  Vec total = splat(0.0f);
#pragma GCC unroll 32
  for (int k = 0; k < chains; ++k)
    total += sum[k];
  sink[2] = total[0];
  return 2.0 * lanes * chains * static_cast<double>(rounds);
}

} // namespace duet_dense
