// tanh and softmax with cross-entropy.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"
#include <cmath>

void duet_dense::tanh(int n, const float *x, float *y) {
  for (int i = 0; i < n; i += lanes) {
    const Vec value = load(x + i), size = abs(value);
    // Below 0.625: x + x^3 P(x^2), Cephes' tanhf. Above: 1 - 2 / (e^(2|x|) + 1).
    const Vec z = value * value;
    Vec p = z * -5.70498872745e-3f + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    const Vec low = p * z * value + value;
    const Vec high = 1.0f - 2.0f / (exp(size + size) + 1.0f);
    const Vec signed_high = value < 0.0f ? -high : high;
    const Vec result = size < 0.625f ? low : signed_high;
    store(y + i, value != value ? value : result);
  }
}

double duet_dense::cross_entropy(const float *logits, int label, float *d) {
  constexpr int classes = 10;
  float highest = logits[0], bad = 0;
  for (int c = 0; c < classes; ++c) {
    highest = logits[c] > highest ? logits[c] : highest;
    bad += logits[c] - logits[c]; // not a number when any logit is not finite
  }
  alignas(64) float e[16];
  for (int i = 0; i < 16; i += lanes)
    store(e + i, exp(load(logits + i) - highest));
  float sum = 0;
  for (int c = 0; c < classes; ++c)
    sum += e[c];
  if (d) {
    const float share = 1.0f / sum;
    for (int c = 0; c < 16; ++c)
      d[c] = c < classes ? e[c] * share : 0.0f;
    d[label] -= 1.0f;
  }
  return std::log(static_cast<double>(sum)) + static_cast<double>(highest - logits[label]) +
         static_cast<double>(bad);
}
