// What a session tells a person unasked: what is wrong, why, and the fix as one click.
#pragma once
#include "engine/session/session.h"
#include <span>

namespace duet {

/// What advice is drawn from: a run as it is now.
struct Symptoms {
  const Experiment &experiment;
  std::span<const Inspection> images;  ///< a few, looked at with the present weights and settings
  std::span<const BatchPoint> batches; ///< those trained with the present settings
};

/// Kinds of trouble, the weightiest first.
enum class Trouble {
  locked,     ///< nothing may learn
  silence,    ///< a layer without a spike: the threshold is out of reach
  divergence, ///< the loss lies far above that of guessing
  saturation, ///< most of a layer spikes at every step, whatever it sees
  standstill  ///< after two epochs the answers are still those of guessing
};

struct Advice {
  Trouble trouble = Trouble::locked;
  Notice notice; ///< without its number, which the session gives
};

/// The weightiest trouble there is.
std::optional<Advice> advise(const Symptoms &symptoms);
/// For a run that stopped at a NaN or infinity: the same rate divided by ten as the fix.
Notice advise_on_failure(const Experiment &experiment, const std::string &sentence);

} // namespace duet
