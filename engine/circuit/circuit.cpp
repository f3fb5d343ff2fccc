#include "engine/circuit/circuit.h"

namespace duet {

std::string InputNames::of(const Angle &input) const {
  const auto index = std::size_t(input.index);
  if (input.source == Angle::Source::feature)
    return "x" + std::to_string(index);
  return index < weights.size() && !weights[index].empty() ? weights[index] : "w" + std::to_string(index);
}

std::vector<std::string> InputNames::own() const {
  std::vector<std::string> equations;
  for (std::size_t k = 0; k < weights.size(); ++k)
    if (!weights[k].empty())
      equations.push_back("w" + std::to_string(k) + " = " + weights[k]);
  return equations;
}

std::vector<bool> used_weights(const Circuit &circuit) {
  std::vector<bool> used(std::size_t(circuit.weights), false);
  for (const Operation &op : circuit.operations)
    for (const Angle &angle : op.angles)
      if (angle.source == Angle::Source::weight && angle.index < circuit.weights)
        used[std::size_t(angle.index)] = true;
  return used;
}

int used_weight_count(const Circuit &circuit) {
  const std::vector<bool> used = used_weights(circuit);
  return int(std::count(used.begin(), used.end(), true));
}

WeightChange weight_change(const Circuit &before, const Circuit &after) {
  std::vector<bool> old = used_weights(before), now = used_weights(after);
  old.resize(std::max(old.size(), now.size()));
  now.resize(old.size());
  WeightChange change;
  for (std::size_t k = 0; k < old.size(); ++k) {
    change.kept += old[k] && now[k];
    (int(k) < before.weights ? change.returned : change.added) += !old[k] && now[k];
    change.removed += old[k] && !now[k];
  }
  return change;
}

} // namespace duet
