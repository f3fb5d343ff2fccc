// What a compiled circuit may keep in memory to be faster.
#pragma once
#include <cstddef>

namespace duet {

struct MemoryLimits {
  /// States between the steps are kept for the way back while all of them fit so many bytes of the L2 cache.
  std::size_t states = 800 * 1024;
  /// Diagonals' tables and sums are kept while all of them fit so many bytes; others are worked out where
  /// they are used.
  std::size_t tables = std::size_t{256} << 20;
};

} // namespace duet
