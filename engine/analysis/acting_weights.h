// How much of a circuit can be trained at all.
#pragma once
#include "engine/analysis/dead_weights.h"

namespace duet {

/// Every weight is in one of three groups: it acts, it is proved not to, or it was only measured not to.
struct WeightFacts {
  std::vector<DeadWeight> dead; ///< proved
  /// Not proved, but the derivatives of all <Z_i> vanish at several random places; as expectations are
  /// analytic in the angles, they vanish everywhere.
  std::vector<int> idle;
  bool measured = true; ///< false: the circuit is too large to try (sample_limit.h), nothing is idle
  int acting = 0;       ///< the weights in neither list
};

/// any_start: the circuit runs on amplitudes that are its input, not on |0..0>.
WeightFacts weight_facts(const Circuit &circuit, bool any_start = false);

} // namespace duet
