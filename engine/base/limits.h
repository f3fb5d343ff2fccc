// Limits that more than one room keeps.
#pragma once

namespace duet {

/// Most qubits of a circuit: a state of 16 MB in double precision.
inline constexpr int most_qubits = 20;
/// Most qubits of a circuit that is trained.
inline constexpr int most_trained_qubits = 12;
/// Most pixels of one image: lists of events name a pixel in 16 bits.
inline constexpr int max_pixels = 256 * 256;

} // namespace duet
