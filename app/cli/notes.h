// What a command tells beside its results.
#pragma once
#include "engine/base/error.h"
#include <vector>

namespace duet {

/// Remarks on what was given (engine/experiment/remarks.h), a line each on stderr.
void tell(const std::vector<Problem> &remarks);

} // namespace duet
