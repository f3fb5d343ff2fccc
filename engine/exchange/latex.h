// A circuit as a drawing for LaTeX.
#pragma once
#include "engine/circuit/circuit.h"
#include <string>

namespace duet {

/// A whole document for the TikZ library quantikz2: the gates in the columns of engine/circuit/layout.h,
/// angles as formulas, barriers as slices.
std::string write_latex(const Circuit &circuit);

} // namespace duet
