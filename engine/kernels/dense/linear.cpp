// Linear layers forward: sums over inputs in rising order, whole vectors of outputs in registers.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"

namespace {

/// R rows by V vectors of outputs; the sums stay in registers over all inputs.
template <int R, int V>
void dense_tile(int inputs, int outs, const float *x, int x_stride, const float *weights, const float *bias, float *y,
                int y_stride) {
  Vec sum[R][V];
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < V; ++v)
      sum[r][v] = bias ? load(bias + v * lanes) : Vec{};
  for (int k = 0; k < inputs; ++k) {
    const float *row = weights + static_cast<long>(k) * outs;
    for (int r = 0; r < R; ++r) {
      const Vec factor = splat(x[static_cast<long>(r) * x_stride + k]);
      for (int v = 0; v < V; ++v)
        sum[r][v] += factor * load(row + v * lanes);
    }
  }
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < V; ++v)
      store(y + static_cast<long>(r) * y_stride + v * lanes, sum[r][v]);
}

template <int V>
void dense_columns(int rows, int inputs, int outs, const float *x, int x_stride, const float *weights,
                   const float *bias, float *y, int y_stride) {
  constexpr int R = V == 4 ? 6 : V == 2 ? (lanes == 16 ? 8 : 6) : 8;
  int r = 0;
  for (; r + R <= rows; r += R)
    dense_tile<R, V>(inputs, outs, x + static_cast<long>(r) * x_stride, x_stride, weights, bias,
                     y + static_cast<long>(r) * y_stride, y_stride);
  for (; r < rows; ++r)
    dense_tile<1, V>(inputs, outs, x + static_cast<long>(r) * x_stride, x_stride, weights, bias,
                     y + static_cast<long>(r) * y_stride, y_stride);
}

/// One row's list by V vectors of outputs. `Values` false: every listed input is 1.
template <int V, bool Values>
void event_row(const std::uint16_t *index, const float *value, std::uint32_t count, int outs, const float *weights,
               const float *bias, float *y) {
  Vec sum[V];
  for (int v = 0; v < V; ++v)
    sum[v] = bias ? load(bias + v * lanes) : Vec{};
  for (std::uint32_t e = 0; e < count; ++e) {
    const float *row = weights + static_cast<long>(index[e]) * outs;
    if constexpr (Values) {
      const Vec factor = splat(value[e]);
      for (int v = 0; v < V; ++v)
        sum[v] += factor * load(row + v * lanes);
    } else {
      for (int v = 0; v < V; ++v)
        sum[v] += load(row + v * lanes);
    }
  }
  for (int v = 0; v < V; ++v)
    store(y + v * lanes, sum[v]);
}

template <int V>
void event_columns(int rows, int outs, const EventRows &x, const float *weights, const float *bias, float *y,
                   int y_stride) {
  for (int r = 0; r < rows; ++r) {
    const std::uint32_t first = x.start[r], count = x.start[r + 1] - first;
    float *out = y + static_cast<long>(r) * y_stride;
    if (x.value)
      event_row<V, true>(x.index + first, x.value + first, count, outs, weights, bias, out);
    else
      event_row<V, false>(x.index + first, nullptr, count, outs, weights, bias, out);
  }
}

} // namespace

void duet_dense::linear(int rows, int inputs, int outs, const float *x, int x_stride, const float *weights,
                        const float *bias, float *y, int y_stride) {
  constexpr int wide = lanes == 16 ? 4 : 2; // vectors a tile: 32 registers, else 16
  int o = 0;
  for (; o + wide * lanes <= outs; o += wide * lanes)
    dense_columns<wide>(rows, inputs, outs, x, x_stride, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
  for (; o < outs; o += lanes)
    dense_columns<1>(rows, inputs, outs, x, x_stride, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
}

void duet_dense::linear_events(int rows, int outs, const EventRows *x, const float *weights, const float *bias,
                               float *y, int y_stride) {
  int o = 0;
  for (; o + 8 * lanes <= outs; o += 8 * lanes)
    event_columns<8>(rows, outs, *x, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
  for (; o + 4 * lanes <= outs; o += 4 * lanes)
    event_columns<4>(rows, outs, *x, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
  for (; o < outs; o += lanes)
    event_columns<1>(rows, outs, *x, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
}
