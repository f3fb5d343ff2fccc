#include "engine/analysis/basis_states.h"
#include "engine/analysis/pauli_form.h"
#include "engine/circuit/definitions.h"
#include <utility>

namespace duet {

namespace {

enum class Bit : std::uint8_t { zero, one, open };

Bit flipped(Bit bit) { return bit == Bit::open ? bit : bit == Bit::zero ? Bit::one : Bit::zero; }

class Bits {
public:
  explicit Bits(int qubits) : bits_(std::size_t(qubits), Bit::zero) {}

  /// What the gate finds; afterwards the bits are those after it.
  CertainControls meet(const Operation &op) {
    const GateFacts &record = facts(op.gate);
    CertainControls found;
    for (int c = 0; c < record.controls; ++c) {
      const Bit bit = bits_[std::size_t(op.qubits[std::size_t(c)])];
      found.never |= bit == Bit::zero;
      found.always_on = std::uint8_t(found.always_on | (bit == Bit::one ? 1u << c : 0u));
    }
    if (found.never)
      return found;
    const bool always = found.always_on == (1u << record.controls) - 1;
    if (always && facts(record.target).core == GateCore::exchange)
      std::swap(bits_[std::size_t(op.qubits[std::size_t(record.controls)])],
                bits_[std::size_t(op.qubits[std::size_t(record.controls) + 1])]);
    else if (record.core == GateCore::none && record.controls == 0)
      for (const Operation &inner : meaning_of(op.gate).operations)
        meet(substituted(inner, op));
    else
      for (const PauliStep &step : pauli_steps(op, found.always_on))
        meet(step);
    return found;
  }

private:
  /// A half turn about a string flips the bits of its X and Y, other turns leave them open.
  void meet(const PauliStep &step) {
    const int quarters = step.reflects() ? 1 : quarter_turns(step.angle).value_or(1);
    if (quarters == 0)
      return;
    for (const PauliString string : step.strings())
      for (std::size_t q = 0; q < bits_.size(); ++q)
        if (string & pauli_x(int(q)))
          bits_[q] = quarters == 2 ? flipped(bits_[q]) : Bit::open;
  }

  std::vector<Bit> bits_; ///< [qubit]
};

} // namespace

std::vector<CertainControls> certain_controls(const Circuit &circuit) {
  Bits bits(circuit.qubits);
  std::vector<CertainControls> found;
  found.reserve(circuit.operations.size());
  for (const Operation &op : circuit.operations)
    found.push_back(bits.meet(op));
  return found;
}

} // namespace duet
