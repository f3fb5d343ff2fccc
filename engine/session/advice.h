// What a session tells a person unasked: what is wrong, why, and the fix as one click.
#pragma once
#include "engine/session/session.h"
#include <span>

namespace duet {

/// A sentence without its number, which the session gives.
/// No neuron of a layer spikes in any of these images: the threshold is out of reach.
std::optional<Notice> advise_on_silence(const Experiment &experiment, std::span<const Inspection> images);
/// The loss of late batches lies far above that of guessing: the learning rate is too high.
std::optional<Notice> advise_on_loss(const Experiment &experiment, std::span<const BatchPoint> batches);
/// For a run that stopped at a NaN or infinity: the same rate divided by ten as the fix.
Notice advise_on_failure(const Experiment &experiment, const std::string &sentence);

} // namespace duet
