#include "engine/simulator/compile.h"
#include <algorithm>

namespace duet {
namespace {

bool odd(std::uint32_t bits) { return __builtin_popcount(bits) & 1; }

/// Does flipping by `mask` leave alone every bit that the step looks at? A step of X-rotations looks at
/// its controls only.
bool blind_to(const Step &step, std::uint32_t mask) {
  if (const auto *diagonal = std::get_if<Diagonal>(&step))
    return std::none_of(diagonal->begin(), diagonal->end(),
                        [&](const PhaseTerm &t) { return odd(t.row & mask); });
  const Block &block = std::get<Block>(step);
  return (block.kind == CircuitKind::imaginary || !odd(block.target.row & mask)) &&
         std::none_of(block.controls.begin(), block.controls.end(),
                      [&](const Parity &c) { return odd(c.row & mask); });
}

std::uint32_t mask_of(const Step &step) {
  const Block *block = std::get_if<Block>(&step);
  return block && block->kind != CircuitKind::phase ? block->mask : 0;
}

bool commute(const Step &a, const Step &b) { return blind_to(a, mask_of(b)) && blind_to(b, mask_of(a)); }

/// Two blocks that could be done in one pass (engine/simulator/wiring.h), as they are both ready.
bool alike(const Step &a, const Step &b) {
  const Block &first = std::get<Block>(a), &second = std::get<Block>(b);
  return first.kind == second.kind && first.kind != CircuitKind::general && first.controls.empty() &&
         second.controls.empty() && first.mask != second.mask;
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

/// Sums the terms of equal row and source.
void merge(Diagonal &diagonal, const PhaseTerm &term) {
  for (PhaseTerm &known : diagonal)
    if (known.row == term.row && known.angle.source == term.angle.source &&
        known.angle.index == term.angle.index) {
      known.angle.scale += term.angle.scale;
      known.angle.offset += term.angle.offset;
      return;
    }
  diagonal.push_back(term);
}

} // namespace

std::vector<Step> schedule(const std::vector<Step> &steps) {
  const std::size_t count = steps.size();
  std::vector<std::vector<std::size_t>> after(count); // those that must come after, by not commuting
  std::vector<std::size_t> before(count, 0);          // how many must come before
  std::vector<bool> dead(count, false);
  const auto is_phase = [&](std::size_t k) { return std::holds_alternative<Diagonal>(steps[k]); };
  for (std::size_t k = count; k-- > 0;) {
    for (std::size_t later = k + 1; later < count; ++later)
      if (!dead[later] && !commute(steps[k], steps[later]))
        after[k].push_back(later);
    dead[k] = is_phase(k) && after[k].empty();
    if (!dead[k])
      for (const std::size_t later : after[k])
        ++before[later];
  }
  std::vector<Step> result;
  std::vector<bool> done = dead;
  const auto finish = [&](std::size_t k) {
    done[k] = true;
    for (const std::size_t later : after[k])
      --before[later];
  };
  const auto ready = [&](std::size_t k) { return !done[k] && !is_phase(k) && before[k] == 0; };
  // Every block that waits for no phase; after a block, if there is one, another that can share its pass.
  const auto blocks = [&] {
    bool any = false;
    for (std::size_t k = 0; k < count; ++k) {
      if (!ready(k))
        continue;
      result.push_back(steps[k]);
      finish(k);
      any = true;
      for (std::size_t other = k + 1; other < count; ++other)
        if (ready(other) && alike(steps[k], steps[other])) {
          result.push_back(steps[other]);
          finish(other);
          break;
        }
    }
    return any;
  };
  while (std::find(done.begin(), done.end(), false) != done.end()) {
    if (blocks())
      continue;
    Diagonal gathered;
    for (std::size_t k = 0; k < count; ++k)
      if (!done[k] && is_phase(k) && before[k] == 0) {
        const PhaseTerm &term = std::get<Diagonal>(steps[k]).front();
        if (term.angle.source == Angle::Source::feature)
          result.push_back(feature_phase(term));
        else
          merge(gathered, term);
        finish(k);
      }
    if (!gathered.empty())
      result.emplace_back(std::move(gathered));
  }
  return result;
}

} // namespace duet
