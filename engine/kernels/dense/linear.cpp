// Linear layers forward: sums over inputs in rising order, whole vectors of outputs in registers.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"

namespace {

/// R rows by V vectors of outputs; the sums stay in registers over all inputs.
template <int R, int V>
void dense_tile(int inputs, int outs, const float *x, int x_stride, const float *weights, const float *bias,
                float *y, int y_stride) {
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

/// Tiles of `R` rows from row r on, as many as fit; returns the first row left.
template <int R, int V>
int dense_rows(int r, int rows, int inputs, int outs, const float *x, int x_stride, const float *weights,
               const float *bias, float *y, int y_stride) {
  for (; r + R <= rows; r += R)
    dense_tile<R, V>(inputs, outs, x + static_cast<long>(r) * x_stride, x_stride, weights, bias,
                     y + static_cast<long>(r) * y_stride, y_stride);
  return r;
}

/// Eight sums at least keep the multipliers busy; 32 registers (16 below AVX-512) hold them all.
template <int V>
void dense_columns(int rows, int inputs, int outs, const float *x, int x_stride, const float *weights,
                   const float *bias, float *y, int y_stride) {
  constexpr int tall = lanes == 16 || V == 1 ? 8 : 4;
  int r = dense_rows<tall, V>(0, rows, inputs, outs, x, x_stride, weights, bias, y, y_stride);
  r = dense_rows<4, V>(r, rows, inputs, outs, x, x_stride, weights, bias, y, y_stride);
  dense_rows<1, V>(r, rows, inputs, outs, x, x_stride, weights, bias, y, y_stride);
}

/// Adds the entries [entry, end) whose input lies below `limit` to one row of V vectors; returns where it
/// stopped. `Values` false: every listed input is 1.
template <int V, bool Values>
std::uint32_t add_events(const EventRows &x, std::uint32_t entry, std::uint32_t end, unsigned limit, int outs,
                         const float *weights, const float *from, float *y) {
  Vec sum[V];
  for (int v = 0; v < V; ++v)
    sum[v] = from ? load(from + v * lanes) : Vec{};
  for (; entry < end && x.index[entry] < limit; ++entry) {
    const float *row = weights + static_cast<long>(x.index[entry]) * outs;
    if constexpr (Values) {
      const Vec factor = splat(x.value[entry]);
      for (int v = 0; v < V; ++v)
        sum[v] += factor * load(row + v * lanes);
    } else {
      for (int v = 0; v < V; ++v)
        sum[v] += load(row + v * lanes);
    }
  }
  for (int v = 0; v < V; ++v)
    store(y + v * lanes, sum[v]);
  return entry;
}

/// Rows in groups, inputs in blocks: a block's weights (24 KB) and a group's sums stay in the L1 cache.
template <int V, bool Values>
void event_columns(int rows, int inputs, int outs, const EventRows &x, const float *weights,
                   const float *bias, float *y, int y_stride) {
  constexpr int group = 32, block = 24 * 1024 / (V * DUET_VECTOR_BYTES);
  std::uint32_t cursor[group];
  for (int first = 0; first < rows; first += group) {
    const int count = rows - first < group ? rows - first : group;
    for (int r = 0; r < count; ++r)
      cursor[r] = x.start[first + r];
    int limit = 0;
    do {
      const bool start = limit == 0;
      limit = count == 1 || limit + block >= inputs ? inputs : limit + block;
      for (int r = 0; r < count; ++r) {
        float *out = y + static_cast<long>(first + r) * y_stride;
        cursor[r] = add_events<V, Values>(x, cursor[r], x.start[first + r + 1], static_cast<unsigned>(limit),
                                          outs, weights, start ? bias : out, out);
      }
    } while (limit < inputs);
  }
}

template <int V>
void event_columns(int rows, int inputs, int outs, const EventRows &x, const float *weights,
                   const float *bias, float *y, int y_stride) {
  if (x.value)
    event_columns<V, true>(rows, inputs, outs, x, weights, bias, y, y_stride);
  else
    event_columns<V, false>(rows, inputs, outs, x, weights, bias, y, y_stride);
}

} // namespace

void duet_dense::linear(int rows, int inputs, int outs, const float *x, int x_stride, const float *weights,
                        const float *bias, float *y, int y_stride) {
  constexpr int wide = 2; // vectors a tile
  int o = 0;
  for (; o + wide * lanes <= outs; o += wide * lanes)
    dense_columns<wide>(rows, inputs, outs, x, x_stride, weights + o, bias ? bias + o : nullptr, y + o,
                        y_stride);
  for (; o < outs; o += lanes)
    dense_columns<1>(rows, inputs, outs, x, x_stride, weights + o, bias ? bias + o : nullptr, y + o,
                     y_stride);
}

void duet_dense::linear_events(int rows, int inputs, int outs, const EventRows *x, const float *weights,
                               const float *bias, float *y, int y_stride) {
  int o = 0;
  for (; o + 8 * lanes <= outs; o += 8 * lanes)
    event_columns<8>(rows, inputs, outs, *x, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
  for (; o + 4 * lanes <= outs; o += 4 * lanes)
    event_columns<4>(rows, inputs, outs, *x, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
  for (; o < outs; o += lanes)
    event_columns<1>(rows, inputs, outs, *x, weights + o, bias ? bias + o : nullptr, y + o, y_stride);
}
