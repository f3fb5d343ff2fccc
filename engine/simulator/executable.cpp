#include "engine/simulator/executable.h"
#include "engine/base/error.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

/// From so many qubits on, one sample at a time with the lanes across its amplitudes.
constexpr int single_from_qubits = 13;
constexpr int most_qubits = 20;
/// States between the steps are kept for the way back while all of them fit so much of the L2 cache.
constexpr std::size_t stored_bytes = 800 * 1024;
/// Larger states, if not kept, are worked on in tiles of 2^tile_bits vectors.
constexpr int whole_bits = 8;
constexpr int tile_bits = 6;
/// A rotation with a smaller cosine is not divided by it, nor one that would take the states' scale below
/// what leaves float ample range.
constexpr double smallest_cosine = 0.125;
constexpr double smallest_scale = 1e-9;

int log2_of(int power) { return __builtin_ctz(static_cast<unsigned>(power)); }

/// The row of the block's matrix that an index is (`where` as in BlockWiring): diagonal, off-diagonal.
std::pair<Complex, Complex> matrix_row(const Matrix2 &u, int action, int bit) {
  if (action == 0)
    return {1, 0};
  const Complex off = action > 0 ? u[bit * 2 + 1 - bit] : std::conj(u[(1 - bit) * 2 + bit]);
  return {action > 0 ? u[bit * 3] : std::conj(u[bit * 3]), off};
}

} // namespace

template <class Real>
Executable<Real>::Executable(const Circuit &circuit, bool amplitudes, const CircuitTable<Real> &table)
    : kernels(table), features(circuit.features), weights(circuit.weights), amplitude_input(amplitudes) {
  if (circuit.qubits < 1 || circuit.qubits > most_qubits)
    throw Error(ExitCode::usage, "A circuit of " + std::to_string(circuit.qubits) +
                                     " qubits cannot be simulated: 1 to 20 qubits are allowed.");
  const int lane_bits = circuit.qubits >= single_from_qubits ? log2_of(table.lanes) : 0;
  plan = compile(circuit, !amplitudes, lane_bits);
  shape = {plan.qubits, lane_bits, table.lanes};
  chains.resize(plan.chains.size());
  for (std::size_t q = 0; q < plan.chains.size(); ++q)
    for (const Block &block : plan.chains[q]) {
      chains[q].push_back(ready(block, true, Tile::whole(1)));
      chains_complex |= block.kind != CircuitKind::real;
      chains_have_gradient |= chains[q].back().has_gradient();
    }
  add_steps();
  readout = wire(plan.outputs, shape);
  left_qubits = shape.vector_bits() / 2;
  right_qubits = shape.vector_bits() - left_qubits;
  lay_out();
  link_chains();
  set_weights(std::vector<Real>(weights, Real{0}));
}

/// Steps in passes (two blocks where they can share one), passes in tiles while the masks and rows of all
/// fit in one.
template <class Real> void Executable<Real>::add_steps() {
  std::vector<Pass> passes;
  for (std::size_t k = 0; k < plan.steps.size(); ++k) {
    passes.emplace_back();
    const Block *block = std::get_if<Block>(&plan.steps[k]);
    const Block *next = k + 1 < plan.steps.size() ? std::get_if<Block>(&plan.steps[k + 1]) : nullptr;
    if (block)
      passes.back().blocks.push_back(*block);
    else
      passes.back().diagonal = std::get<Diagonal>(plan.steps[k]);
    if (block && next && can_share_pass(*block, *next, shape)) {
      passes.back().blocks.push_back(*next);
      ++k;
    }
  }
  complex_before = {chains_complex};
  const std::size_t kept = (passes.size() + 1) * 2 * shape.vectors() * shape.lanes * sizeof(Real);
  stored = shape.lane_bits == 0 && kept <= stored_bytes;
  const bool whole = stored || shape.vector_bits() <= whole_bits;
  for (std::size_t first = 0, last = 0; first < passes.size(); first = last) {
    Tile tile = whole ? Tile::whole(shape.vector_bits()) : Tile();
    std::vector<std::uint32_t> rows;
    for (; last < passes.size(); ++last) {
      Tile grown = tile;
      auto more_rows = rows;
      for (const Block &block : passes[last].blocks) {
        grown.insert(mixed_by(block, shape));
        add_rows(block, shape, more_rows);
      }
      grown.separate(more_rows);
      if (!whole && last > first && grown.bits() > tile_bits)
        break;
      tile = std::move(grown);
      rows = std::move(more_rows);
    }
    tile.fill(std::min(tile_bits, shape.vector_bits()));
    add_tile(passes, first, last, tile, rows);
  }
  first_gradient = steps.size();
  for (std::size_t k = steps.size(); k-- > 0;) {
    bool learns = steps[k].blocks.empty();
    for (const auto &block : steps[k].blocks) {
      learns |= block.has_gradient();
      if (block.slot >= 0)
        feature_blocks.push_back(&block);
    }
    if (learns)
      first_gradient = k;
  }
  if (chains_have_gradient)
    first_gradient = 0;
}

template <class Real>
void Executable<Real>::add_tile(const std::vector<Pass> &passes, std::size_t first, std::size_t last,
                                const Tile &tile, const std::vector<std::uint32_t> &rows) {
  ReadyTile ready_tile{first, last, walk_of(tile), {}, tile.representatives(rows, shape.vector_bits())};
  for (std::size_t k = first; k < last; ++k) {
    ReadyStep<Real> step;
    const auto &blocks = passes[k].blocks;
    bool complex = complex_before.back() || blocks.empty();
    for (const Block &block : blocks) {
      step.blocks.push_back(ready(block, false, tile));
      complex |= block.kind != CircuitKind::real;
    }
    step.diagonal.terms = passes[k].diagonal;
    if (blocks.size() == 2)
      step.wiring = wire(blocks[0], blocks[1], shape, tile);
    step.quads = step.wiring.view();
    complex_before.push_back(complex);
    steps.push_back(std::move(step));
  }
  tiles.push_back(std::move(ready_tile));
  tiles.back().walk = tiles.back().tables.view();
}

/// What the kernels read of the chains, where the layout is known.
template <class Real> void Executable<Real>::link_chains() {
  const std::size_t lanes = shape.lanes;
  std::size_t count = 0;
  for (const auto &chain : chains)
    count += chain.size();
  links.reserve(count);
  chain_starts.reserve(chains.size() * 4 * lanes + 1);
  for (std::size_t q = 0; q < chains.size(); ++q) {
    const CircuitLink<Real> *first = links.data() + links.size();
    for (const auto &block : chains[q]) {
      CircuitLink<Real> link{};
      link.kind = block.block.kind;
      link.learns = block.has_gradient();
      link.after = at.chain_states + links.size() * 4 * lanes;
      link.sums = block.sums;
      if (block.slot >= 0) {
        link.cosine = at.cosine + block.slot * lanes;
        link.sine = at.sine + block.slot * lanes;
        link.gradient = at.feature_gradient + half_angles[block.slot].feature * lanes;
        link.slope = static_cast<Real>(2 * half_angles[block.slot].scale);
      } else {
        link.forward = block.forward.data();
        link.inverse = block.inverse.data();
      }
      links.push_back(link);
    }
    const auto folded = static_cast<std::uint32_t>(!chains[q].empty() && chains[q][0].slot < 0);
    chain_views.push_back(
        {first, static_cast<std::uint32_t>(chains[q].size()), folded, chain_starts.data() + q * 4 * lanes});
  }
}

/// Each qubit's |0>, through its first gates where they are the same for every sample.
template <class Real> void Executable<Real>::fold_starts() {
  const std::size_t lanes = shape.lanes;
  for (std::size_t q = 0; q < chains.size(); ++q) {
    const Matrix2 u =
        chain_views[q].folded ? matrix_of(chains[q][0].block.run, weight_values_) : Matrix2{1, 0, 0, 1};
    Real *start = chain_starts.data() + q * 4 * lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane)
      for (int bit = 0; bit < 2; ++bit) {
        const Complex amplitude = (q == 0 ? start_scale : 1.0) * u[bit * 2];
        start[bit * lanes + lane] = static_cast<Real>(amplitude.real());
        start[(2 + bit) * lanes + lane] = static_cast<Real>(amplitude.imag());
      }
  }
}

template <class Real>
ReadyBlock<Real> Executable<Real>::ready(const Block &block, bool chain, const Tile &tile) {
  ReadyBlock<Real> result;
  result.block = block;
  result.chain = chain;
  result.wiring = wire(block, chain ? Shape{1, 0, shape.lanes} : shape, tile);
  result.pairs = result.wiring.view();
  const std::size_t walked =
      result.wiring.bases.size() * result.wiring.walk.high.size() * result.wiring.walk.low.size();
  result.partial = walked * (result.wiring.partner ? 2 : 1) < std::size_t{1} << tile.bits();
  const std::size_t size = std::size_t(result.rows()) * result.coefficient_vectors() * shape.lanes;
  if (block.feature() >= 0) {
    const Angle &angle = block.run[0].angle;
    result.slot = static_cast<int>(half_angles.size());
    half_angles.push_back({angle.index, angle.scale / 2, angle.offset / 2});
    prepare_feature(result);
  } else {
    result.forward.reserve(size);
    result.inverse.reserve(size);
  }
  return result;
}

template <class Real> void Executable<Real>::prepare_feature(ReadyBlock<Real> &block) const {
  block.of_cosine.reserve(block.wiring.where.size());
  block.of_sine.reserve(block.wiring.where.size());
  for (std::size_t k = 0; k < block.wiring.where.size(); ++k) {
    const int where = block.wiring.where[k], action = block.block.action[where >> 1];
    block.of_cosine.data()[k] = static_cast<Real>(action != 0);
    const bool down = block.block.kind == CircuitKind::imaginary || (where & 1) == 0;
    block.of_sine.data()[k] = static_cast<Real>(down ? -action : action);
  }
}

template <class Real> void Executable<Real>::lay_out() {
  const std::size_t lanes = shape.lanes, line = 64 / sizeof(Real), n = plan.qubits;
  std::size_t next = 0;
  const auto take = [&](std::size_t vectors) {
    const std::size_t offset = next;
    next += (vectors * lanes + line - 1) / line * line;
    return offset;
  };
  at.cosine = take(half_angles.size());
  at.sine = take(half_angles.size());
  at.factors = take(4 * n);
  at.cofactors = take(4 * n);
  std::size_t count = 1;
  for (const auto &chain : chains)
    count += chain.size();
  at.chain_states = take(4 * count);
  const std::size_t lefts = std::size_t{1} << left_qubits, rights = std::size_t{1} << right_qubits;
  at.left = take(2 * lefts);
  at.right = take(2 * rights);
  at.coleft = take(2 * lefts);
  at.coright = take(2 * rights);
  at.product_scratch = take(2 * std::max(lefts, rights));
  // Five lines between the planes, so that equal indices do not fall on equal cache sets.
  at.plane = shape.vectors() * lanes + 5 * line;
  const std::size_t state = 2 * at.plane;
  at.states = next;
  next += state * (stored ? steps.size() + 1 : 1);
  at.costate = next;
  next += state;
  at.parity = take(2 * n);
  at.pattern = take(std::size_t{1} << readout.extra);
  at.readout_scratch = take(readout.walk.high.size() + readout.walk.low.size());
  at.feature_gradient = take(features);
  const auto each_block = [&](const auto &body) {
    for (auto &chain : chains)
      for (auto &block : chain)
        body(block);
    for (auto &step : steps)
      for (auto &block : step.blocks)
        body(block);
  };
  each_block([&](ReadyBlock<Real> &b) {
    if (b.slot >= 0 && !b.chain)
      b.coefficients = take(2 * b.rows() * b.coefficient_vectors());
  });
  at.sums = next;
  each_block([&](ReadyBlock<Real> &b) {
    if (b.slot < 0)
      b.sums = take(b.rows() * b.sum_vectors());
  });
  for (auto &step : steps)
    if (step.blocks.empty())
      step.diagonal.sums = take(shape.vectors());
  at.sums_end = next;
  each_block([&](ReadyBlock<Real> &b) {
    if (b.slot >= 0 && !b.chain)
      b.sums = take(b.rows() * b.sum_vectors());
  });
  at.feature_sums_end = next;
  at.end = next;
}

template <class Real> void Executable<Real>::set_weights(std::span<const Real> values) {
  if (static_cast<int>(values.size()) != weights)
    throw Error(ExitCode::usage, "A circuit with " + std::to_string(weights) + " weights was given " +
                                     std::to_string(values.size()) + ".");
  weight_values_.assign(values.begin(), values.end());
  double scale = 1; // what the states after this step are multiplied by
  for (std::size_t k = steps.size(); k-- > 0;) {
    // With kept states the scales of state and co-state cancel; restored states grow as the co-state does.
    const double sums_scale = stored ? 1 : scale * scale;
    for (auto &block : steps[k].blocks)
      block.sums_scale = sums_scale;
    if (steps[k].blocks.empty()) {
      steps[k].diagonal.sums_scale = sums_scale;
      fill(steps[k].diagonal, scale);
      scale = 1;
    } else {
      scale = set_pass(steps[k].blocks, scale);
    }
  }
  start_scale = scale;
  for (auto &chain : chains)
    for (auto &block : chain)
      if (block.slot < 0)
        fill(block, 1);
  fold_starts();
}

/// Sets the coefficients of a pass; returns what the states before it are multiplied by.
template <class Real>
double Executable<Real>::set_pass(std::vector<ReadyBlock<Real>> &blocks, double scale_after) const {
  double cosines = 1;
  bool turns = true;
  for (auto &block : blocks) {
    turns &= block.is_turn();
    if (turns) {
      const double cosine = std::abs(matrix_of(block.block.run, weight_values_)[0].real());
      turns = cosine >= smallest_cosine;
      cosines *= cosine;
    }
  }
  turns &= cosines * scale_after >= smallest_scale;
  for (auto &block : blocks) {
    block.unit = turns;
    if (block.slot < 0)
      fill(block, turns ? 1 / matrix_of(block.block.run, weight_values_)[0].real() : 1);
  }
  return turns ? cosines * scale_after : scale_after;
}

template <class Real> void Executable<Real>::fill(ReadyBlock<Real> &block, double scale) const {
  const Matrix2 u = matrix_of(block.block.run, weight_values_);
  const int lanes = shape.lanes, vectors = block.coefficient_vectors();
  for (std::size_t k = 0; k < block.wiring.where.size(); ++k) {
    const int where = block.wiring.where[k], action = block.block.action[where >> 1], bit = where & 1;
    const std::size_t first = k / lanes * lanes * vectors + k % lanes;
    for (const int direction : {1, -1}) {
      auto [diagonal, off] = matrix_row(u, direction * action, bit);
      diagonal *= scale;
      off *= scale;
      Real *to = (direction > 0 ? block.forward : block.inverse).data() + first;
      to[0] = static_cast<Real>(diagonal.real());
      switch (block.block.kind) {
      case CircuitKind::real:
        to[lanes] = static_cast<Real>(off.real());
        break;
      case CircuitKind::imaginary:
        to[lanes] = static_cast<Real>(off.imag());
        break;
      case CircuitKind::phase:
        to[lanes] = static_cast<Real>(diagonal.imag());
        break;
      default:
        to[lanes] = static_cast<Real>(diagonal.imag());
        to[2 * lanes] = static_cast<Real>(off.real());
        to[3 * lanes] = static_cast<Real>(off.imag());
      }
    }
  }
}

template <class Real> void Executable<Real>::fill(ReadyDiagonal<Real> &diagonal, double scale) {
  const std::size_t padded = std::max<std::size_t>(std::size_t{1} << plan.qubits, 64);
  phases_.reserve(padded);
  std::fill(phases_.data(), phases_.data() + padded, 0.0);
  for (const PhaseTerm &term : diagonal.terms)
    phases_.data()[term.row] += value_of(term.angle, weight_values_);
  kernels.walsh_double(plan.qubits, phases_.data());
  diagonal.re.reserve(padded);
  diagonal.im.reserve(padded);
  kernels.cis(padded, phases_.data(), diagonal.re.data(), diagonal.im.data());
  if (scale != 1)
    for (std::size_t j = 0; j < padded; ++j) {
      diagonal.re.data()[j] *= static_cast<Real>(scale);
      diagonal.im.data()[j] *= static_cast<Real>(scale);
    }
}

template <class Real>
void Executable<Real>::finish(Real *scratch, double *gradient, Real *weight_gradient) const {
  std::fill(gradient, gradient + weights, 0.0);
  for (const auto &chain : chains)
    for (const auto &block : chain)
      add_gradient(block, scratch, gradient);
  for (const auto &step : steps) {
    for (const auto &block : step.blocks)
      add_gradient(block, scratch, gradient);
    if (step.blocks.empty())
      add_gradient(step.diagonal, scratch, gradient);
  }
  std::transform(gradient, gradient + weights, weight_gradient,
                 [](double g) { return static_cast<Real>(g); });
}

template <class Real>
void Executable<Real>::add_gradient(const ReadyBlock<Real> &block, const Real *scratch,
                                    double *gradient) const {
  if (!block.block.has_weights())
    return;
  const int lanes = shape.lanes, vectors = block.sum_vectors();
  const CircuitKind kind = block.block.kind;
  // Of a chain in single-sample mode all lanes hold the same sample: one of them counts.
  const int counted = block.chain && shape.lane_bits ? 1 : lanes;
  std::array<double, 2> own{}, partner_re{}, partner_im{}; // [target's bit], signed by the action
  for (int row = 0; row < block.rows(); ++row)
    for (int lane = 0; lane < counted; ++lane) {
      const int where = block.wiring.where[row * lanes + lane], bit = where & 1;
      const double sign = block.block.action[where >> 1];
      const Real *sum = scratch + block.sums + row * vectors * lanes + lane;
      if (kind == CircuitKind::real)
        partner_re[bit] += sign * sum[0];
      else if (kind == CircuitKind::imaginary)
        partner_im[bit] += sign * sum[0];
      else
        own[bit] += sign * sum[0];
      if (kind == CircuitKind::general) {
        partner_re[bit] += sign * sum[lanes];
        partner_im[bit] += sign * sum[2 * lanes];
      }
    }
  for (std::size_t f = 0; f < block.block.run.size(); ++f) {
    const Factor &factor = block.block.run[f];
    if (factor.axis == 'h' || factor.axis == 'n' || factor.angle.source != Angle::Source::weight)
      continue;
    const Matrix2 g = generator_of(block.block.run, f, weight_values_);
    double sum = 0;
    for (int bit = 0; bit < 2; ++bit)
      sum += g[bit * 2 + 1 - bit].real() * partner_re[bit] - g[bit * 2 + 1 - bit].imag() * partner_im[bit] -
             g[bit * 3].imag() * own[bit];
    gradient[factor.angle.index] += 2 * block.sums_scale * factor.angle.scale * sum;
  }
}

template <class Real>
void Executable<Real>::add_gradient(const ReadyDiagonal<Real> &diagonal, Real *scratch,
                                    double *gradient) const {
  Real *sums = scratch + diagonal.sums;
  if (shape.lane_bits == 0)
    kernels.sum_lanes(shape.vectors(), sums);
  kernels.walsh(plan.qubits, sums);
  for (const PhaseTerm &term : diagonal.terms)
    if (term.angle.source == Angle::Source::weight)
      gradient[term.angle.index] -=
          2 * diagonal.sums_scale * term.angle.scale * static_cast<double>(sums[term.row]);
}

template struct Executable<float>;
template struct Executable<double>;

} // namespace duet
