#include "engine/analysis/basis_states.h"
#include "engine/analysis/pauli_form.h"
#include "engine/circuit/gates.h"
#include <algorithm>
#include <utility>

namespace duet {

namespace {

enum class Bit : std::uint8_t { zero, one, open };

Bit flipped(Bit bit) { return bit == Bit::open ? bit : bit == Bit::zero ? Bit::one : Bit::zero; }

/// A bit is certain after a gate that only multiplies basis states by phases, one that flips it and one that
/// exchanges it, and after no other.
void apply(const GateFacts &record, const Operation &op, const CertainControls &found,
           std::vector<Bit> &bits) {
  const GateFacts &target = facts(record.target);
  const auto bit = [&](int q) -> Bit & { return bits[std::size_t(op.qubits[std::size_t(q)])]; };
  bool always = true;
  for (int c = 0; c < record.controls; ++c)
    always = always && (found.always_on >> c & 1);
  const std::vector<PauliStep> steps = pauli_steps(op, found.always_on);
  const bool only_phases = std::all_of(steps.begin(), steps.end(), [](const PauliStep &step) {
    return std::all_of(step.all.begin(), step.all.end(),
                       [](PauliString string) { return std::uint32_t(string) == 0; });
  });
  if (only_phases)
    return;
  if (always && (target.core == GateCore::flip || target.gate == Gate::y)) {
    bit(record.controls) = flipped(bit(record.controls));
  } else if (always && target.core == GateCore::exchange) {
    std::swap(bit(record.controls), bit(record.controls + 1));
  } else {
    for (int q = record.controls; q < record.qubits; ++q)
      bit(q) = Bit::open;
  }
}

} // namespace

std::vector<CertainControls> certain_controls(const Circuit &circuit) {
  std::vector<Bit> bits(std::size_t(circuit.qubits), Bit::zero);
  std::vector<CertainControls> found;
  found.reserve(circuit.operations.size());
  for (const Operation &op : circuit.operations) {
    const GateFacts &record = facts(op.gate);
    CertainControls controls;
    for (int c = 0; c < record.controls; ++c) {
      const Bit bit = bits[std::size_t(op.qubits[std::size_t(c)])];
      controls.never |= bit == Bit::zero;
      controls.always_on = std::uint8_t(controls.always_on | (bit == Bit::one ? 1u << c : 0u));
    }
    if (!controls.never)
      apply(record, op, controls, bits);
    found.push_back(controls);
  }
  return found;
}

} // namespace duet
