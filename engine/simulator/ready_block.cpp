#include "engine/simulator/ready_block.h"
#include "engine/simulator/matrix2.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

using Complex = std::complex<double>;

/// The row of the block's matrix that an index is (`where` as in BlockWiring): diagonal, off-diagonal.
std::pair<Complex, Complex> matrix_row(const Eigen::Matrix2cd &u, int action, int bit) {
  if (action == 0)
    return {1, 0};
  const Complex off = action > 0 ? u(bit, 1 - bit) : std::conj(u(1 - bit, bit));
  return {action > 0 ? u(bit, bit) : std::conj(u(bit, bit)), off};
}

} // namespace

template <class Real>
ReadyBlock<Real>::ReadyBlock(const Block &block, const Shape &shape, const Tile &tile, bool chain, int slot)
    : block_(block), wiring_(wire(block, chain ? Shape{1, 0, shape.lanes} : shape, tile)),
      pairs_(wiring_.view()), lanes_(shape.lanes), slot_(slot), chain_(chain), single_(shape.lane_bits > 0),
      learns_(block.has_weights()) {
  const std::size_t walked = wiring_.bases.size() * wiring_.walk.high.size() * wiring_.walk.low.size();
  partial_ = walked * (wiring_.partner ? 2 : 1) < std::size_t{1} << tile.bits();
  half_ = slot_ >= 0 ? wiring_.where.size() : std::size_t(rows()) * vectors_of_row() * lanes_;
  numbers_.reserve(2 * half_);
  if (slot_ >= 0)
    prepare_feature();
}

template <class Real> bool ReadyBlock<Real>::is_turn() const {
  const auto about = [](char axis) { return [axis](const Factor &f) { return f.axis == axis; }; };
  return slot_ < 0 && block_.controls.empty() &&
         (std::all_of(block_.run.begin(), block_.run.end(), about('x')) ||
          std::all_of(block_.run.begin(), block_.run.end(), about('y')));
}

template <class Real> double ReadyBlock<Real>::cosine(std::span<const double> weights) const {
  return matrix_of(block_.run, weights)(0, 0).real();
}

template <class Real>
std::array<std::complex<double>, 2> ReadyBlock<Real>::first_column(std::span<const double> weights) const {
  const Eigen::Matrix2cd u = matrix_of(block_.run, weights);
  return {u(0, 0), u(1, 0)};
}

template <class Real> void ReadyBlock<Real>::prepare_feature() {
  for (std::size_t k = 0; k < wiring_.where.size(); ++k) {
    const int where = wiring_.where[k], action = block_.action[where >> 1];
    numbers_.data()[k] = static_cast<Real>(action != 0);
    const bool down = block_.kind == CircuitKind::imaginary || (where & 1) == 0;
    numbers_.data()[half_ + k] = static_cast<Real>(down ? -action : action);
  }
}

template <class Real> void ReadyBlock<Real>::fill(std::span<const double> weights, double scale, bool unit) {
  const bool known = scale == scale_ && !learns_;
  unit_ = unit;
  scale_ = scale;
  if (slot_ >= 0 || known)
    return;
  const Eigen::Matrix2cd u = matrix_of(block_.run, weights);
  const int vectors = vectors_of_row();
  for (std::size_t k = 0; k < wiring_.where.size(); ++k) {
    const int where = wiring_.where[k], action = block_.action[where >> 1], bit = where & 1;
    const std::size_t first = k / lanes_ * lanes_ * vectors + k % lanes_;
    for (const int direction : {1, -1}) {
      auto [diagonal, off] = matrix_row(u, direction * action, bit);
      diagonal *= scale;
      off *= scale;
      Real *to = numbers_.data() + (direction > 0 ? 0 : half_) + first;
      to[0] = static_cast<Real>(diagonal.real());
      switch (block_.kind) {
      case CircuitKind::real:
        to[lanes_] = static_cast<Real>(off.real());
        break;
      case CircuitKind::imaginary:
        to[lanes_] = static_cast<Real>(off.imag());
        break;
      case CircuitKind::phase:
        to[lanes_] = static_cast<Real>(diagonal.imag());
        break;
      default:
        to[lanes_] = static_cast<Real>(diagonal.imag());
        to[2 * lanes_] = static_cast<Real>(off.real());
        to[3 * lanes_] = static_cast<Real>(off.imag());
      }
    }
  }
}

template <class Real> std::size_t ReadyBlock<Real>::sum_vectors() const {
  return (slot_ >= 0 && chain_) ? 0 : std::size_t(rows()) * sums_of_row();
}

template <class Real>
void ReadyBlock<Real>::add_gradient(const Real *scratch, std::span<const double> weights,
                                    double *gradient) const {
  if (!learns_)
    return;
  const int vectors = sums_of_row();
  const CircuitKind kind = block_.kind;
  // Of a chain in single-sample mode all lanes hold the same sample: one of them counts.
  const int counted = chain_ && single_ ? 1 : lanes_;
  std::array<double, 2> own{}, partner_re{}, partner_im{}; // [target's bit], signed by the action
  for (int row = 0; row < rows(); ++row)
    for (int lane = 0; lane < counted; ++lane) {
      const int where = wiring_.where[row * lanes_ + lane], bit = where & 1;
      const double sign = block_.action[where >> 1];
      const Real *sum = scratch + sums + row * vectors * lanes_ + lane;
      if (kind == CircuitKind::real)
        partner_re[bit] += sign * sum[0];
      else if (kind == CircuitKind::imaginary)
        partner_im[bit] += sign * sum[0];
      else
        own[bit] += sign * sum[0];
      if (kind == CircuitKind::general) {
        partner_re[bit] += sign * sum[lanes_];
        partner_im[bit] += sign * sum[2 * lanes_];
      }
    }
  for (std::size_t f = 0; f < block_.run.size(); ++f) {
    const Factor &factor = block_.run[f];
    if (factor.axis == 'h' || factor.axis == 'n' || factor.angle.source != Angle::Source::weight)
      continue;
    const Eigen::Matrix2cd g = generator_of(block_.run, f, weights);
    double sum = 0;
    for (int bit = 0; bit < 2; ++bit)
      sum += g(bit, 1 - bit).real() * partner_re[bit] - g(bit, 1 - bit).imag() * partner_im[bit] -
             g(bit, bit).imag() * own[bit];
    gradient[factor.angle.index] += 2 * sums_scale_ * factor.angle.scale * sum;
  }
}

template <class Real>
ReadyDiagonal<Real>::ReadyDiagonal(Diagonal terms, bool kept)
    : terms_(std::move(terms)), kept_(kept),
      learns_(std::any_of(terms_.begin(), terms_.end(),
                          [](const PhaseTerm &term) { return term.angle.source == Angle::Source::weight; })) {
}

template <class Real>
void ReadyDiagonal<Real>::fill(int qubits, std::span<const double> weights, double scale,
                               const CircuitTable<Real> &kernels, GrowOnlyArray<double> &phases) {
  const bool known = table_.data() && scale == scale_ && !learns_;
  scale_ = scale;
  if (!kept_ || known)
    return;
  phases.reserve(padded(qubits));
  table_.reserve(2 * plane(qubits));
  work_out(qubits, weights, kernels, phases.data(), table_.data());
}

template <class Real>
void ReadyDiagonal<Real>::work_out(int qubits, std::span<const double> weights,
                                   const CircuitTable<Real> &kernels, double *phases, Real *table) const {
  const std::size_t size = padded(qubits);
  std::fill(phases, phases + size, 0.0);
  for (const PhaseTerm &term : terms_)
    phases[term.row] += value_of(term.angle, weights);
  kernels.walsh_double(qubits, phases);
  kernels.cis(size, phases, table, table + plane(qubits));
  if (scale_ != 1)
    for (Real *part : {table, table + plane(qubits)})
      for (std::size_t j = 0; j < size; ++j)
        part[j] *= static_cast<Real>(scale_);
}

template <class Real>
void ReadyDiagonal<Real>::add_gradient(const Shape &shape, Real *scratch, const CircuitTable<Real> &kernels,
                                       double *gradient) const {
  if (!learns_)
    return;
  Real *values = scratch + sums;
  if (shape.lane_bits == 0)
    kernels.sum_lanes(shape.vectors(), values);
  kernels.walsh(shape.qubits, values);
  for (const PhaseTerm &term : terms_)
    if (term.angle.source == Angle::Source::weight)
      gradient[term.angle.index] -=
          2 * sums_scale_ * term.angle.scale * static_cast<double>(values[term.row]);
}

template class ReadyBlock<float>;
template class ReadyBlock<double>;
template class ReadyDiagonal<float>;
template class ReadyDiagonal<double>;

} // namespace duet
