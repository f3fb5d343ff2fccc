// Philox4x32-10 (Salmon et al., SC 2011), many counters at once; the same numbers as Random123's.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"

namespace {

constexpr int wide = DUET_VECTOR_BYTES / 8;
typedef std::uint64_t Wide __attribute__((vector_size(DUET_VECTOR_BYTES)));
constexpr std::uint64_t low = 0xffffffffu;

} // namespace

void duet_dense::philox(std::uint32_t key0, std::uint32_t key1, int n, const std::uint32_t *a,
                        std::uint32_t b, std::uint32_t c, std::uint32_t d, std::uint32_t *words) {
  for (int i = 0; i < n; i += wide) {
    Wide x0, x1 = Wide{} + b, x2 = Wide{} + c, x3 = Wide{} + d; // 32-bit words, one to a 64-bit lane
    for (int j = 0; j < wide; ++j)
      x0[j] = a[i + j];
    std::uint32_t k0 = key0, k1 = key1;
    for (int round = 0; round < 10; ++round) {
      const Wide p0 = x0 * 0xD2511F53u, p1 = x2 * 0xCD9E8D57u;
      x0 = (p1 >> 32) ^ x1 ^ k0;
      x2 = (p0 >> 32) ^ x3 ^ k1;
      x1 = p1 & low;
      x3 = p0 & low;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    for (int j = 0; j < wide; ++j) {
      std::uint32_t *out = words + 4 * (i + j);
      out[0] = static_cast<std::uint32_t>(x0[j]);
      out[1] = static_cast<std::uint32_t>(x1[j]);
      out[2] = static_cast<std::uint32_t>(x2[j]);
      out[3] = static_cast<std::uint32_t>(x3[j]);
    }
  }
}
