#include "engine/simulator/pass.h"
#include <algorithm>

namespace duet {

template <class Real>
CircuitPass<Real>::CircuitPass(const Executable<Real> &executable, Scratch<Real> &scratch)
    : exe_(executable), kernels_(executable.kernels()), scratch_(scratch), lanes_(executable.shape().lanes) {
  scratch.reals.reserve(executable.at().end);
  scratch.radians.reserve(executable.half_angles().size() * lanes_ + 8);
  scratch.gradient.reserve(executable.weights() + 1);
  scratch.phases.reserve(executable.worked_out());
  base_ = scratch.reals.data();
}

template <class Real> CircuitState<Real> CircuitPass<Real>::state(std::size_t step) const {
  Real *re = at(exe_.at().states) + (exe_.stored() ? step : 0) * 2 * exe_.at().plane;
  return {re, exe_.complex_before(step) ? re + exe_.at().plane : nullptr};
}

template <class Real> CircuitState<Real> CircuitPass<Real>::costate(std::size_t step) const {
  Real *re = at(exe_.at().costate);
  return {re, exe_.complex_before(step) ? re + exe_.at().plane : nullptr};
}

template <class Real>
CircuitState<Real> CircuitPass<Real>::pair_of(std::size_t offset, std::size_t vectors, bool complex) const {
  return {at(offset), complex ? at(offset) + vectors * lanes_ : nullptr};
}

template <class Real> void CircuitPass<Real>::clear_sums() {
  std::fill(at(exe_.at().sums), at(exe_.at().sums_end), Real{0});
  std::fill(scratch_.gradient.data(), scratch_.gradient.data() + exe_.weights(), 0.0);
}

template <class Real> void CircuitPass<Real>::forward(std::size_t count, const Real *inputs) {
  if (exe_.amplitude_input()) {
    start_from_amplitudes(count, inputs);
  } else {
    set_angles(count, inputs);
    start_from_chains();
  }
  for (const ReadyTile &tile : exe_.tiles()) {
    make_room_for_complex(tile);
    work_out(tile);
    for (const std::uint32_t at : tile.at)
      for (std::size_t step = tile.first_step; step < tile.last_step; ++step)
        apply(tile, step, at);
  }
}

/// Half angles of the group, their cosines and sines, and the coefficients of the features' blocks.
template <class Real> void CircuitPass<Real>::set_angles(std::size_t count, const Real *inputs) {
  const std::size_t slots = exe_.half_angles().size();
  double *radians = scratch_.radians.data();
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const HalfAngle &angle = exe_.half_angles()[slot];
    const Real *input = inputs + angle.feature;
    double *to = radians + slot * lanes_;
    if (single())
      std::fill(to, to + lanes_, angle.scale * static_cast<double>(*input) + angle.offset);
    for (std::size_t s = 0; s < count && !single(); ++s)
      to[s] = angle.scale * static_cast<double>(input[s * exe_.features()]) + angle.offset;
    if (count < lanes_ && !single())
      std::fill(to + count, to + lanes_, 0.0);
  }
  if (slots == 0)
    return;
  kernels_.cis(slots * lanes_, radians, at(exe_.at().cosine), at(exe_.at().sine));
  for (const auto *block : exe_.feature_blocks()) {
    Real *forward = at(block->coefficients);
    kernels_.turn(block->rows(), block->of_cosine(), block->of_sine(),
                  at(exe_.at().cosine) + block->slot() * lanes_, at(exe_.at().sine) + block->slot() * lanes_,
                  forward, forward + 2 * block->rows() * lanes_);
  }
}

template <class Real> const Real *CircuitPass<Real>::forward_of(const ReadyBlock<Real> &block) const {
  return block.slot() < 0 ? block.forward() : at(block.coefficients);
}

template <class Real> const Real *CircuitPass<Real>::inverse_of(const ReadyBlock<Real> &block) const {
  return block.slot() < 0 ? block.inverse() : at(block.coefficients) + 2 * block.rows() * lanes_;
}

template <class Real> void CircuitPass<Real>::start_from_amplitudes(std::size_t count, const Real *inputs) {
  const std::size_t size = std::size_t{1} << exe_.qubits();
  const State start = state(0);
  const Real scale = static_cast<Real>(exe_.start_scale());
  for (std::uint32_t v = 0; v < exe_.shape().vectors(); ++v) {
    Real *to = start.re + circuit_stored_index(v) * lanes_;
    for (std::size_t lane = 0; lane < lanes_; ++lane)
      to[lane] = scale * (single()       ? inputs[v * lanes_ + lane]
                          : lane < count ? inputs[lane * size + v]
                                         : Real{0});
  }
}

/// The product of the qubits that lie in the lanes of one vector.
template <class Real> void CircuitPass<Real>::lane_product(Real *re, Real *im) const {
  const State factors = pair_of(exe_.at().factors, 2 * exe_.qubits(), exe_.chains_complex());
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    Real product_re = 1, product_im = 0;
    for (int bit = 0; bit < exe_.shape().lane_bits; ++bit) {
      const std::size_t k = (2 * (exe_.qubits() - 1 - bit) + (lane >> bit & 1)) * lanes_;
      const Real f_re = factors.re[k], f_im = factors.im ? factors.im[k] : Real{0}, old = product_re;
      product_re = old * f_re - product_im * f_im;
      product_im = old * f_im + product_im * f_re;
    }
    re[lane] = product_re;
    im[lane] = product_im;
  }
}

template <class Real> void CircuitPass<Real>::start_from_chains() {
  const bool complex = exe_.chains_complex();
  const State factors = pair_of(exe_.at().factors, 2 * exe_.qubits(), complex);
  kernels_.chains(exe_.qubits(), exe_.chains().data(), base_, factors);
  const std::size_t lefts = std::size_t{1} << exe_.left_qubits(),
                    rights = std::size_t{1} << exe_.right_qubits();
  const State left = pair_of(exe_.at().left, lefts, complex),
              right = pair_of(exe_.at().right, rights, complex);
  const std::size_t skip = 2 * exe_.left_qubits() * lanes_;
  kernels_.product(exe_.left_qubits(), constant(factors), left);
  kernels_.product(exe_.right_qubits(), {factors.re + skip, complex ? factors.im + skip : nullptr}, right);
  if (single()) {
    alignas(64) Real re[64 / sizeof(float)], im[64 / sizeof(float)];
    lane_product(re, im);
    for (std::size_t k = 0; k < rights * lanes_; ++k) {
      const std::size_t lane = k % lanes_;
      const Real r = right.re[k], i = complex ? right.im[k] : Real{0};
      right.re[k] = r * re[lane] - i * im[lane];
      if (complex)
        right.im[k] = r * im[lane] + i * re[lane];
    }
  }
  kernels_.outer(lefts, rights, constant(left), constant(right), state(0));
}

/// Where a block is the first step with complex numbers, it finds imaginary parts that are 0. (A diagonal
/// needs none.)
template <class Real> void CircuitPass<Real>::make_room_for_complex(const ReadyTile &tile) {
  if (exe_.complex_before(tile.first_step))
    return;
  for (std::size_t step = tile.first_step; step < tile.last_step; ++step)
    if (!exe_.steps()[step].is_diagonal() && !exe_.complex_before(step) && exe_.complex_before(step + 1)) {
      Real *im = state(step + 1).im;
      std::fill(im, im + exe_.shape().vectors() * lanes_, Real{0});
    }
}

template <class Real> const ReadyDiagonal<Real> *CircuitPass<Real>::worked_out(const ReadyTile &tile) const {
  const ReadyStep<Real> &step = exe_.steps()[tile.first_step];
  return step.is_diagonal() && !step.diagonal.kept() ? &step.diagonal : nullptr;
}

template <class Real> void CircuitPass<Real>::work_out(const ReadyTile &tile) {
  if (const ReadyDiagonal<Real> *diagonal = worked_out(tile))
    exe_.work_out(*diagonal, scratch_.phases.data(), at(exe_.at().table));
}

template <class Real>
CircuitState<const Real> CircuitPass<Real>::table_of(const ReadyDiagonal<Real> &diagonal) const {
  const Real *re = diagonal.kept() ? diagonal.table() : at(exe_.at().table);
  return {re, re + ReadyDiagonal<Real>::plane(exe_.qubits())};
}

template <class Real>
void CircuitPass<Real>::apply(const ReadyTile &tile, std::size_t index, std::uint32_t at_tile) {
  const ReadyStep<Real> &step = exe_.steps()[index];
  State in = state(index);
  const State out = state(index + 1);
  if (step.is_diagonal())
    return kernels_.diagonal(&tile.walk, at_tile, table_of(step.diagonal), !single(), in, out);
  const ReadyBlock<Real> &block = step.blocks[0];
  const bool to_complex = out.im && !in.im;
  if (to_complex || (block.partial() && in.re != out.re)) {
    const std::size_t size = exe_.shape().vectors() * lanes_;
    if (in.re != out.re)
      std::copy(in.re, in.re + size, out.re);
    if (in.im && in.im != out.im)
      std::copy(in.im, in.im + size, out.im);
    in = out;
  }
  if (step.blocks.size() == 2)
    kernels_.apply_quads(block.kind(), &step.quads, at_tile, forward_of(block), forward_of(step.blocks[1]),
                         in, out);
  else
    kernels_.apply(block.kind(), &block.pairs(), at_tile, forward_of(block), in, out);
}

template <class Real> void CircuitPass<Real>::read(std::size_t count, Real *expectation) {
  const int n = exe_.qubits(), basis = static_cast<int>(exe_.readout().low_bits + exe_.readout().high_bits);
  const CircuitReadout view = exe_.readout().view();
  Real *parity = at(exe_.at().parity), *pattern = at(exe_.at().pattern);
  kernels_.expectations(&view, state(exe_.steps().size()), parity, pattern, at(exe_.at().readout_scratch));
  for (int q = 0; q < n; ++q) {
    const Parity &output = exe_.outputs()[q];
    const int row = exe_.readout().order[q];
    if (!single()) {
      const Real *values = parity + row * lanes_;
      const Real sign = output.flip ? Real{-1} : Real{1};
      for (std::size_t s = 0; s < count; ++s)
        expectation[s * n + q] = sign * values[s];
      continue;
    }
    double sum = 0;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      double value = row < basis ? parity[row * lanes_ + lane] : 0.0;
      for (std::uint32_t p = 0; row >= basis && p < view.patterns; ++p)
        value += (p >> (row - basis) & 1 ? -1.0 : 1.0) * static_cast<double>(pattern[p * lanes_ + lane]);
      sum += Parity{exe_.shape().lane_part(output.row), output.flip}.of(static_cast<std::uint32_t>(lane))
                 ? -value
                 : value;
    }
    expectation[q] = static_cast<Real>(sum);
  }
}

template <class Real>
void CircuitPass<Real>::backward(std::size_t count, const Real *cotangent, Real *input_gradient) {
  const int n = exe_.qubits(), basis = static_cast<int>(exe_.readout().low_bits + exe_.readout().high_bits);
  const std::size_t last = exe_.steps().size();
  std::fill(at(exe_.at().feature_gradient), at(exe_.at().feature_gradient) + exe_.features() * lanes_,
            Real{0});
  std::fill(at(exe_.at().sums_end), at(exe_.at().feature_sums_end), Real{0});
  const CircuitReadout view = exe_.readout().view();
  Real *weight = at(exe_.at().parity), *pattern = at(exe_.at().pattern);
  std::fill(pattern, pattern + view.patterns * lanes_, Real{0});
  for (int q = 0; q < n; ++q) {
    const Parity &output = exe_.outputs()[q];
    const int row = exe_.readout().order[q];
    Real *to = weight + row * lanes_;
    if (!single()) {
      const Real sign = output.flip ? Real{-1} : Real{1};
      for (std::size_t s = 0; s < count; ++s)
        to[s] = sign * cotangent[s * n + q];
      std::fill(to + count, to + lanes_, Real{0});
      continue;
    }
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      const bool down =
          Parity{exe_.shape().lane_part(output.row), output.flip}.of(static_cast<std::uint32_t>(lane));
      const Real value = down ? -cotangent[q] : cotangent[q];
      if (row < basis)
        to[lane] = value;
      else
        for (std::uint32_t p = 0; p < view.patterns; ++p)
          pattern[p * lanes_ + lane] += p >> (row - basis) & 1 ? -value : value;
    }
  }
  kernels_.observe(&view, weight, pattern, state(last), costate(last), at(exe_.at().readout_scratch));
  for (auto tile = exe_.tiles().rbegin(); tile != exe_.tiles().rend(); ++tile) {
    const std::size_t first = std::max(tile->first_step, exe_.first_gradient());
    if (first >= tile->last_step)
      break;
    const ReadyDiagonal<Real> *diagonal = worked_out(*tile);
    if (diagonal) {
      work_out(*tile);
      std::fill_n(at(diagonal->sums), exe_.shape().vectors() * lanes_, Real{0});
    }
    for (const std::uint32_t at : tile->at)
      for (std::size_t step = tile->last_step; step-- > first;)
        reverse(*tile, step, at);
    if (diagonal)
      exe_.add_gradient(*diagonal, base_, scratch_.gradient.data());
  }
  for (const ReadyBlock<Real> *block : exe_.feature_blocks())
    add_feature_gradient(*block);
  if (exe_.chains_have_gradient())
    reverse_chains();
  if (!input_gradient || exe_.amplitude_input())
    return;
  const Real *gradient = at(exe_.at().feature_gradient);
  for (int k = 0; k < exe_.features(); ++k)
    for (std::size_t s = 0; s < (single() ? 1 : count); ++s)
      input_gradient[s * exe_.features() + k] = gradient[k * lanes_ + s];
}

template <class Real>
void CircuitPass<Real>::reverse(const ReadyTile &tile, std::size_t index, std::uint32_t at_tile) {
  const ReadyStep<Real> &step = exe_.steps()[index];
  const State after = state(index + 1), co = costate(index + 1);
  const bool restore = !exe_.stored();
  if (step.is_diagonal())
    return kernels_.reverse_diagonal(&tile.walk, at_tile, table_of(step.diagonal), !single(), after, co,
                                     restore, !exe_.complex_before(index), at(step.diagonal.sums));
  const ReadyBlock<Real> &block = step.blocks[0];
  const Real *inverse = inverse_of(block);
  const CircuitKind kind = block.kind();
  if (step.blocks.size() == 2) {
    const ReadyBlock<Real> &other = step.blocks[1];
    kernels_.reverse_quads(kind, &step.quads, at_tile, inverse, inverse_of(other), after, co, restore,
                           at(block.sums), at(other.sums));
  } else if (block.has_gradient()) {
    kernels_.reverse(kind, &block.pairs(), at_tile, inverse, after, co, restore, at(block.sums));
  } else {
    kernels_.apply(kind, &block.pairs(), at_tile, inverse, co, co);
    if (restore)
      kernels_.apply(kind, &block.pairs(), at_tile, inverse, after, after);
  }
}

/// d/dx of the block's rotation: its matrix's logarithmic derivative is -i/2 times a Pauli matrix.
template <class Real> void CircuitPass<Real>::add_feature_gradient(const ReadyBlock<Real> &block) {
  const HalfAngle &angle = exe_.half_angles()[block.slot()];
  const Real scale = static_cast<Real>((block.real() ? 2 : -2) * angle.scale * block.sums_scale());
  Real *gradient = at(exe_.at().feature_gradient) + angle.feature * lanes_;
  const Real *sums = at(block.sums);
  if (single()) {
    double sum = 0;
    for (std::size_t k = 0; k < block.rows() * lanes_; ++k)
      sum += static_cast<double>(block.of_sine()[k]) * static_cast<double>(sums[k]);
    gradient[0] += scale * static_cast<Real>(sum);
    return;
  }
  for (int row = 0; row < block.rows(); ++row)
    for (std::size_t lane = 0; lane < lanes_; ++lane)
      gradient[lane] += scale * block.of_sine()[row * lanes_ + lane] * sums[row * lanes_ + lane];
}

template <class Real> void CircuitPass<Real>::reverse_chains() {
  const bool complex = exe_.chains_complex();
  const std::size_t n = exe_.qubits(), lefts = std::size_t{1} << exe_.left_qubits(),
                    rights = std::size_t{1} << exe_.right_qubits(), skip = 2 * exe_.left_qubits() * lanes_;
  const State factors = pair_of(exe_.at().factors, 2 * n, complex),
              cofactors = pair_of(exe_.at().cofactors, 2 * n, complex);
  const State left = pair_of(exe_.at().left, lefts, complex),
              right = pair_of(exe_.at().right, rights, complex);
  const State coleft = pair_of(exe_.at().coleft, lefts, complex),
              coright = pair_of(exe_.at().coright, rights, complex);
  const State scratch = pair_of(exe_.at().product_scratch, std::max(lefts, rights), complex);
  kernels_.reverse_outer(lefts, rights, constant(left), constant(right), costate(0), coleft, coright);
  if (single())
    gather_lanes(coleft, coright, cofactors);
  kernels_.reverse_product(exe_.left_qubits(), constant(factors), coleft, scratch, cofactors);
  kernels_.reverse_product(exe_.right_qubits(), {factors.re + skip, complex ? factors.im + skip : nullptr},
                           coright, scratch, {cofactors.re + skip, complex ? cofactors.im + skip : nullptr});
  kernels_.reverse_chains(exe_.qubits(), exe_.chains().data(), base_, cofactors);
}

/// One sample across the lanes: the lanes' own qubits get their cofactors here; the co-states of the
/// other qubits are summed over the lanes and spread to all of them.
template <class Real> void CircuitPass<Real>::gather_lanes(State coleft, State coright, State cofactors) {
  const bool complex = exe_.chains_complex();
  const std::size_t lefts = std::size_t{1} << exe_.left_qubits(),
                    rights = std::size_t{1} << exe_.right_qubits();
  const State factors = pair_of(exe_.at().factors, 2 * exe_.qubits(), complex);
  using Number = std::complex<double>;
  const auto number = [](State s, std::size_t k) { return Number(s.re[k], s.im ? s.im[k] : Real{0}); };
  const auto spread = [&](State s, std::size_t vector, Number value) {
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      s.re[vector * lanes_ + lane] = static_cast<Real>(value.real());
      if (s.im)
        s.im[vector * lanes_ + lane] = static_cast<Real>(value.imag());
    }
  };
  for (std::size_t a = 0; a < lefts; ++a) {
    Number sum = 0;
    for (std::size_t lane = 0; lane < lanes_; ++lane)
      sum += number(coleft, a * lanes_ + lane);
    spread(coleft, a, sum);
  }
  // The right half's own product, without the lanes' one.
  const std::size_t skip = 2 * exe_.left_qubits() * lanes_;
  const State plain = pair_of(exe_.at().product_scratch, std::max(lefts, rights), complex);
  kernels_.product(exe_.right_qubits(), {factors.re + skip, complex ? factors.im + skip : nullptr}, plain);
  alignas(64) Real re[64 / sizeof(float)], im[64 / sizeof(float)];
  lane_product(re, im);
  std::array<Number, 64 / sizeof(float)> by_lane{};
  for (std::size_t b = 0; b < rights; ++b) {
    Number sum = 0;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      const Number co = number(coright, b * lanes_ + lane);
      sum += co * std::conj(Number(re[lane], im[lane]));
      by_lane[lane] += co * std::conj(number(plain, b * lanes_ + lane));
    }
    spread(coright, b, sum);
  }
  for (int bit = 0; bit < exe_.shape().lane_bits; ++bit) {
    const std::size_t q = exe_.qubits() - 1 - bit;
    std::array<Number, 2> cofactor{};
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      Number others = 1;
      for (int other = 0; other < exe_.shape().lane_bits; ++other)
        if (other != bit)
          others *= number(factors, (2 * (exe_.qubits() - 1 - other) + (lane >> other & 1)) * lanes_);
      cofactor[lane >> bit & 1] += by_lane[lane] * std::conj(others);
    }
    spread(cofactors, 2 * q, cofactor[0]);
    spread(cofactors, 2 * q + 1, cofactor[1]);
  }
}

template <class Real> void CircuitPass<Real>::probabilities(double *probability) {
  const State final = state(exe_.steps().size());
  const int n = exe_.qubits();
  for (std::size_t j = 0; j < std::size_t{1} << n; ++j) {
    const std::size_t k = single() ? j : j * lanes_;
    std::size_t index = 0;
    for (int q = 0; q < n; ++q)
      index = index << 1 | exe_.outputs()[q].of(static_cast<std::uint32_t>(j));
    const double re = final.re[k], im = final.im ? final.im[k] : Real{0};
    probability[index] = re * re + im * im;
  }
}

template <class Real> void CircuitPass<Real>::finish(Real *weight_gradient) {
  exe_.finish(base_, scratch_.gradient.data(), weight_gradient);
}

template class CircuitPass<float>;
template class CircuitPass<double>;

} // namespace duet
