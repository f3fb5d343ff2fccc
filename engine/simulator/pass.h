// One group of samples through an executable circuit and back: as many samples as a vector has lanes, or
// one sample across the lanes.
#pragma once
#include "engine/simulator/executable.h"

namespace duet {

/// A thread's scratch memory.
template <class Real> struct Scratch {
  GrowOnlyArray<Real> reals;
  GrowOnlyArray<double> radians;  ///< [half angle][lanes]
  GrowOnlyArray<double> gradient; ///< [weights]
  GrowOnlyArray<double> phases;   ///< of a diagonal that is worked out where it is used
};

template <class Real> class CircuitPass {
public:
  CircuitPass(const Executable<Real> &executable, Scratch<Real> &scratch);

  /// Before a call's first group: no gradient yet.
  void clear_sums();
  /// Samples first .. first + count - 1 of inputs (a row each) to the final state.
  void forward(std::size_t count, const Real *inputs);
  /// <Z_i> of the final state, [sample][qubits].
  void read(std::size_t count, Real *expectation);
  /// From the final state back. Adds to the sums of the weights.
  void backward(std::size_t count, const Real *cotangent, Real *input_gradient);
  /// |amplitude|^2 in the circuit's order, for the first sample.
  void probabilities(double *probability);
  void finish(Real *weight_gradient);

private:
  using State = CircuitState<Real>;
  using Constant = CircuitState<const Real>;
  Real *at(std::size_t offset) const { return base_ + offset; }
  State state(std::size_t step) const;
  State costate(std::size_t step) const;
  State pair_of(std::size_t offset, std::size_t vectors, bool complex) const;
  static Constant constant(State s) { return {s.re, s.im}; }
  bool single() const { return exe_.shape().lane_bits > 0; }

  void set_angles(std::size_t count, const Real *inputs);
  const Real *forward_of(const ReadyBlock<Real> &block) const;
  const Real *inverse_of(const ReadyBlock<Real> &block) const;
  void start_from_amplitudes(std::size_t count, const Real *inputs);
  void start_from_chains();
  void make_room_for_complex(const ReadyTile &tile);
  /// The diagonal that is a tile's only step and whose table is not kept, if so.
  const ReadyDiagonal<Real> *worked_out(const ReadyTile &tile) const;
  Constant table_of(const ReadyDiagonal<Real> &diagonal) const;
  void work_out(const ReadyTile &tile);
  void apply(const ReadyTile &tile, std::size_t step, std::uint32_t at_tile);
  void reverse(const ReadyTile &tile, std::size_t step, std::uint32_t at_tile);
  void add_feature_gradient(const ReadyBlock<Real> &block);
  void reverse_chains();
  void gather_lanes(State coleft, State coright, State cofactors);
  void lane_product(Real *re, Real *im) const;

  const Executable<Real> &exe_;
  const CircuitTable<Real> &kernels_;
  Scratch<Real> &scratch_;
  Real *base_;
  std::size_t lanes_;
};

extern template class CircuitPass<float>;
extern template class CircuitPass<double>;

} // namespace duet
