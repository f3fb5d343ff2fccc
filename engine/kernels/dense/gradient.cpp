// Weight gradients of a Linear layer: for each input, the rows' deltas weighed by that input, rows in order.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"

namespace {

/// I inputs by V vectors of outputs; the sums stay in registers over all rows.
template <int I, int V>
void dense_tile(int rows, const float *x, int x_stride, const float *delta, int delta_stride, int outs,
                float *result) {
  Vec sum[I][V] = {};
  for (int r = 0; r < rows; ++r) {
    const float *inputs = x + static_cast<long>(r) * x_stride;
    const float *row = delta + static_cast<long>(r) * delta_stride;
    for (int i = 0; i < I; ++i) {
      const Vec factor = splat(inputs[i]);
      for (int v = 0; v < V; ++v)
        sum[i][v] += factor * load(row + v * lanes);
    }
  }
  for (int i = 0; i < I; ++i)
    for (int v = 0; v < V; ++v)
      store(result + static_cast<long>(i) * outs + v * lanes, sum[i][v]);
}

/// Tiles of `I` inputs from input i on, as many as fit; returns the first input left.
template <int I, int V>
int dense_inputs(int i, int rows, int count, const float *x, int x_stride, const float *delta,
                 int delta_stride, int outs, float *result) {
  for (; i + I <= count; i += I)
    dense_tile<I, V>(rows, x + i, x_stride, delta, delta_stride, outs, result + static_cast<long>(i) * outs);
  return i;
}

/// Eight sums at least keep the multipliers busy; 32 registers (16 below AVX-512) hold them all.
template <int V>
void dense_columns(int rows, int count, const float *x, int x_stride, const float *delta, int delta_stride,
                   int outs, float *result) {
  constexpr int tall = lanes == 16 || V == 1 ? 8 : 4;
  int i = dense_inputs<tall, V>(0, rows, count, x, x_stride, delta, delta_stride, outs, result);
  i = dense_inputs<4, V>(i, rows, count, x, x_stride, delta, delta_stride, outs, result);
  dense_inputs<1, V>(i, rows, count, x, x_stride, delta, delta_stride, outs, result);
}

/// Adds one input's events of the groups [g, end) to V vectors of outputs.
template <int V, bool Values>
void add_events(const EventGroups &x, int input, int g, int end, const float *delta, int delta_stride,
                float *result) {
  Vec sum[V];
  for (int v = 0; v < V; ++v)
    sum[v] = g ? load(result + v * lanes) : Vec{};
  for (; g < end; ++g) {
    const long cell = static_cast<long>(g) * x.inputs + input;
    unsigned mask = x.mask[cell];
    const float *value = x.value + cell * 16;
    const float *rows = delta + static_cast<long>(g) * 16 * delta_stride;
    while (mask) {
      const int r = __builtin_ctz(mask);
      mask &= mask - 1;
      const float *row = rows + static_cast<long>(r) * delta_stride;
      if constexpr (Values) {
        const Vec factor = splat(value[r]);
        for (int v = 0; v < V; ++v)
          sum[v] += factor * load(row + v * lanes);
      } else {
        for (int v = 0; v < V; ++v)
          sum[v] += load(row + v * lanes);
      }
    }
  }
  for (int v = 0; v < V; ++v)
    store(result + v * lanes, sum[v]);
}

/// Rows in blocks whose deltas (up to 32 KB) stay in the L1 cache while all inputs of the tile read them.
template <int V, bool Values>
void event_columns(const EventGroups &x, int first, int count, int outs, const float *delta, int delta_stride,
                   float *result) {
  constexpr int block = 32 * 1024 / (16 * V * DUET_VECTOR_BYTES);
  for (int g = 0; g < x.groups; g += block) {
    const int end = g + block < x.groups ? g + block : x.groups;
    for (int i = 0; i < count; ++i)
      add_events<V, Values>(x, first + i, g, end, delta, delta_stride, result + static_cast<long>(i) * outs);
  }
}

template <int V>
void event_columns(const EventGroups &x, int first, int count, int outs, const float *delta, int delta_stride,
                   float *result) {
  if (x.value)
    event_columns<V, true>(x, first, count, outs, delta, delta_stride, result);
  else
    event_columns<V, false>(x, first, count, outs, delta, delta_stride, result);
}

} // namespace

void duet_dense::gradient(int rows, int first, int count, int outs, const float *x, int x_stride,
                          const float *delta, int delta_stride, float *result) {
  constexpr int wide = 2; // vectors a tile
  int o = 0;
  for (; o + wide * lanes <= outs; o += wide * lanes)
    dense_columns<wide>(rows, count, x + first, x_stride, delta + o, delta_stride, outs, result + o);
  for (; o < outs; o += lanes)
    dense_columns<1>(rows, count, x + first, x_stride, delta + o, delta_stride, outs, result + o);
}

void duet_dense::gradient_events(const EventGroups *x, int first, int count, int outs, const float *delta,
                                 int delta_stride, float *result) {
  int o = 0;
  for (; o + 8 * lanes <= outs; o += 8 * lanes)
    event_columns<8>(*x, first, count, outs, delta + o, delta_stride, result + o);
  for (; o + 4 * lanes <= outs; o += 4 * lanes)
    event_columns<4>(*x, first, count, outs, delta + o, delta_stride, result + o);
  for (; o < outs; o += lanes)
    event_columns<1>(*x, first, count, outs, delta + o, delta_stride, result + o);
}

void duet_dense::sum_rows(int rows, int outs, const float *delta, int delta_stride, float *sum) {
  for (int o = 0; o < outs; o += lanes) {
    Vec total = {};
    for (int r = 0; r < rows; ++r)
      total += load(delta + static_cast<long>(r) * delta_stride + o);
    store(sum + o, total);
  }
}
