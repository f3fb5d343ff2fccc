// A plan made ready to run on vectors: its steps in passes and tiles, the numbers of the present weights, and
// where everything of a thread's scratch memory lies.
#pragma once
#include "engine/simulator/memory_limits.h"
#include "engine/simulator/ready_block.h"
#include <memory>

namespace duet {

/// One pass over the state: a block, two blocks together, or a diagonal.
template <class Real> struct ReadyStep {
  std::vector<ReadyBlock<Real>> blocks; ///< one or two; none: the diagonal
  QuadWiring wiring;                    ///< of two blocks
  CircuitQuads quads{};
  ReadyDiagonal<Real> diagonal;
  bool is_diagonal() const { return blocks.empty(); }
};

/// Steps done on one tile of the state after the other.
struct ReadyTile {
  std::size_t first_step = 0, last_step = 0; ///< last excluded
  WalkTables tables;
  CircuitWalk walk{};
  std::vector<std::uint32_t> at; ///< where the tiles are
};

/// A feature's half angle: scale * x[feature] + offset.
struct HalfAngle {
  int feature = 0;
  double scale = 0, offset = 0;
};

/// Offsets into a thread's scratch memory, in Reals.
struct ScratchLayout {
  std::size_t cosine = 0, sine = 0, factors = 0, cofactors = 0, chain_states = 0, left = 0, right = 0,
              coleft = 0, coright = 0, product_scratch = 0;
  std::size_t states = 0, plane = 0, costate = 0, parity = 0, pattern = 0, readout_scratch = 0,
              feature_gradient = 0;
  std::size_t table = 0; ///< of a diagonal that is worked out where it is used
  std::size_t sums = 0, sums_end = 0, feature_sums_end = 0, end = 0;
};

/// Immutable but for set_weights; shared between threads.
template <class Real> class Executable {
public:
  Executable(const Circuit &circuit, bool amplitude_input, const CircuitTable<Real> &kernels,
             const MemoryLimits &limits = {});

  int qubits() const { return shape_.qubits; }
  int features() const { return features_; }
  int weights() const { return weights_; }
  bool amplitude_input() const { return amplitude_input_; }
  const CircuitTable<Real> &kernels() const { return kernels_; }
  const Shape &shape() const { return shape_; }
  /// Reals of a sample's input.
  std::size_t input_size() const {
    return amplitude_input_ ? std::size_t{1} << qubits() : std::size_t(features_);
  }
  /// Samples that go through together.
  std::size_t group() const { return shape_.lane_bits ? 1 : std::size_t(shape_.lanes); }

  /// The present weights' numbers. Rotations are stored divided by their cosine where that is not small,
  /// which halves their work: cos(t) (1 + tan(t) A) for A = [[0, -1], [1, 0]] or -i X. The cosines left out
  /// go into the diagonal before them, or else into the start, so that a state is scaled down first and grows
  /// back to length 1; on the way back the co-state grows and is scaled back at the same places.
  void set_weights(std::span<const Real> values);
  /// Of the first state; already in the chains' starts.
  double start_scale() const { return start_scale_; }

  // What a pass goes through.
  const std::vector<HalfAngle> &half_angles() const { return half_angles_; }
  /// The gates that qubits start with, before the product; [qubit].
  const std::vector<CircuitChain<Real>> &chains() const { return chain_views_; }
  bool chains_complex() const { return chains_complex_; }
  bool chains_have_gradient() const { return chains_have_gradient_; }
  int left_qubits() const { return shape_.vector_bits() / 2; }
  int right_qubits() const { return shape_.vector_bits() - left_qubits(); }
  const std::vector<ReadyStep<Real>> &steps() const { return steps_; }
  const std::vector<ReadyTile> &tiles() const { return tiles_; }
  /// Blocks of steps whose numbers change from sample to sample.
  const std::vector<const ReadyBlock<Real> *> &feature_blocks() const { return feature_blocks_; }
  /// Has the state an imaginary part before this step? Also for the number of steps, at the end.
  bool complex_before(std::size_t step) const { return complex_before_[step]; }
  /// No step before this one has an angle that learns.
  std::size_t first_gradient() const { return first_gradient_; }
  /// The states between the steps are kept for the way back.
  bool stored() const { return stored_; }
  const std::vector<Parity> &outputs() const { return outputs_; }
  const ReadoutWiring &readout() const { return readout_; }
  const ScratchLayout &at() const { return at_; }

  /// Phases that work_out needs; 0 if all tables are kept.
  std::size_t worked_out() const { return worked_out_; }
  /// The table of a diagonal that is not kept (ReadyDiagonal::work_out).
  void work_out(const ReadyDiagonal<Real> &diagonal, double *phases, Real *table) const {
    diagonal.work_out(qubits(), weight_values_, kernels_, phases, table);
  }
  /// Adds a worked out diagonal's part to the gradient, [weights] of scratch.
  void add_gradient(const ReadyDiagonal<Real> &diagonal, Real *scratch, double *gradient) const {
    diagonal.add_gradient(shape_, scratch, kernels_, gradient);
  }
  /// weight_gradient from `gradient` and the sums gathered in scratch, which it destroys.
  void finish(Real *scratch, double *gradient, Real *weight_gradient) const;

private:
  /// One or two blocks, or a diagonal.
  struct Pass {
    std::vector<Block> blocks;
    Diagonal diagonal;
    bool kept = true; ///< the diagonal's table
  };
  std::vector<Pass> passes_of(std::vector<Step> steps) const;
  void add_chains(const std::vector<std::vector<Block>> &chains);
  void add_steps(std::vector<Pass> passes);
  void add_tile(std::span<Pass> passes, const Tile &tile, const std::vector<std::uint32_t> &rows);
  bool must_be_alone(const Pass &pass) const { return pass.blocks.empty() && !pass.kept; }
  void look_for_gradients();
  ReadyBlock<Real> ready(const Block &block, bool chain, const Tile &tile);
  void lay_out();
  void link_chains();
  void fold_starts();
  double set_pass(std::vector<ReadyBlock<Real>> &blocks, double scale_after) const;

  const CircuitTable<Real> &kernels_;
  int features_, weights_;
  bool amplitude_input_;
  MemoryLimits limits_;
  Shape shape_;
  std::vector<Parity> outputs_;
  std::vector<HalfAngle> half_angles_;
  std::vector<std::vector<ReadyBlock<Real>>> chains_; ///< [qubit]
  std::vector<CircuitLink<Real>> links_;              ///< of all chains, qubit by qubit
  std::vector<CircuitChain<Real>> chain_views_;       ///< [qubit]
  GrowOnlyArray<Real> chain_starts_;                  ///< [qubit][re 2][im 2][lanes]
  std::vector<const ReadyBlock<Real> *> feature_blocks_;
  std::vector<ReadyStep<Real>> steps_;
  std::vector<ReadyTile> tiles_;
  ReadoutWiring readout_;
  std::vector<bool> complex_before_; ///< [step], and at the end
  bool chains_complex_ = false, chains_have_gradient_ = false, stored_ = false;
  std::size_t first_gradient_ = 0;
  ScratchLayout at_;
  std::size_t worked_out_ = 0;
  double start_scale_ = 1;
  std::vector<double> weight_values_;
  GrowOnlyArray<double> phases_;
};

extern template class Executable<float>;
extern template class Executable<double>;

} // namespace duet
