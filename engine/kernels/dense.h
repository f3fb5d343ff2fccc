// C interface of the kernels for Linear layers, neurons, optimisers and random draws.
//
// Common rules. Rows of floats are padded to multiples of 16 and aligned to 64 bytes; padding holds finite
// numbers that no result reads. Weights are stored [in][outs], so that a row holds one input's weights to all
// outputs. Every output element is summed over its inputs in rising order, starting from the bias: its bits
// depend on its own row alone, never on the tile or the batch it was computed in. An input that is 0 adds
// nothing exactly, so that lists of the inputs that are not 0 give the same bits as whole rows.
#pragma once
#include "engine/kernels/kinds.h"
#include <cstdint>

extern "C" {

/// Rows as lists of their inputs that are not 0, in rising order.
struct EventRows {
  const std::uint32_t *start; ///< [rows + 1], row r is entries start[r] .. start[r+1] - 1
  const std::uint16_t *index; ///< [entries], which input
  const float *value;         ///< [entries], or null where every value is 1
};

/// Inputs of all rows of a batch, as the weight gradient reads them: by groups of 16 rows.
struct EventGroups {
  const std::uint16_t *mask; ///< [group][inputs], bit r: row 16 group + r is not 0
  const float *value;        ///< [group][inputs][16], or null where every value is 1
  int inputs;
  int groups;
};

/// A neuron's equation at one time step (engine/MODEL.md 1.1), with constants worked out.
struct NeuronConstants {
  duet::NeuronKind kind;
  duet::Surrogate surrogate;
  duet::Reset reset;
  int refractory_steps;
  int steps;
  float decay; ///< a; 1 for if
  float gain;  ///< g; 1 for if
  float leak;  ///< v_rest (1 - a); 0 for if
  float threshold;
  float v_reset;
  float start; ///< v before the first step (lif, if)
  float slope; ///< k
  float dt;    ///< seconds, for rate
};

/// What one image's layer of neurons leaves behind; null where not wanted.
struct NeuronRecord {
  float *spikes;   ///< [step][n], how many
  float *membrane; ///< [step][n], after input and before reset
  float *after;    ///< [step][n], the membrane after reset
  float *mean;     ///< [step][n], of the output up to this step: the bits of a run that ends with it
};

struct OptimizerConstants {
  duet::Optimizer kind;
  float rate;           ///< learning rate, for adam and adamw divided by its bias correction
  float momentum;       ///< sgd
  float decay;          ///< adamw: 1 - learning rate * weight decay
  float beta1, beta2;   ///< adam, adamw; rmsprop: beta2 is alpha
  float fresh1, fresh2; ///< 1 - beta1, 1 - beta2
  float root_scale;     ///< 1 / sqrt(bias correction of the second moment)
  float epsilon;
  float gradient_scale; ///< clipping factor, 1 without
};

struct DenseKernels {
  int lanes; ///< floats per vector

  /// y[row][o] = bias[o] + sum_k x[row][k] weights[k][o]; bias may be null (0).
  void (*linear)(int rows, int inputs, int outs, const float *x, int x_stride, const float *weights,
                 const float *bias, float *y, int y_stride);
  /// The same from lists.
  void (*linear_events)(int rows, int inputs, int outs, const EventRows *x, const float *weights,
                        const float *bias, float *y, int y_stride);
  /// gradient[i][o] = sum over rows of x[row][first + i] delta[row][o], i = 0 .. count - 1.
  void (*gradient)(int rows, int first, int count, int outs, const float *x, int x_stride, const float *delta,
                   int delta_stride, float *gradient);
  void (*gradient_events)(const EventGroups *x, int first, int count, int outs, const float *delta,
                          int delta_stride, float *gradient);
  /// sum[o] = sum over rows of delta[row][o].
  void (*sum_rows)(int rows, int outs, const float *delta, int delta_stride, float *sum);

  /// One image, one layer, the same input u[n] at every step, and only the mean over time of the output is
  /// wanted: mean[n], and sensitivity[n] = d mean / d u (null when not training). v0[n]: start of rate.
  void (*neurons_constant)(const NeuronConstants *, int n, const float *u, const float *v0, float *mean,
                           float *sensitivity, const NeuronRecord *);
  /// One image, one layer, any input u[step][n] (u_stride 0: constant). out[step][n]; slope[step][n] = the
  /// spike's derivative by v, carry[step][n] = d v after reset / d v before it (null when not training).
  void (*neurons_steps)(const NeuronConstants *, int n, const float *u, int u_stride, const float *v0,
                        float *out, float *mean, float *slope, float *carry, const NeuronRecord *);
  /// Backward through time. Cotangents of the output at each step (d_out, may be null) and of the mean
  /// (d_mean, may be null) to d_u[step][n], or summed over the steps into d_u[n] when d_u_stride is 0.
  void (*neurons_backward)(const NeuronConstants *, int n, const float *d_out, const float *d_mean,
                           const float *slope, const float *carry, float *d_u, int d_u_stride);

  /// y = tanh(x), at most 2 units in the last place off.
  void (*tanh)(int n, const float *x, float *y);
  /// One row of 10 logits (16 with padding): d[c] = softmax(x)[c] - (c == label), padding 0. Returns the
  /// cross-entropy. d may be null.
  double (*cross_entropy)(const float *logits, int label, float *d);

  /// Updates n weights in place; returns 1 when a new weight is not finite. first, second: moments.
  int (*optimize)(const OptimizerConstants *, int n, const float *gradient, float *weights, float *first,
                  float *second);
  /// Sum of squares in double, in an order fixed by n.
  double (*sum_squares)(int n, const float *x);

  /// Philox4x32-10 of counters (a[i], b, c, d): words[4 i .. 4 i + 3]. n a multiple of 16.
  void (*philox)(std::uint32_t key0, std::uint32_t key1, int n, const std::uint32_t *a, std::uint32_t b,
                 std::uint32_t c, std::uint32_t d, std::uint32_t *words);

  /// rounds of independent multiply-adds in registers; returns how many floating-point operations. sink:
  /// factor, term, and a place for the result.
  double (*multiply_add_chains)(long rounds, float *sink);
};

} // extern "C"
