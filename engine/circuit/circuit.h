// A circuit as a value: a list of gates on qubits, with angles that are constants, features or weights.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace duet {

/// Every gate Duet knows; engine/circuit/gates.h holds one record of facts for each.
enum class Gate : std::uint8_t {
  id,
  h,
  x,
  y,
  z,
  s,
  sdg,
  t,
  tdg,
  sx,
  sxdg,
  rx,
  ry,
  rz,
  p,
  u3,
  cx,
  cy,
  cz,
  ch,
  cp,
  crx,
  cry,
  crz,
  swap,
  cswap,
  ccx,
  rxx,
  ryy,
  rzz,
  barrier
};

/// scale * source + offset, in radians. A constant is its offset alone.
struct Angle {
  enum class Source : std::uint8_t { constant, feature, weight };
  Source source = Source::constant;
  int index = 0;
  double scale = 1.0;
  double offset = 0.0;
  static Angle constant(double radians) { return {Source::constant, 0, 0.0, radians}; }
  static Angle feature(int i, double a = 1.0, double b = 0.0) { return {Source::feature, i, a, b}; }
  static Angle weight(int i, double a = 1.0, double b = 0.0) { return {Source::weight, i, a, b}; }
  bool operator==(const Angle &) const = default;
};

/// One gate applied. Controls come first in `qubits`, as in OpenQASM. A barrier holds no qubits: it
/// spans all of them.
struct Operation {
  Gate gate = Gate::id;
  std::array<std::int16_t, 3> qubits = {-1, -1, -1};
  std::array<Angle, 3> angles = {};
  bool operator==(const Operation &) const = default;
};

/// Applied in order to |0..0> (or to the amplitudes of the image). q[0] is the leftmost bit of an index
/// into the 2^n amplitudes, i.e. its most significant bit.
struct Circuit {
  int qubits = 1;
  int features = 0; ///< features x0 .. x(features-1) exist
  int weights = 0;  ///< weights w0 .. w(weights-1) exist
  std::vector<Operation> operations;
  bool operator==(const Circuit &) const = default;
};

} // namespace duet
