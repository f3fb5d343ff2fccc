// What the weight gradient of a plain Linear layer needs of a whole batch.
#pragma once
#include "engine/kernels/aligned.h"
#include "engine/kernels/dense.h"
#include "engine/kernels/linear_view.h"

namespace duet {

/// Rows of a batch: inputs x[image][inputs padded] and cotangents delta[image][outs padded].
struct DenseTape {
  Aligned<float> x, delta;
  int x_stride = 0, delta_stride = 0;
  void reserve(std::size_t images, int inputs, int outs) {
    x_stride = padded(inputs), delta_stride = padded(outs);
    x.assign(images * static_cast<std::size_t>(x_stride), 0.0f);
    delta.assign(images * static_cast<std::size_t>(delta_stride), 0.0f);
  }
  float *x_row(std::size_t image) { return x.data() + image * static_cast<std::size_t>(x_stride); }
  float *delta_row(std::size_t image) {
    return delta.data() + image * static_cast<std::size_t>(delta_stride);
  }
};

} // namespace duet
