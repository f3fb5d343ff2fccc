// Steps of a plan made ready to run on vectors: their walks, and their numbers at the present weights.
#pragma once
#include "engine/kernels/loader.h"
#include "engine/simulator/grow_only_array.h"
#include "engine/simulator/wiring.h"
#include <complex>
#include <span>

namespace duet {

/// A block, its walk and its numbers. A block of a feature has other numbers for every group of samples,
/// which a thread keeps in its scratch memory.
template <class Real> class ReadyBlock {
public:
  /// chain: acts on a qubit's two amplitudes before the product. slot: of a feature's block, the number of
  /// its half angle; -1: its numbers are fixed.
  ReadyBlock(const Block &block, const Shape &shape, const Tile &tile, bool chain, int slot);

  /// The kernels to use with the present numbers.
  CircuitKind kind() const {
    return !unit_                             ? block_.kind
           : block_.kind == CircuitKind::real ? CircuitKind::real_unit
                                              : CircuitKind::imaginary_unit;
  }
  bool real() const { return block_.kind == CircuitKind::real; }
  const CircuitPairs &pairs() const { return pairs_; }
  int slot() const { return slot_; }
  bool partial() const { return partial_; } ///< leaves some amplitudes as they are
  bool has_gradient() const { return slot_ >= 0 || learns_; }
  /// A rotation of every amplitude by weights and constants alone.
  bool is_turn() const;
  int rows() const { return static_cast<int>(2 * wiring_.bases.size()); } ///< segments' sides
  /// The real part of the matrix's diagonal: of a turn, the cosine.
  double cosine(std::span<const double> weights) const;
  /// What it makes of |0>.
  std::array<std::complex<double>, 2> first_column(std::span<const double> weights) const;

  /// The numbers at these weights, multiplied by `scale`, which makes the diagonal 1 if unit. No-op for a
  /// feature's block, but for `unit`.
  void fill(std::span<const double> weights, double scale, bool unit);
  /// [segment][side][CircuitKind][lanes]
  const Real *forward() const { return numbers_.data(); }
  const Real *inverse() const { return numbers_.data() + half_; }
  /// Of a feature: [segment][side][lanes] what the cosine is multiplied by (D = factor * cos + 1 - factor),
  /// then the same for the sine.
  const Real *of_cosine() const { return numbers_.data(); }
  const Real *of_sine() const { return numbers_.data() + half_; }

  /// What the sums are to be multiplied by, as states are stored scaled (Executable::set_weights).
  double sums_scale() const { return sums_scale_; }
  void set_sums_scale(double scale) { sums_scale_ = scale; }

  // Places in a thread's scratch memory, which the executable lays out.
  std::size_t coefficient_vectors() const { return slot_ >= 0 && !chain_ ? 4 * std::size_t(rows()) : 0; }
  std::size_t sum_vectors() const;
  std::size_t coefficients = 0; ///< those of a feature's block for this group: forward, then inverse
  std::size_t sums = 0;         ///< the gradient's sums

  /// Adds to [weights] from the sums.
  void add_gradient(const Real *scratch, std::span<const double> weights, double *gradient) const;

private:
  int vectors_of_row() const { return block_.kind == CircuitKind::general ? 4 : 2; }
  int sums_of_row() const { return block_.kind == CircuitKind::general ? 3 : 1; }
  void prepare_feature();

  Block block_;
  BlockWiring wiring_;
  CircuitPairs pairs_; ///< views wiring_
  int lanes_;
  int slot_;
  bool chain_;
  bool single_; ///< one sample across the lanes
  bool learns_;
  bool partial_ = false;
  bool unit_ = false;
  double scale_ = 0, sums_scale_ = 1; ///< scale_ 0: no numbers yet
  std::size_t half_ = 0;              ///< of numbers_
  GrowOnlyArray<Real> numbers_;
};

/// Phases of all amplitudes.
template <class Real> class ReadyDiagonal {
public:
  ReadyDiagonal() = default;
  /// kept: its table stays in memory; else a thread works it out in its scratch memory where it is used.
  ReadyDiagonal(Diagonal terms, bool kept);

  bool kept() const { return kept_; }
  bool has_gradient() const { return learns_; }
  /// The numbers at these weights, multiplied by `scale`. phases: memory to work in.
  void fill(int qubits, std::span<const double> weights, double scale, const CircuitTable<Real> &kernels,
            GrowOnlyArray<double> &phases);
  /// What fill would keep: [padded] real parts, at `plane` as many imaginary ones; phases: [padded] to work
  /// in.
  void work_out(int qubits, std::span<const double> weights, const CircuitTable<Real> &kernels,
                double *phases, Real *table) const;
  const Real *table() const { return table_.data(); }
  /// Amplitudes of a table.
  static std::size_t padded(int qubits) { return std::max<std::size_t>(std::size_t{1} << qubits, 64); }
  /// Five lines lie between the planes, so that equal indices do not fall on equal cache sets.
  static std::size_t plane(int qubits) { return padded(qubits) + 5 * 64 / sizeof(Real); }

  void set_sums_scale(double scale) { sums_scale_ = scale; }
  std::size_t sums = 0; ///< in scratch: [vectors][lanes]
  /// Adds to [weights] from the sums, which it destroys.
  void add_gradient(const Shape &shape, Real *scratch, const CircuitTable<Real> &kernels,
                    double *gradient) const;

private:
  Diagonal terms_;
  bool kept_ = true, learns_ = false;
  double scale_ = 1, sums_scale_ = 1;
  GrowOnlyArray<Real> table_;
};

extern template class ReadyBlock<float>;
extern template class ReadyBlock<double>;
extern template class ReadyDiagonal<float>;
extern template class ReadyDiagonal<double>;

} // namespace duet
