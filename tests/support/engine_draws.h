// The random numbers the engine draws, for the twin: by the names and counters of engine/base/streams.h.
#pragma once
#include "tests/support/reference_network.h"
#include <cstdint>
#include <vector>

namespace duet::reference {

/// file_index of each image the twin is given. Training draws are those of the first epoch.
Draws engine_draws(std::uint64_t seed, bool training, std::vector<std::uint32_t> file_index);

} // namespace duet::reference
