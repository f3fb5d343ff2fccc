#include "engine/simulator/compile.h"
#include "engine/simulator/heaviest_rows.h"
#include <algorithm>
#include <span>
#include <tuple>
#include <unordered_map>

namespace duet {
namespace {

/// A block looks so far ahead for another to share its pass with.
constexpr int look_ahead = 100;

const Block *block_of(const Step &step) { return std::get_if<Block>(&step); }
const PhaseTerm &phase_of(const Step &step) { return std::get<Diagonal>(step).front(); }

/// By what a block flips an index.
std::uint32_t mask_of(const Block &block) { return block.kind == CircuitKind::phase ? 0 : block.mask; }

/// Calls body(row) for every parity that a block looks at. One of X-rotations looks at its controls only.
template <class Body> void each_row(const Block &block, const Body &body) {
  if (block.kind != CircuitKind::imaginary)
    body(block.target.row);
  for (const Parity &control : block.controls)
    body(control.row);
}

/// Two blocks that could be done in one pass (engine/simulator/wiring.h), as they are both ready.
bool can_pair(const Block &block) { return block.kind != CircuitKind::general && block.controls.empty(); }
bool alike(const Block &a, const Block &b) {
  return can_pair(a) && can_pair(b) && a.kind == b.kind && a.mask != b.mask;
}

/// A phase whose angle is a feature is a block of its own, for its angle differs from sample to sample.
Step feature_phase(const PhaseTerm &term) {
  Block block;
  block.kind = CircuitKind::phase;
  block.mask = std::uint32_t{1} << (31 - __builtin_clz(term.row));
  block.target = {term.row, false};
  Angle angle = term.angle; // exp(-i (-2 angle) Z / 2)
  angle.scale *= -2;
  angle.offset *= -2;
  block.run = {{'z', angle}};
  return block;
}

/// Phases that commute, those of equal row and source summed.
class GatheredPhases {
public:
  void add(const PhaseTerm &term) {
    const auto [known, is_new] = places_.try_emplace(key_of(term), terms_.size());
    if (is_new) {
      terms_.push_back(term);
      return;
    }
    terms_[known->second].angle.scale += term.angle.scale;
    terms_[known->second].angle.offset += term.angle.offset;
  }
  bool empty() const { return terms_.empty(); }
  Diagonal take() { return std::move(terms_); }

private:
  using Key = std::tuple<std::uint32_t, Angle::Source, int>;
  struct Hash {
    std::size_t operator()(const Key &key) const {
      const auto [row, source, index] = key;
      return std::hash<std::uint64_t>()((std::uint64_t{row} << 32 | std::uint32_t(index)) * 3 +
                                        std::uint64_t(source));
    }
  };
  static Key key_of(const PhaseTerm &term) { return {term.row, term.angle.source, term.angle.index}; }

  Diagonal terms_;
  std::unordered_map<Key, std::size_t, Hash> places_;
};

/// Steps go in stages: in each first blocks, then phases, all as early as they can. A step is in the first
/// stage that lets it come after everything before it that it does not commute with.
class Scheduler {
public:
  explicit Scheduler(std::vector<Step> steps) : steps_(std::move(steps)) {}

  std::vector<Step> run() {
    drop_dead();
    find_stages();
    const auto order = by_stage();
    for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
      while (to < order.size() && key_of(order[to]) == key_of(order[from]))
        ++to;
      const std::span<const std::uint32_t> part(order.data() + from, to - from);
      block_of(steps_[part[0]]) ? emit_blocks(part) : emit_phases(part);
    }
    return std::move(result_);
  }

private:
  /// Phases that no later block can turn into something to be seen.
  void drop_dead() {
    stage_.assign(steps_.size(), 0);
    RowSpan later_masks;
    for (std::size_t k = steps_.size(); k-- > 0;)
      if (const Block *block = block_of(steps_[k])) {
        later_masks.add(mask_of(*block));
        all_rows_.add(block->target.row);
        each_row(*block, [&](std::uint32_t row) { all_rows_.add(row); });
      } else if (!later_masks.odd_with(phase_of(steps_[k]).row))
        stage_[k] = dead;
  }

  void find_stages() {
    HeaviestRows masks, rows; // weighed by the stage that they let come next
    for (std::size_t k = 0; k < steps_.size(); ++k) {
      if (stage_[k] == dead)
        continue;
      const Block *block = block_of(steps_[k]);
      if (!block) {
        const std::uint32_t row = phase_of(steps_[k]).row;
        stage_[k] = masks.heaviest_odd(row, 0);
        rows.add(row, stage_[k] + 1);
        continue;
      }
      int stage = rows.heaviest_odd(mask_of(*block), 0);
      each_row(*block, [&](std::uint32_t row) { stage = std::max(stage, masks.heaviest_odd(row, 0)); });
      stage_[k] = stage;
      masks.add(mask_of(*block), stage);
      each_row(*block, [&](std::uint32_t row) { rows.add(row, stage); });
    }
  }

  /// Blocks of a stage before its phases.
  int key_of(std::uint32_t step) const { return 2 * stage_[step] + (block_of(steps_[step]) ? 0 : 1); }

  std::vector<std::uint32_t> by_stage() const {
    std::vector<std::uint32_t> order;
    for (std::size_t k = 0; k < steps_.size(); ++k)
      if (stage_[k] != dead)
        order.push_back(std::uint32_t(k));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return key_of(a) < key_of(b); });
    return order;
  }

  /// In their order, but after a block, if there is one, another that can share its pass.
  void emit_blocks(std::span<const std::uint32_t> part) {
    std::vector<bool> done(part.size(), false);
    for (std::size_t k = 0; k < part.size(); ++k) {
      if (done[k])
        continue;
      const std::size_t partner = partner_of(part, done, k);
      result_.push_back(std::move(steps_[part[k]]));
      if (partner < part.size()) {
        result_.push_back(std::move(steps_[part[partner]]));
        done[partner] = true;
      }
    }
  }

  /// The first alike block that everything in between lets pass; part.size() if there is none.
  std::size_t partner_of(std::span<const std::uint32_t> part, const std::vector<bool> &done,
                         std::size_t k) const {
    const Block &own = *block_of(steps_[part[k]]);
    if (!can_pair(own))
      return part.size();
    RowSpan masks, rows; // of those in between
    int looked_at = 0;
    for (std::size_t other = k + 1; other < part.size() && looked_at < look_ahead; ++other) {
      if (done[other])
        continue;
      ++looked_at;
      const Block &block = *block_of(steps_[part[other]]);
      if (alike(own, block)) {
        bool free = !rows.odd_with(mask_of(block));
        each_row(block, [&](std::uint32_t row) { free = free && !masks.odd_with(row); });
        if (free)
          return other;
      }
      masks.add(mask_of(block));
      each_row(block, [&](std::uint32_t row) { rows.add(row); });
      if (rows.rank() == all_rows_.rank()) // each block's own target is among them: none gets past
        break;
    }
    return part.size();
  }

  void emit_phases(std::span<const std::uint32_t> part) {
    GatheredPhases gathered;
    for (const std::uint32_t k : part)
      if (phase_of(steps_[k]).angle.source == Angle::Source::feature)
        result_.push_back(feature_phase(phase_of(steps_[k])));
      else
        gathered.add(phase_of(steps_[k]));
    if (!gathered.empty())
      result_.emplace_back(gathered.take());
  }

  static constexpr int dead = -1;
  std::vector<Step> steps_;
  std::vector<int> stage_;
  RowSpan all_rows_; ///< the targets and controls of all blocks
  std::vector<Step> result_;
};

} // namespace

std::vector<Step> schedule(std::vector<Step> steps) { return Scheduler(std::move(steps)).run(); }

} // namespace duet
