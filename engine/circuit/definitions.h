// What the texts in a gate's record (engine/circuit/gates.h) say, as operations.
#pragma once
#include "engine/circuit/gates.h"
#include <span>
#include <vector>

namespace duet {

/// Gates one after the other on the qubits 0, 1, ... of a gate: in their angles the "feature" k is the
/// gate's parameter k.
struct GateDefinition {
  std::vector<Operation> operations;
  std::vector<Angle> phases; ///< global phases
};

/// What a gate is made of; nothing for those that the simulators know (GateFacts::core) and for those that
/// are their target under controls, unless the record says otherwise.
const GateDefinition &meaning_of(Gate gate);
/// What the writers write of it; its phases, if any, are of no use in OpenQASM 2.
const GateDefinition &written_definition(Gate gate);

/// angle, an affine function of a parameter, with that parameter put in.
Angle substituted(const Angle &angle, std::span<const Angle> parameters);
/// One operation of a definition, on the qubits and with the angles of the gate it stands in.
Operation substituted(const Operation &inner, const Operation &outer);

/// The operations that undo this one, global phase aside.
std::vector<Operation> inverse_of(const Operation &operation);

/// scale * (what it was).
Angle scaled(Angle angle, double by);

} // namespace duet
