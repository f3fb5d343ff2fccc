// A Linear layer's parameters as the kernels read them.
#pragma once

namespace duet {

/// Borrowed pointers; outs is padded (aligned.h).
struct LinearView {
  int inputs = 0;
  int outs = 0;
  const float *weights = nullptr;    ///< [input][outs]
  const float *bias = nullptr;       ///< [outs]
  const float *transposed = nullptr; ///< [out][inputs padded], for cotangents of the inputs; may be null
};

} // namespace duet
