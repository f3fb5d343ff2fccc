#include "engine/kernels/circuit/chain.h"
#include "engine/kernels/circuit/cis.h"
#include "engine/kernels/circuit/diagonal.h"
#include "engine/kernels/circuit/pairs.h"
#include "engine/kernels/circuit/product.h"
#include "engine/kernels/circuit/quads.h"
#include "engine/kernels/circuit/readout.h"
#include "engine/kernels/circuit/walsh.h"

namespace {

template <class Real> constexpr CircuitTable<Real> table() {
  return {Lanes<Real>::count, cis<Real>,
          walsh<Real>,        walsh<double>,
          sum_lanes<Real>,    turn<Real>,
          chains<Real>,       reverse_chains<Real>,
          apply<Real>,        reverse<Real>,
          apply_quads<Real>,  reverse_quads<Real>,
          diagonal<Real>,     reverse_diagonal<Real>,
          product<Real>,      reverse_product<Real>,
          outer<Real>,        reverse_outer<Real>,
          expectations<Real>, observe<Real>};
}

constexpr CircuitKernels kernels = {table<float>(), table<double>()};

} // namespace

extern "C" __attribute__((visibility("default"))) const CircuitKernels *duet_circuit_kernels() {
  return &kernels;
}
