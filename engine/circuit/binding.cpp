#include "engine/circuit/binding.h"

namespace duet {

Circuit with_weights(const Circuit &circuit, std::span<const double> weights) {
  Circuit bound = circuit;
  bound.weights = 0;
  for (Operation &operation : bound.operations)
    for (Angle &angle : operation.angles)
      if (angle.source == Angle::Source::weight) {
        const auto index = static_cast<std::size_t>(angle.index);
        angle = Angle::constant(angle.scale * (index < weights.size() ? weights[index] : 0.0) + angle.offset);
      }
  return bound;
}

} // namespace duet
