// train --explain-step: what single optimiser steps did, as tables.
#pragma once
#include "engine/training/explained_step.h"
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace duet {

/// One sentence on the batch, then a line a tensor: norms of gradient, weights and update, and the share of
/// the gradient that is 0.
std::string step_table(const ExplainedStep &step);

/// The steps that were asked for.
class StepTables {
public:
  StepTables() = default;
  /// numbers: as typed, counted over the run from 1. Throws Error (exit 2).
  explicit StepTables(const std::vector<std::string> &numbers);
  /// Throws Error (exit 2) when one of them is not among the steps first .. last, all that are to come.
  void require_within(std::uint64_t first, std::uint64_t last) const;
  bool wants(std::uint64_t step) const { return steps_.contains(step); }
  /// "" or a sentence on those that are later than the run has come.
  std::string missed(std::uint64_t reached) const;

private:
  std::set<std::uint64_t> steps_;
};

} // namespace duet
