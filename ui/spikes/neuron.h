// Which neuron: the window's one way to name it.
#pragma once
#include <compare>

namespace duet::ui {

/// spiking: the spiking branch. encoder: the quantum branch's own spiking encoder.
enum class Stack { spiking, encoder };

struct NeuronId {
  Stack stack = Stack::spiking;
  int layer = 0;  ///< from 0
  int neuron = 0; ///< from 0
  auto operator<=>(const NeuronId &) const = default;
};

} // namespace duet::ui
