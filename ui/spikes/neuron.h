// Which neuron: the window's one way to name it.
#pragma once
#include "engine/model/voices.h"
#include <tuple>

namespace duet::ui {

/// spiking: the spiking branch. encoder: that of the second branch.
enum class Stack { spiking, encoder };

/// Whose neurons they are.
constexpr Speaker speaker_of(Stack stack) {
  return stack == Stack::spiking ? Speaker::spiking : Speaker::quantum;
}

struct NeuronId {
  Stack stack = Stack::spiking;
  int layer = 0;  ///< from 0
  int neuron = 0; ///< from 0
  bool operator==(const NeuronId &) const = default;
  bool operator<(const NeuronId &other) const {
    return std::tie(stack, layer, neuron) < std::tie(other.stack, other.layer, other.neuron);
  }
};

} // namespace duet::ui
