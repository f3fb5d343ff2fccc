// The kernels by name, for the table (engine/kernels/dense.h says what each does).
#pragma once
#include "engine/kernels/dense.h"

namespace duet_dense {

void linear(int rows, int inputs, int outs, const float *x, int x_stride, const float *weights,
            const float *bias, float *y, int y_stride);
void linear_events(int rows, int inputs, int outs, const EventRows *x, const float *weights,
                   const float *bias, float *y, int y_stride);
void gradient(int rows, int first, int count, int outs, const float *x, int x_stride, const float *delta,
              int delta_stride, float *result);
void gradient_events(const EventGroups *x, int first, int count, int outs, const float *delta,
                     int delta_stride, float *result);
void sum_rows(int rows, int outs, const float *delta, int delta_stride, float *sum);
void neurons_constant(const NeuronConstants *, int n, const float *u, const float *v0, float *mean,
                      float *sensitivity, const NeuronRecord *);
void neurons_steps(const NeuronConstants *, int n, const float *u, int u_stride, const float *v0, float *out,
                   float *mean, float *slope, float *carry, const NeuronRecord *);
void neurons_backward(const NeuronConstants *, int n, const float *d_out, const float *d_mean,
                      const float *slope, const float *carry, float *d_u, int d_u_stride);
void tanh(int n, const float *x, float *y);
double cross_entropy(const float *logits, int label, float *d);
int optimize(const OptimizerConstants *, int n, const float *gradient, float *weights, float *first,
             float *second);
double sum_squares(int n, const float *x);
void philox(std::uint32_t key0, std::uint32_t key1, int n, const std::uint32_t *a, std::uint32_t b,
            std::uint32_t c, std::uint32_t d, std::uint32_t *words);
double multiply_add_chains(long rounds, float *sink);

} // namespace duet_dense
