// Weights of which it can be proved that they change no <Z_i>, for any inputs and angles.
#pragma once
#include "engine/circuit/circuit.h"
#include <string>
#include <vector>

namespace duet {

struct DeadWeight {
  int weight = 0;
  std::string reason; ///< the proof, as what may follow "w3: "
  bool operator==(const DeadWeight &) const = default;
};

/// In the order of weights. Gates are taken as turns about Pauli strings (pauli_form.h). A turn is left out
/// where the state it meets is an eigenstate of its string (a phase that nothing shows), and where its string
/// commutes with all that later gates make of every Z_i; so is a gate that a control always at 0 keeps off.
/// What is left out cannot matter to what is looked at next; a weight is dead when none of its turns is left.
/// any_start: the circuit does not begin on |0..0> but on any amplitudes.
std::vector<DeadWeight> dead_weights(const Circuit &circuit, bool any_start = false);

} // namespace duet
