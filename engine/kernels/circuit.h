// C interface of the kernels for quantum circuits.
#pragma once

extern "C" {
struct CircuitKernels {
  int lanes; ///< floats per vector
};
}
