// A circuit's drawing as an SVG file. The window paints the same layout (engine/circuit/layout.h).
#pragma once
#include "engine/circuit/circuit.h"
#include <string>
#include <vector>

namespace duet {

struct SvgOptions {
  std::vector<double> features, weights; ///< where given, angles are written as values instead of formulas
  std::vector<double> expectation_z;     ///< where given, disks at the right show <Z_i>
  bool fuse_turns = false;
};

std::string circuit_svg(const Circuit &circuit, const SvgOptions &options = {});

} // namespace duet
