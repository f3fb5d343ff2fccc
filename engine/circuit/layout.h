// Where everything of a circuit's drawing goes: one row a qubit, gates packed to the left. The SVG writer
// and the window draw from the same layout. Lengths are in cells: a row is 1 high, a plain box column 1 wide.
#pragma once
#include "engine/circuit/gates.h"
#include <string>
#include <vector>

namespace duet {

/// One thing to draw: usually one operation; a fused box stands for a run of turns on one qubit.
struct DrawnGate {
  using Kind = GateDrawing;
  Kind kind = Kind::box;
  std::vector<int> operations; ///< indices into circuit.operations, in order of application
  int column = 0;
  int top = 0, bottom = 0;   ///< rows it spans
  double width = 1;          ///< cells it would like to have, the gap to its neighbours included
  std::vector<int> controls; ///< rows with a control dot
  std::vector<int> targets;  ///< rows with a box, plus or cross
  std::string symbol;        ///< "RX", "z x z"
  std::string label;         ///< its angles as formulas: "x0", "2·w3 + π/2", "" if none
};

struct LayoutOptions {
  bool fuse_turns = false; ///< runs of weighted RX, RY, RZ on one qubit become one box
};

struct CircuitLayout {
  int rows = 0;
  std::vector<DrawnGate> gates;    ///< in order of application
  std::vector<double> column_left; ///< of each column, cells; one more entry: the right end
  int columns() const { return int(column_left.size()) - 1; }
  double width() const { return column_left.back(); }
  double column_centre(int column) const {
    return (column_left[std::size_t(column)] + column_left[std::size_t(column) + 1]) / 2;
  }
};

CircuitLayout lay_out(const Circuit &circuit, const LayoutOptions &options = {});

/// "x0", "-x1", "2·theta + π/2", "0.31": short, for the eye.
std::string angle_formula(const Angle &angle, const InputNames &names);
/// A number with at most `digits` digits after the point, without trailing zeros; "π/2" where it is that.
std::string short_number(double value, int digits = 2);
/// Radians of an angle given its inputs; inputs that are missing count as 0.
double angle_value(const Angle &angle, const std::vector<double> &features,
                   const std::vector<double> &weights);
/// True if the angle is a constant or its input is given.
bool angle_known(const Angle &angle, const std::vector<double> &features, const std::vector<double> &weights);

} // namespace duet
