// The gates one can take from the palette, by family, as their records (engine/circuit/gates.h) say.
#pragma once
#include "engine/circuit/edits.h"
#include <QString>
#include <optional>
#include <vector>

namespace duet::ui {

struct PaletteGate {
  Gate gate = Gate::id;
  bool encodes = false; ///< turns by the feature of its wire, not by a weight of its own
  bool operator==(const PaletteGate &) const = default;
  QString name() const; ///< "√X", "CX", "RX x"
  QString help() const; ///< one sentence
};

struct PaletteFamily {
  QString title;
  std::vector<PaletteGate> gates;
};

const std::vector<PaletteFamily> &palette_families();
/// The gate of a key that is held while one clicks: x, y, z, h, s, t are gates, r is the first rotation.
std::optional<PaletteGate> gate_of_key(int key);

/// Put into a circuit (engine/circuit/edits.h).
CircuitEdit placed(const Circuit &circuit, const PaletteGate &gate, int wire, int column);

} // namespace duet::ui
