#include "engine/analysis/observables.h"
#include <algorithm>

namespace duet {

namespace {

/// U Q U of a reflection U is Q (1 - 4/2^m sum of the products of an even number of strings that anticommute
/// with Q and any of the others), m >= 3 strings in all; Q itself where none does.
void reflect(PauliGroup &group, const std::vector<PauliString> &strings) {
  std::vector<PauliString> met;
  for (const PauliString own : group.generators()) {
    PauliString odd = 0;
    std::vector<PauliString> even;
    for (const PauliString string : strings)
      if (commute(own, string))
        even.push_back(string);
      else if (odd == 0)
        odd = string;
      else
        even.push_back(string ^ odd);
    if (odd != 0)
      met.insert(met.end(), even.begin(), even.end());
  }
  for (const PauliString string : met)
    group.add(string);
}

} // namespace

Observables::Observables(int qubits)
    : most_(2 * std::size_t(qubits)), frame_(qubits), groups_(std::size_t(qubits)) {
  for (int i = 0; i < qubits; ++i)
    groups_[std::size_t(i)].add(pauli_z(i));
}

bool Observables::blind_to(PauliString about) const {
  const PauliString string = frame_.image(about);
  return std::all_of(groups_.begin(), groups_.end(),
                     [&](const PauliGroup &group) { return group.commutes(string); });
}

void Observables::meet(const PauliStep &step) {
  if (!step.reflects()) {
    if (const auto quarters = quarter_turns(step.angle)) {
      if (*quarters % 2)
        frame_.quarter_turn(step.string());
      return;
    }
  }
  std::vector<PauliString> strings;
  for (const PauliString string : step.strings())
    strings.push_back(frame_.image(string));
  for (PauliGroup &group : groups_) {
    if (full(group))
      continue;
    if (step.reflects())
      reflect(group, strings);
    else if (!group.commutes(strings[0])) // Q becomes Q and Q P
      group.add(strings[0]);
  }
}

bool Observables::sees(int i, int qubit) const {
  const PauliGroup &group = groups_[std::size_t(i)];
  return !group.commutes(frame_.image(pauli_x(qubit))) || !group.commutes(frame_.image(pauli_z(qubit)));
}

} // namespace duet
