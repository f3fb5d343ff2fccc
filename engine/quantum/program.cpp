#include "engine/quantum/program.h"
#include "engine/base/error.h"
#include "engine/quantum/matrices.h"
#include <complex>
#include <vector>

namespace duet {
namespace {

using Complex = std::complex<double>;
using namespace duet::dense;
using State = std::vector<Complex>;

/// state := matrix on the operation's qubits, or its conjugate transpose.
void apply(const GateMatrix &matrix, const Operation &op, int qubits, bool adjoint, State &state) {
  const int arity = gate_qubits(op.gate), dimension = matrix.dimension;
  std::array<std::size_t, 8> offset{};
  std::size_t touched = 0;
  for (int k = 0; k < arity; ++k) {
    const std::size_t bit = std::size_t{1} << (qubits - 1 - op.qubits[k]);
    touched |= bit;
    for (int row = 0; row < dimension; ++row)
      if (row >> (arity - 1 - k) & 1)
        offset[row] |= bit;
  }
  std::array<Complex, 8> old;
  for (std::size_t base = 0; base < state.size(); ++base) {
    if (base & touched)
      continue;
    for (int row = 0; row < dimension; ++row)
      old[row] = state[base | offset[row]];
    for (int row = 0; row < dimension; ++row) {
      Complex sum = 0;
      for (int column = 0; column < dimension; ++column)
        sum += (adjoint ? std::conj(matrix.entry[column * dimension + row]) : matrix.entry[row * dimension + column]) *
               old[column];
      state[base | offset[row]] = sum;
    }
  }
}

} // namespace

template <class Real> struct Program<Real>::Workspace::Impl {
  State state, costate, derivative;
};

template <class Real> struct Program<Real>::Impl {
  Circuit circuit;
  bool amplitude_input;
  std::vector<double> weights;

  std::array<double, 3> angles(const Operation &op, const Real *inputs) const {
    std::array<double, 3> value{};
    for (int k = 0; k < gate_angles(op.gate); ++k) {
      const Angle &a = op.angles[k];
      value[k] = a.offset;
      if (a.source == Angle::Source::feature)
        value[k] += a.scale * static_cast<double>(inputs[a.index]);
      if (a.source == Angle::Source::weight)
        value[k] += a.scale * weights[a.index];
    }
    return value;
  }

  void run(const Real *inputs, State &state) const {
    state.assign(std::size_t{1} << circuit.qubits, 0);
    if (amplitude_input)
      std::copy(inputs, inputs + state.size(), state.begin());
    else
      state[0] = 1;
    for (const Operation &op : circuit.operations)
      if (op.gate != Gate::barrier)
        apply(gate_matrix(op.gate, angles(op, inputs)), op, circuit.qubits, false, state);
  }

  int sign(std::size_t index, int qubit) const { return index >> (circuit.qubits - 1 - qubit) & 1 ? -1 : 1; }

  void measure(const State &state, Real *expectation) const {
    for (int q = 0; q < circuit.qubits; ++q) {
      double sum = 0;
      for (std::size_t k = 0; k < state.size(); ++k)
        sum += sign(k, q) * std::norm(state[k]);
      expectation[q] = static_cast<Real>(sum);
    }
  }
};

template <class Real> Program<Real>::Workspace::Workspace() : impl(std::make_unique<Impl>()) {}
template <class Real> Program<Real>::Workspace::~Workspace() = default;
template <class Real> Program<Real>::Workspace::Workspace(Workspace &&) noexcept = default;

template <class Real>
Program<Real>::Program(const Circuit &circuit, bool amplitude_input, const Kernels &)
    : impl_(std::make_unique<Impl>(circuit, amplitude_input, std::vector<double>(circuit.weights, 0.0))) {
  if (circuit.qubits < 1 || circuit.qubits > 20)
    throw Error(ExitCode::usage, "A circuit of " + std::to_string(circuit.qubits) +
                                     " qubits cannot be simulated here: 1 to 20 qubits are allowed.");
}
template <class Real> Program<Real>::~Program() = default;
template <class Real> Program<Real>::Program(Program &&) noexcept = default;
template <class Real> int Program<Real>::qubits() const { return impl_->circuit.qubits; }
template <class Real> int Program<Real>::features() const { return impl_->circuit.features; }
template <class Real> int Program<Real>::weights() const { return impl_->circuit.weights; }

template <class Real> void Program<Real>::set_weights(std::span<const Real> weights) {
  impl_->weights.assign(weights.begin(), weights.end());
}

template <class Real>
void Program<Real>::forward(std::size_t samples, const Real *inputs, Real *expectation, Workspace &workspace) const {
  const std::size_t stride = impl_->amplitude_input ? std::size_t{1} << qubits() : features();
  for (std::size_t s = 0; s < samples; ++s) {
    impl_->run(inputs + s * stride, workspace.impl->state);
    impl_->measure(workspace.impl->state, expectation + s * qubits());
  }
}

template <class Real>
void Program<Real>::gradient(std::size_t samples, const Real *inputs, const Real *cotangent, Real *expectation,
                             Real *input_gradient, Real *weight_gradient, Workspace &workspace) const {
  auto &[state, costate, derivative] = *workspace.impl;
  const Impl &impl = *impl_;
  const int n = qubits();
  const std::size_t stride = impl.amplitude_input ? std::size_t{1} << n : features();
  std::vector<double> by_weight(weights(), 0.0), by_feature(features(), 0.0);
  for (std::size_t s = 0; s < samples; ++s) {
    const Real *input = inputs + s * stride;
    impl.run(input, state);
    if (expectation)
      impl.measure(state, expectation + s * n);
    costate = state;
    for (std::size_t k = 0; k < state.size(); ++k) {
      double sum = 0;
      for (int q = 0; q < n; ++q)
        sum += impl.sign(k, q) * static_cast<double>(cotangent[s * n + q]);
      costate[k] *= sum;
    }
    std::fill(by_feature.begin(), by_feature.end(), 0.0);
    for (auto op = impl.circuit.operations.rbegin(); op != impl.circuit.operations.rend(); ++op) {
      if (op->gate == Gate::barrier)
        continue;
      const auto angle = impl.angles(*op, input);
      const GateMatrix matrix = gate_matrix(op->gate, angle);
      apply(matrix, *op, n, true, state);
      for (int k = 0; k < gate_angles(op->gate); ++k) {
        const Angle &a = op->angles[k];
        if (a.source == Angle::Source::constant)
          continue;
        derivative = state;
        apply(gate_derivative(op->gate, angle, k), *op, n, false, derivative);
        double sum = 0;
        for (std::size_t j = 0; j < state.size(); ++j)
          sum += 2 * (std::conj(costate[j]) * derivative[j]).real();
        (a.source == Angle::Source::weight ? by_weight : by_feature)[a.index] += a.scale * sum;
      }
      apply(matrix, *op, n, true, costate);
    }
    if (input_gradient && !impl.amplitude_input)
      std::copy(by_feature.begin(), by_feature.end(), input_gradient + s * features());
  }
  std::copy(by_weight.begin(), by_weight.end(), weight_gradient);
}

template <class Real>
void Program<Real>::probabilities(const Real *input, double *probability, Workspace &workspace) const {
  impl_->run(input, workspace.impl->state);
  for (const Complex &amplitude : workspace.impl->state)
    *probability++ = std::norm(amplitude);
}

template class Program<float>;
template class Program<double>;

} // namespace duet
