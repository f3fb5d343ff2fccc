// A plan made ready to run on vectors: walks, coefficients of the present weights, and where everything
// of a thread's scratch memory lies.
#pragma once
#include "engine/kernels/loader.h"
#include "engine/simulator/matrix2.h"
#include "engine/simulator/wiring.h"
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

namespace duet {

/// An array that begins on a cache line. Grows only, and forgets its contents when it does.
template <class T> class GrowOnlyArray {
public:
  void reserve(std::size_t count) {
    if (count <= size_)
      return;
    const std::size_t bytes = (count * sizeof(T) + 63) / 64 * 64;
    data_.reset(static_cast<T *>(std::aligned_alloc(64, bytes)));
    if (!data_)
      throw std::bad_alloc();
    size_ = count;
    std::fill(data(), data() + count, T{});
  }
  T *data() const { return data_.get(); }
  std::size_t size() const { return size_; }

private:
  struct Free {
    void operator()(T *p) const { std::free(p); }
  };
  std::unique_ptr<T, Free> data_;
  std::size_t size_ = 0;
};

/// A block, its walk and its numbers.
template <class Real> struct ReadyBlock {
  Block block;
  BlockWiring wiring;
  CircuitPairs pairs;   ///< views wiring
  bool partial = false; ///< leaves some amplitudes as they are
  bool chain = false;   ///< acts on a qubit's two amplitudes before the product
  int slot = -1;        ///< of a feature's block: which half angle; -1: coefficients are fixed
  /// Fixed: [segment][side][CircuitKind][lanes]. Of a feature: [segment][side][lanes] what the cosine is
  /// multiplied by (D = factor * cos + 1 - factor), then the same for the sine.
  GrowOnlyArray<Real> forward, inverse, of_cosine, of_sine;
  std::size_t coefficients = 0; ///< in scratch: those of a feature's block for this group
  std::size_t sums = 0;         ///< in scratch: the gradient's sums
  int rows() const { return static_cast<int>(2 * wiring.bases.size()); }
  int coefficient_vectors() const { return block.kind == CircuitKind::general ? 4 : 2; }
  int sum_vectors() const { return block.kind == CircuitKind::general ? 3 : 1; }
  /// In the present coefficients the matrix is divided by its diagonal: half the work.
  bool unit = false;
  /// What the sums are to be multiplied by, as states are stored scaled (Executable::set_weights).
  double sums_scale = 1;
  CircuitKind kind() const {
    return !unit                             ? block.kind
           : block.kind == CircuitKind::real ? CircuitKind::real_unit
                                             : CircuitKind::imaginary_unit;
  }
  /// A rotation of every amplitude by weights and constants alone.
  bool is_turn() const {
    const auto about = [](char axis) { return [axis](const Factor &f) { return f.axis == axis; }; };
    return slot < 0 && block.controls.empty() &&
           (std::all_of(block.run.begin(), block.run.end(), about('x')) ||
            std::all_of(block.run.begin(), block.run.end(), about('y')));
  }
  bool has_gradient() const { return slot >= 0 || block.has_weights(); }
};

template <class Real> struct ReadyDiagonal {
  Diagonal terms;
  GrowOnlyArray<Real> re, im; ///< [2^n]
  double sums_scale = 1;
  std::size_t sums = 0; ///< in scratch: [vectors][lanes]
};

/// One pass over the state: a block, two blocks together, or a diagonal.
template <class Real> struct ReadyStep {
  std::vector<ReadyBlock<Real>> blocks; ///< one or two; none: the diagonal
  QuadWiring wiring;                    ///< of two blocks
  CircuitQuads quads{};
  ReadyDiagonal<Real> diagonal;
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

template <class Real> struct Executable {
  Executable(const Circuit &circuit, bool amplitude_input, const CircuitTable<Real> &kernels);

  const CircuitTable<Real> &kernels;
  int features, weights;
  bool amplitude_input;
  Plan plan;
  Shape shape;
  std::vector<HalfAngle> half_angles;
  std::vector<std::vector<ReadyBlock<Real>>> chains; ///< [qubit]
  std::vector<CircuitLink<Real>> links;              ///< of all chains, qubit by qubit
  std::vector<CircuitChain<Real>> chain_views;       ///< [qubit]
  GrowOnlyArray<Real> chain_starts;                  ///< [qubit][re 2][im 2][lanes]
  std::vector<const ReadyBlock<Real> *>
      feature_blocks; ///< of steps: coefficients change from sample to sample
  std::vector<ReadyStep<Real>> steps;
  std::vector<ReadyTile> tiles;
  ReadoutWiring readout;
  std::vector<bool> complex_before; ///< [step], and at the end
  bool chains_complex = false;
  bool chains_have_gradient = false;
  std::size_t first_gradient = 0; ///< no step before this one has an angle that learns
  bool stored = false;            ///< the states between the steps are kept for the way back
  int left_qubits = 0, right_qubits = 0;

  /// Offsets into a thread's scratch memory, in Reals.
  struct Layout {
    std::size_t cosine, sine, factors, cofactors, chain_states, left, right, coleft, coright, product_scratch;
    std::size_t states, plane, costate, parity, pattern, readout_scratch, feature_gradient;
    std::size_t sums, sums_end, feature_sums_end, end;
  } at{};

  /// Rotations are stored divided by their cosine where that is not small, which halves their work:
  /// cos(t) (1 + tan(t) A) for A = [[0, -1], [1, 0]] or -i X. The cosines left out go into the diagonal
  /// before them, or else into the start, so that a state is scaled down first and grows back to length 1;
  /// on the way back the co-state grows and is scaled back at the same places.
  void set_weights(std::span<const Real> values);
  double start_scale = 1; ///< of the first state; already in the chains' starts
  /// weight_gradient from the sums gathered in scratch, which it destroys. gradient: [weights] of scratch.
  void finish(Real *scratch, double *gradient, Real *weight_gradient) const;

private:
  std::vector<double> weight_values_;
  GrowOnlyArray<double> phases_;
  /// One or two blocks, or a diagonal.
  struct Pass {
    std::vector<Block> blocks;
    Diagonal diagonal;
  };
  void add_steps();
  void link_chains();
  void fold_starts();
  ReadyBlock<Real> ready(const Block &block, bool chain, const Tile &tile);
  void add_tile(const std::vector<Pass> &passes, std::size_t first, std::size_t last, const Tile &tile,
                const std::vector<std::uint32_t> &rows);
  void prepare_feature(ReadyBlock<Real> &block) const;
  void fill(ReadyBlock<Real> &block, double scale) const;
  void fill(ReadyDiagonal<Real> &diagonal, double scale);
  double set_pass(std::vector<ReadyBlock<Real>> &blocks, double scale_after) const;
  void lay_out();
  void add_gradient(const ReadyBlock<Real> &block, const Real *scratch, double *gradient) const;
  void add_gradient(const ReadyDiagonal<Real> &diagonal, Real *scratch, double *gradient) const;
};

extern template struct Executable<float>;
extern template struct Executable<double>;

} // namespace duet
