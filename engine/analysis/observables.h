// The observables <Z_i> followed backwards through a circuit (Heisenberg's picture).
#pragma once
#include "engine/analysis/pauli_form.h"

namespace duet {

/// Holds for every <Z_i> a group of Pauli strings outside of which the observable, written before the gates
/// met so far, has nothing, whatever their angles: steps are met from the last of the circuit to the first.
class Observables {
public:
  explicit Observables(int qubits);
  /// Does the turn change no observable?
  bool blind_to(PauliString about) const;
  void meet(const PauliStep &step);
  /// Could a gate on the qubit, here, change <Z_i>?
  bool sees(int i, int qubit) const;

private:
  bool full(const PauliGroup &group) const { return group.generators().size() == most_; }
  std::size_t most_;               ///< generators of a group that holds all strings
  CliffordFrame frame_;            ///< to the end of the circuit, where the groups are written
  std::vector<PauliGroup> groups_; ///< [i]
};

} // namespace duet
