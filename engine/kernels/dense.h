// C interface of the kernels for Linear layers, neurons, optimisers and random draws.
#pragma once

extern "C" {
struct DenseKernels {
  int lanes; ///< floats per vector
};
}
