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

} // namespace duet
