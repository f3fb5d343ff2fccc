// Which neuron: the window's one way to name it.
#pragma once
#include <tuple>

namespace duet::ui {

/// spiking: the spiking branch. encoder: the quantum branch's own spiking encoder.
enum class Stack { spiking, encoder };

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
