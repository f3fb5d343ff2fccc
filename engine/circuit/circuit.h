// A circuit as a value: a list of gates on qubits, with angles that are constants, features or weights.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace duet {

/// The gates that code speaks of by name, in the order of their records (engine/circuit/gates.cpp). The
/// records after them are gates too: find_gate("iswap").
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

constexpr std::size_t most_gate_qubits = 5, most_gate_angles = 3;

/// The qubits of one gate, then -1 where it has no more.
struct GateQubits : std::array<std::int16_t, most_gate_qubits> {
  GateQubits() { fill(-1); }
  GateQubits(std::initializer_list<std::int16_t> first) : GateQubits() {
    std::copy_n(first.begin(), std::min(first.size(), most_gate_qubits), begin());
  }
};

using GateAngles = std::array<Angle, most_gate_angles>;

/// One gate applied. Controls come first in `qubits`, as in OpenQASM. A barrier holds no qubits: it
/// spans all of them.
struct Operation {
  Gate gate = Gate::id;
  GateQubits qubits;
  GateAngles angles = {};
  bool operator==(const Operation &) const = default;
};

/// How the program that a circuit was read from calls its inputs. Features are x<k>, weights may have any
/// name.
struct InputNames {
  std::vector<std::string> weights; ///< "", and those that are missing: w<k>
  /// "x3", "w0", "theta"
  std::string of(const Angle &input) const;
  /// "w0 = theta" of every weight that has a name of its own.
  std::vector<std::string> own() const;
  bool operator==(const InputNames &) const = default;
};

/// Applied in order to |0..0> (or to the amplitudes of the image). q[0] is the leftmost bit of an index
/// into the 2^n amplitudes, i.e. its most significant bit.
struct Circuit {
  int qubits = 1;
  int features = 0; ///< features x0 .. x(features-1) exist
  int weights = 0;  ///< weights w0 .. w(weights-1) exist
  std::vector<Operation> operations;
  InputNames names = {};
  bool operator==(const Circuit &) const = default;
};

/// Whether a gate turns by it, for each weight. Those that none does are left from gates taken out.
std::vector<bool> used_weights(const Circuit &circuit);
int used_weight_count(const Circuit &circuit);

/// What an edit did to the weights that are used, told apart by their numbers.
struct WeightChange {
  int kept = 0, added = 0;
  int returned = 0; ///< was there, unused
  int removed = 0;
  bool operator==(const WeightChange &) const = default;
};
WeightChange weight_change(const Circuit &before, const Circuit &after);

} // namespace duet
