// Work that stands behind a window's own.
#pragma once

namespace duet {

/// The calling thread works at nice +10 from now on.
void lower_thread_priority();

} // namespace duet
