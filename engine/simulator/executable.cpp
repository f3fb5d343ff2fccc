#include "engine/simulator/executable.h"
#include "engine/base/error.h"
#include "engine/base/limits.h"
#include <algorithm>
#include <cmath>
#include <utility>

namespace duet {
namespace {

/// From so many qubits on, one sample at a time with the lanes across its amplitudes.
constexpr int single_from_qubits = 13;
/// Larger states, if not kept, are worked on in tiles of 2^tile_bits vectors.
constexpr int whole_bits = 8;
constexpr int tile_bits = 6;
/// A rotation with a smaller cosine is not divided by it, nor one that would take the states' scale below
/// what leaves float ample range.
constexpr double smallest_cosine = 0.125;
constexpr double smallest_scale = 1e-9;

int log2_of(int power) { return __builtin_ctz(static_cast<unsigned>(power)); }

/// Adds those of `more` that are no sums of the rows already there.
void add_independent(std::vector<std::uint32_t> &rows, Rows &span, const std::vector<std::uint32_t> &more) {
  for (const std::uint32_t row : more)
    if (span.insert(row))
      rows.push_back(row);
}

} // namespace

template <class Real>
Executable<Real>::Executable(const Circuit &circuit, bool amplitudes, const CircuitTable<Real> &table,
                             const MemoryLimits &limits)
    : kernels_(table), features_(circuit.features), weights_(circuit.weights), amplitude_input_(amplitudes),
      limits_(limits) {
  if (circuit.qubits < 1 || circuit.qubits > most_qubits)
    throw Error(ExitCode::usage, "A circuit of " + std::to_string(circuit.qubits) +
                                     " qubits cannot be simulated: 1 to " + std::to_string(most_qubits) +
                                     " qubits are allowed.");
  const int lane_bits = circuit.qubits >= single_from_qubits ? log2_of(table.lanes) : 0;
  shape_ = {circuit.qubits, lane_bits, table.lanes};
  Plan plan = compile(circuit, !amplitudes, lane_bits);
  outputs_ = std::move(plan.outputs);
  add_chains(plan.chains);
  add_steps(passes_of(std::move(plan.steps)));
  look_for_gradients();
  readout_ = wire(outputs_, shape_);
  lay_out();
  link_chains();
  set_weights(std::vector<Real>(weights_, Real{0}));
}

template <class Real> void Executable<Real>::add_chains(const std::vector<std::vector<Block>> &chains) {
  chains_.resize(chains.size());
  for (std::size_t q = 0; q < chains.size(); ++q)
    for (const Block &block : chains[q]) {
      chains_[q].push_back(ready(block, true, Tile::whole(1)));
      chains_complex_ |= block.kind != CircuitKind::real;
      chains_have_gradient_ |= chains_[q].back().has_gradient();
    }
}

/// Two blocks in one pass where they can share one.
template <class Real>
std::vector<typename Executable<Real>::Pass> Executable<Real>::passes_of(std::vector<Step> steps) const {
  std::size_t kept = 0;
  const std::size_t padded = ReadyDiagonal<Real>::padded(qubits());
  std::vector<Pass> passes;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    Pass pass;
    Block *block = std::get_if<Block>(&steps[k]);
    Block *next = k + 1 < steps.size() ? std::get_if<Block>(&steps[k + 1]) : nullptr;
    if (block) {
      const bool both = next && can_share_pass(*block, *next, shape_);
      pass.blocks.push_back(std::move(*block));
      if (both)
        pass.blocks.push_back(std::move(*next));
      k += both;
    } else {
      pass.diagonal = std::move(std::get<Diagonal>(steps[k]));
      const bool learns = ReadyDiagonal<Real>(pass.diagonal, false).has_gradient();
      kept += (2 * padded + (learns ? shape_.vectors() * shape_.lanes : 0)) * sizeof(Real);
      pass.kept = kept <= limits_.tables;
    }
    passes.push_back(std::move(pass));
  }
  return passes;
}

/// Passes in tiles while the masks and rows of all fit in one.
template <class Real> void Executable<Real>::add_steps(std::vector<Pass> passes) {
  complex_before_ = {chains_complex_};
  const std::size_t kept = (passes.size() + 1) * 2 * shape_.vectors() * shape_.lanes * sizeof(Real);
  stored_ = shape_.lane_bits == 0 && kept <= limits_.states;
  const bool whole = stored_ || shape_.vector_bits() <= whole_bits;
  steps_.reserve(passes.size());
  for (std::size_t first = 0, last = 0; first < passes.size(); first = last) {
    Tile tile = whole ? Tile::whole(shape_.vector_bits()) : Tile();
    std::vector<std::uint32_t> rows; // independent ones
    Rows span;
    for (; last < passes.size(); ++last) {
      if (last > first && (must_be_alone(passes[last]) || must_be_alone(passes[first])))
        break;
      if (whole)
        continue;
      Tile grown = tile;
      std::vector<std::uint32_t> looked_at, more_rows = rows;
      Rows more_span = span;
      for (const Block &block : passes[last].blocks) {
        grown.insert(mixed_by(block, shape_));
        add_rows(block, shape_, looked_at);
      }
      add_independent(more_rows, more_span, looked_at);
      grown.separate(more_rows);
      if (last > first && grown.bits() > tile_bits)
        break;
      tile = std::move(grown);
      rows = std::move(more_rows);
      span = std::move(more_span);
    }
    tile.fill(std::min(tile_bits, shape_.vector_bits()));
    add_tile(std::span(passes).subspan(first, last - first), tile, rows);
  }
}

template <class Real>
void Executable<Real>::add_tile(std::span<Pass> passes, const Tile &tile,
                                const std::vector<std::uint32_t> &rows) {
  tiles_.push_back({steps_.size(),
                    steps_.size() + passes.size(),
                    walk_of(tile),
                    {},
                    tile.representatives(rows, shape_.vector_bits())});
  tiles_.back().walk = tiles_.back().tables.view();
  for (Pass &pass : passes) {
    ReadyStep<Real> step;
    bool complex = complex_before_.back() || pass.blocks.empty();
    step.blocks.reserve(pass.blocks.size());
    for (const Block &block : pass.blocks) {
      step.blocks.push_back(ready(block, false, tile));
      complex |= block.kind != CircuitKind::real;
    }
    if (pass.blocks.empty())
      step.diagonal = ReadyDiagonal<Real>(std::move(pass.diagonal), pass.kept);
    if (pass.blocks.size() == 2)
      step.wiring = wire(pass.blocks[0], pass.blocks[1], shape_, tile);
    step.quads = step.wiring.view();
    complex_before_.push_back(complex);
    steps_.push_back(std::move(step));
    pass = {};
  }
}

template <class Real> void Executable<Real>::look_for_gradients() {
  first_gradient_ = steps_.size();
  for (std::size_t k = steps_.size(); k-- > 0;) {
    bool learns = steps_[k].is_diagonal() && steps_[k].diagonal.has_gradient();
    for (const auto &block : steps_[k].blocks) {
      learns |= block.has_gradient();
      if (block.slot() >= 0)
        feature_blocks_.push_back(&block);
    }
    if (learns)
      first_gradient_ = k;
  }
  if (chains_have_gradient_)
    first_gradient_ = 0;
}

template <class Real>
ReadyBlock<Real> Executable<Real>::ready(const Block &block, bool chain, const Tile &tile) {
  int slot = -1;
  if (block.feature() >= 0) {
    const Angle &angle = block.run[0].angle;
    slot = static_cast<int>(half_angles_.size());
    half_angles_.push_back({angle.index, angle.scale / 2, angle.offset / 2});
  }
  return {block, shape_, tile, chain, slot};
}

/// What the kernels read of the chains, where the layout is known.
template <class Real> void Executable<Real>::link_chains() {
  const std::size_t lanes = shape_.lanes;
  std::size_t count = 0;
  for (const auto &chain : chains_)
    count += chain.size();
  links_.reserve(count);
  chain_starts_.reserve(chains_.size() * 4 * lanes + 1);
  for (std::size_t q = 0; q < chains_.size(); ++q) {
    const CircuitLink<Real> *first = links_.data() + links_.size();
    for (const auto &block : chains_[q]) {
      CircuitLink<Real> link{};
      link.kind = block.kind();
      link.learns = block.has_gradient();
      link.after = at_.chain_states + links_.size() * 4 * lanes;
      link.sums = block.sums;
      if (block.slot() >= 0) {
        const HalfAngle &angle = half_angles_[block.slot()];
        link.cosine = at_.cosine + block.slot() * lanes;
        link.sine = at_.sine + block.slot() * lanes;
        link.gradient = at_.feature_gradient + angle.feature * lanes;
        link.slope = static_cast<Real>(2 * angle.scale);
      } else {
        link.forward = block.forward();
        link.inverse = block.inverse();
      }
      links_.push_back(link);
    }
    const auto folded = static_cast<std::uint32_t>(!chains_[q].empty() && chains_[q][0].slot() < 0);
    chain_views_.push_back(
        {first, static_cast<std::uint32_t>(chains_[q].size()), folded, chain_starts_.data() + q * 4 * lanes});
  }
}

/// Each qubit's |0>, through its first gates where they are the same for every sample.
template <class Real> void Executable<Real>::fold_starts() {
  const std::size_t lanes = shape_.lanes;
  for (std::size_t q = 0; q < chains_.size(); ++q) {
    std::array<std::complex<double>, 2> column = {1, 0};
    if (chain_views_[q].folded)
      column = chains_[q][0].first_column(weight_values_);
    Real *start = chain_starts_.data() + q * 4 * lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane)
      for (int bit = 0; bit < 2; ++bit) {
        const std::complex<double> amplitude = (q == 0 ? start_scale_ : 1.0) * column[bit];
        start[bit * lanes + lane] = static_cast<Real>(amplitude.real());
        start[(2 + bit) * lanes + lane] = static_cast<Real>(amplitude.imag());
      }
  }
}

template <class Real> void Executable<Real>::lay_out() {
  const std::size_t lanes = shape_.lanes, line = 64 / sizeof(Real), n = shape_.qubits;
  std::size_t next = 0;
  const auto take = [&](std::size_t vectors) {
    return std::exchange(next, next + (vectors * lanes + line - 1) / line * line);
  };
  at_.cosine = take(half_angles_.size());
  at_.sine = take(half_angles_.size());
  at_.factors = take(4 * n);
  at_.cofactors = take(4 * n);
  std::size_t count = 1;
  for (const auto &chain : chains_)
    count += chain.size();
  at_.chain_states = take(4 * count);
  const std::size_t lefts = std::size_t{1} << left_qubits(), rights = std::size_t{1} << right_qubits();
  at_.left = take(2 * lefts);
  at_.right = take(2 * rights);
  at_.coleft = take(2 * lefts);
  at_.coright = take(2 * rights);
  at_.product_scratch = take(2 * std::max(lefts, rights));
  // Five lines between the planes, so that equal indices do not fall on equal cache sets.
  at_.plane = shape_.vectors() * lanes + 5 * line;
  const std::size_t state = 2 * at_.plane;
  at_.states = next;
  next += state * (stored_ ? steps_.size() + 1 : 1);
  at_.costate = next;
  next += state;
  at_.parity = take(2 * n);
  at_.pattern = take(std::size_t{1} << readout_.extra);
  at_.readout_scratch = take(readout_.walk.high.size() + readout_.walk.low.size());
  at_.feature_gradient = take(features_);
  const bool tables = std::any_of(steps_.begin(), steps_.end(), [](const auto &step) {
    return step.is_diagonal() && !step.diagonal.kept();
  });
  at_.table = take(tables ? (2 * ReadyDiagonal<Real>::plane(qubits()) + lanes - 1) / lanes : 0);
  worked_out_ = tables ? ReadyDiagonal<Real>::padded(qubits()) : 0;
  const auto each_block = [&](const auto &body) {
    for (auto &chain : chains_)
      for (auto &block : chain)
        body(block);
    for (auto &step : steps_)
      for (auto &block : step.blocks)
        body(block);
  };
  each_block([&](ReadyBlock<Real> &b) { b.coefficients = take(b.coefficient_vectors()); });
  at_.sums = next;
  each_block([&](ReadyBlock<Real> &b) {
    if (b.slot() < 0 && b.has_gradient())
      b.sums = take(b.sum_vectors());
  });
  for (auto &step : steps_)
    if (step.is_diagonal() && step.diagonal.has_gradient() && step.diagonal.kept())
      step.diagonal.sums = take(shape_.vectors());
  // One place for all sums that nobody looks at, or not for long.
  std::size_t most = shape_.vectors();
  each_block([&](ReadyBlock<Real> &b) { most = std::max(most, b.sum_vectors()); });
  const std::size_t shared = take(most);
  at_.sums_end = next;
  each_block([&](ReadyBlock<Real> &b) {
    if (b.slot() < 0 && !b.has_gradient())
      b.sums = shared;
    if (b.slot() >= 0)
      b.sums = take(b.sum_vectors());
  });
  for (auto &step : steps_)
    if (step.is_diagonal() && (!step.diagonal.has_gradient() || !step.diagonal.kept()))
      step.diagonal.sums = shared;
  at_.feature_sums_end = next;
  at_.end = next;
}

template <class Real> void Executable<Real>::set_weights(std::span<const Real> values) {
  if (static_cast<int>(values.size()) != weights_)
    throw Error(ExitCode::usage, "A circuit with " + std::to_string(weights_) + " weights was given " +
                                     std::to_string(values.size()) + ".");
  weight_values_.assign(values.begin(), values.end());
  double scale = 1; // what the states after this step are multiplied by
  for (std::size_t k = steps_.size(); k-- > 0;) {
    ReadyStep<Real> &step = steps_[k];
    // With kept states the scales of state and co-state cancel; restored states grow as the co-state does.
    const double sums_scale = stored_ ? 1 : scale * scale;
    for (auto &block : step.blocks)
      block.set_sums_scale(sums_scale);
    if (step.is_diagonal()) {
      step.diagonal.set_sums_scale(sums_scale);
      step.diagonal.fill(qubits(), weight_values_, std::exchange(scale, 1), kernels_, phases_);
    } else {
      scale = set_pass(step.blocks, scale);
    }
  }
  start_scale_ = scale;
  for (auto &chain : chains_)
    for (auto &block : chain)
      block.fill(weight_values_, 1, false);
  fold_starts();
}

/// Sets the numbers of a pass; returns what the states before it are multiplied by.
template <class Real>
double Executable<Real>::set_pass(std::vector<ReadyBlock<Real>> &blocks, double scale_after) const {
  double cosines = 1;
  bool turns = true;
  for (auto &block : blocks) {
    turns &= block.is_turn();
    if (turns) {
      const double cosine = std::abs(block.cosine(weight_values_));
      turns = cosine >= smallest_cosine;
      cosines *= cosine;
    }
  }
  turns &= cosines * scale_after >= smallest_scale;
  for (auto &block : blocks)
    block.fill(weight_values_, turns ? 1 / block.cosine(weight_values_) : 1, turns);
  return turns ? cosines * scale_after : scale_after;
}

template <class Real>
void Executable<Real>::finish(Real *scratch, double *gradient, Real *weight_gradient) const {
  for (const auto &chain : chains_)
    for (const auto &block : chain)
      block.add_gradient(scratch, weight_values_, gradient);
  for (const auto &step : steps_) {
    for (const auto &block : step.blocks)
      block.add_gradient(scratch, weight_values_, gradient);
    if (step.is_diagonal() && step.diagonal.kept())
      add_gradient(step.diagonal, scratch, gradient);
  }
  std::transform(gradient, gradient + weights_, weight_gradient,
                 [](double g) { return static_cast<Real>(g); });
}

template class Executable<float>;
template class Executable<double>;

} // namespace duet
