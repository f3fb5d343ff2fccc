#include "engine/simulator/program.h"
#include "engine/simulator/pass.h"

namespace duet {
namespace {

template <class Real> const CircuitTable<Real> &table_of(const Kernels &kernels) {
  if constexpr (sizeof(Real) == sizeof(float))
    return kernels.circuit->f32;
  else
    return kernels.circuit->f64;
}

} // namespace

template <class Real> struct Program<Real>::Workspace::Impl : Scratch<Real> {};

template <class Real> struct Program<Real>::Impl : Executable<Real> { using Executable<Real>::Executable; };

template <class Real> Program<Real>::Workspace::Workspace() : impl(std::make_unique<Impl>()) {}
template <class Real> Program<Real>::Workspace::~Workspace() = default;
template <class Real> Program<Real>::Workspace::Workspace(Workspace &&) noexcept = default;

template <class Real>
Program<Real>::Program(const Circuit &circuit, bool amplitude_input, const Kernels &kernels,
                       const MemoryLimits &limits)
    : impl_(std::make_unique<Impl>(circuit, amplitude_input, table_of<Real>(kernels), limits)) {}
template <class Real> Program<Real>::~Program() = default;
template <class Real> Program<Real>::Program(Program &&) noexcept = default;

template <class Real> int Program<Real>::qubits() const { return impl_->qubits(); }
template <class Real> int Program<Real>::features() const { return impl_->features(); }
template <class Real> int Program<Real>::weights() const { return impl_->weights(); }
template <class Real> void Program<Real>::set_weights(std::span<const Real> weights) {
  impl_->set_weights(weights);
}

template <class Real>
void Program<Real>::forward(std::size_t samples, const Real *inputs, Real *expectation,
                            Workspace &workspace) const {
  CircuitPass<Real> run(*impl_, *workspace.impl);
  for (std::size_t s = 0; s < samples; s += impl_->group()) {
    const std::size_t count = std::min(impl_->group(), samples - s);
    run.forward(count, inputs + s * impl_->input_size());
    run.read(count, expectation + s * qubits());
  }
}

template <class Real>
void Program<Real>::gradient(std::size_t samples, const Real *inputs, const Real *cotangent,
                             Real *expectation, Real *input_gradient, Real *weight_gradient,
                             Workspace &workspace) const {
  CircuitPass<Real> run(*impl_, *workspace.impl);
  run.clear_sums();
  for (std::size_t s = 0; s < samples; s += impl_->group()) {
    const std::size_t count = std::min(impl_->group(), samples - s);
    run.forward(count, inputs + s * impl_->input_size());
    if (expectation)
      run.read(count, expectation + s * qubits());
    run.backward(count, cotangent + s * qubits(), input_gradient ? input_gradient + s * features() : nullptr);
  }
  run.finish(weight_gradient);
}

template <class Real>
void Program<Real>::probabilities(const Real *input, double *probability, Workspace &workspace) const {
  CircuitPass<Real> run(*impl_, *workspace.impl);
  run.forward(1, input);
  run.probabilities(probability);
}

template class Program<float>;
template class Program<double>;

} // namespace duet
