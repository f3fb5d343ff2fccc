// Gates as turns about Pauli strings, which is what one can reason about.
#pragma once
#include "engine/analysis/pauli_string.h"
#include "engine/circuit/circuit.h"
#include <optional>
#include <span>
#include <vector>

namespace duet {

/// One of two things:
/// a turn, exp(-i angle P/2) about the string P;
/// a reflection, 1 - 2 product_j (1 - P_j)/2 of three or more strings that commute (CCX, CCZ and larger).
struct PauliStep {
  std::array<PauliString, most_gate_qubits> all = {};
  std::size_t count = 1; ///< of strings; 1: a turn
  Angle angle = {};      ///< of a turn
  bool reflects() const { return count > 1; }
  PauliString string() const { return all[0]; } ///< of a turn
  std::span<const PauliString> strings() const { return std::span(all).first(count); }
};

/// The steps whose product, the first applied first, is the gate but for a global phase. `always_on`: bit c
/// of it says that the gate's control c is 1 whenever the gate is reached, so that it is left out.
std::vector<PauliStep> pauli_steps(const Operation &operation, unsigned always_on = 0);

/// How many quarters of a full circle a turn is, 0 to 3, where it is a whole number of them for all inputs. A
/// half turn changes no more than the signs of strings.
std::optional<int> quarter_turns(const Angle &angle);

/// Does an input, whatever its value, change the angle?
inline bool varies(const Angle &angle) { return angle.source != Angle::Source::constant && angle.scale != 0; }

} // namespace duet
