// A circuit compiled once, run on many samples: values and gradients of <Z_i>.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/kernels/loader.h"
#include "engine/simulator/memory_limits.h"
#include <memory>
#include <span>

namespace duet {

/// Compiled from any circuit: constant gates folded, runs of one-qubit gates merged, controlled blocks
/// fused, diagonal gates merged. Immutable and shared between threads; each thread brings a Workspace.
template <class Real> class Program {
public:
  /// amplitude_input: samples start from given amplitudes instead of |0..0>.
  explicit Program(const Circuit &circuit, bool amplitude_input = false,
                   const Kernels &kernels = duet::kernels(), const MemoryLimits &limits = {});
  ~Program();
  Program(Program &&) noexcept;

  int qubits() const;
  int features() const;
  int weights() const;

  /// The angles of this batch's weights turned into matrices, once per update. Not thread-safe; call
  /// before the threads run.
  void set_weights(std::span<const Real> weights);

  /// Scratch memory of one thread; grows once, then allocation-free.
  class Workspace {
  public:
    Workspace();
    ~Workspace();
    Workspace(Workspace &&) noexcept;
    struct Impl;
    std::unique_ptr<Impl> impl;
  };

  /// expectation[s][i] = <Z_i> of sample s. inputs: [s][features] radians, or [s][2^n] amplitudes.
  void forward(std::size_t samples, const Real *inputs, Real *expectation, Workspace &) const;
  /// Adjoint differentiation. Given cotangent[s][i] = dL/d<Z_i>: input_gradient[s][k] = dL/dx_k (may be
  /// null) and weight_gradient[w] = sum over samples dL/dw (added in a fixed order). Also gives
  /// `expectation` again if not null.
  void gradient(std::size_t samples, const Real *inputs, const Real *cotangent, Real *expectation,
                Real *input_gradient, Real *weight_gradient, Workspace &) const;
  /// |amplitude|^2 of one sample, [2^n], q[0] leftmost.
  void probabilities(const Real *input, double *probability, Workspace &) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

extern template class Program<float>;
extern template class Program<double>;

} // namespace duet
