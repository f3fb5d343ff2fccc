// How much memory a training run takes, counted before anything is allocated.
#pragma once
#include "engine/model/settings.h"
#include <cstddef>

namespace duet {

/// Bytes of weights, optimiser, tape of one batch and the threads' scratch memory; images not included.
double training_bytes(const Architecture &architecture, std::size_t batch, int threads);

/// Throws Error (exit 2) that says what to lower when a run would take more than 12 GB.
void require_memory(const Architecture &architecture, std::size_t batch, int threads);

} // namespace duet
