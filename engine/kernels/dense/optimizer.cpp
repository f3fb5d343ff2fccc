// Optimisers with PyTorch's formulas, on flat arrays.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"
#include <bit>
#include <cmath>

namespace {

/// new moments and weights of element i from gradient g.
template <class Update>
int update_all(int n, const float *__restrict gradient, float scale, float *__restrict weights,
               Update &&update) {
  constexpr std::uint32_t exponent = 0x7f800000u; // all ones: infinite or not a number
  std::uint32_t bad = 0;
  for (int i = 0; i < n; ++i) {
    const float w = update(i, gradient[i] * scale, weights[i]);
    weights[i] = w;
    bad |= (std::bit_cast<std::uint32_t>(w) & exponent) == exponent;
  }
  return static_cast<int>(bad);
}

} // namespace

int duet_dense::optimize(const OptimizerConstants *c, int n, const float *gradient, float *weights,
                         float *first, float *second) {
  float *__restrict m = first;
  float *__restrict v = second;
  const OptimizerConstants k = *c;
  switch (k.kind) {
  case duet::Optimizer::sgd:
    return update_all(n, gradient, k.gradient_scale, weights, [&](int i, float g, float w) {
      m[i] = k.momentum * m[i] + g;
      return w - k.rate * m[i];
    });
  case duet::Optimizer::rmsprop:
    return update_all(n, gradient, k.gradient_scale, weights, [&](int i, float g, float w) {
      v[i] = k.beta2 * v[i] + k.fresh2 * g * g;
      return w - k.rate * g / (std::sqrt(v[i]) + k.epsilon);
    });
  case duet::Optimizer::adam:
  case duet::Optimizer::adamw:
    return update_all(n, gradient, k.gradient_scale, weights, [&](int i, float g, float w) {
      m[i] = m[i] + k.fresh1 * (g - m[i]);
      v[i] = k.beta2 * v[i] + k.fresh2 * g * g;
      return w * k.decay - k.rate * m[i] / (std::sqrt(v[i]) * k.root_scale + k.epsilon);
    });
  }
  return 0;
}

double duet_dense::sum_squares(int n, const float *x) {
  double part[16] = {};
  int i = 0;
  for (; i + 16 <= n; i += 16)
    for (int j = 0; j < 16; ++j)
      part[j] += static_cast<double>(x[i + j]) * static_cast<double>(x[i + j]);
  for (; i < n; ++i)
    part[i % 16] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  double sum = 0;
  for (const double p : part)
    sum += p;
  return sum;
}
