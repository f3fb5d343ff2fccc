#include "engine/analysis/pauli_form.h"
#include "engine/circuit/definitions.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet {

namespace {

using std::numbers::pi;

/// Takes gates apart under controls that it carries along. With C the projector onto all controls at 1,
/// a controlled turn is exp(-i angle C P/2), a controlled phase exp(i angle C), and C = product (1 - Z_c)/2
/// is a sum over products of the Z_c.
class Expander {
public:
  std::vector<PauliStep> steps;

  void gate(const Operation &op, std::vector<PauliString> controls, unsigned always_on = 0) {
    const GateFacts &record = facts(op.gate);
    if (record.core == GateCore::barrier)
      return;
    if (record.controls > 0) {
      Operation inner;
      inner.gate = record.target;
      inner.angles = op.angles;
      for (int q = 0; q < record.qubits; ++q)
        if (q >= record.controls)
          inner.qubits[std::size_t(q - record.controls)] = op.qubits[std::size_t(q)];
        else if (!(always_on >> q & 1))
          controls.push_back(pauli_z(op.qubits[std::size_t(q)]));
      return gate(inner, controls);
    }
    if (op.gate == Gate::z)
      return reflection(with(controls, pauli_z(op.qubits[0])));
    if (record.core != GateCore::none)
      return core(record, op, controls);
    const GateDefinition &meaning = meaning_of(op.gate);
    for (const Angle &angle : meaning.phases)
      phase(substituted(angle, op.angles), controls);
    for (const Operation &inner : meaning.operations)
      gate(substituted(inner, op), controls);
  }

private:
  static std::vector<PauliString> with(std::vector<PauliString> strings, PauliString one) {
    strings.push_back(one);
    return strings;
  }

  void core(const GateFacts &record, const Operation &op, const std::vector<PauliString> &controls) {
    const auto x = [&](int q) { return pauli_x(op.qubits[std::size_t(q)]); };
    const auto z = [&](int q) { return pauli_z(op.qubits[std::size_t(q)]); };
    switch (record.core) {
    case GateCore::turn: {
      PauliString about = 0;
      for (int q = 0; q < record.qubits; ++q)
        about ^= (record.pauli[std::size_t(q)] != 'Z' ? x(q) : 0) ^
                 (record.pauli[std::size_t(q)] != 'X' ? z(q) : 0);
      return turn(about, op.angles[0], controls);
    }
    case GateCore::flip:
      return reflection(with(controls, x(0)));
    case GateCore::hadamard:
      if (controls.empty()) {
        turn(z(0), Angle::constant(pi), {});
        return turn(x(0) ^ z(0), Angle::constant(pi / 2), {});
      }
      // Z with the controls, between turns about Y that undo each other
      turn(x(0) ^ z(0), Angle::constant(-pi / 4), {});
      reflection(with(controls, z(0)));
      return turn(x(0) ^ z(0), Angle::constant(pi / 4), {});
    case GateCore::exchange: // CX, CX with the controls, CX
      reflection({z(1), x(0)});
      reflection(with(with(controls, z(0)), x(1)));
      return reflection({z(1), x(0)});
    case GateCore::barrier:
    case GateCore::none:
      break;
    }
  }

  void turn(PauliString about, const Angle &angle, std::span<const PauliString> controls) {
    const double share = std::ldexp(1.0, -int(controls.size()));
    each_product(controls, [&](PauliString product, int factors) {
      steps.push_back({{product ^ about}, 1, scaled(angle, factors % 2 ? -share : share)});
    });
  }

  void phase(const Angle &angle, std::span<const PauliString> controls) {
    const double share = 2 * std::ldexp(1.0, -int(controls.size()));
    each_product(controls, [&](PauliString product, int factors) {
      if (factors > 0)
        steps.push_back({{product}, 1, scaled(angle, factors % 2 ? share : -share)});
    });
  }

  /// 1 - 2 product (1 - P_j)/2 = exp(i pi product): of one string a half turn, of two three quarter turns.
  void reflection(const std::vector<PauliString> &strings) {
    if (strings.size() <= 2)
      return phase(Angle::constant(pi), strings);
    PauliStep step;
    step.count = strings.size();
    std::copy(strings.begin(), strings.end(), step.all.begin());
    steps.push_back(step);
  }

  template <class Use> static void each_product(std::span<const PauliString> strings, const Use &use) {
    for (unsigned chosen = 0; chosen < 1u << strings.size(); ++chosen) {
      PauliString product = 0;
      for (std::size_t k = 0; k < strings.size(); ++k)
        product ^= chosen >> k & 1 ? strings[k] : 0;
      use(product, std::popcount(chosen));
    }
  }
};

} // namespace

std::vector<PauliStep> pauli_steps(const Operation &operation, unsigned always_on) {
  Expander expander;
  expander.gate(operation, {}, always_on);
  return std::move(expander.steps);
}

std::optional<int> quarter_turns(const Angle &angle) {
  constexpr double largest = 64; // radians; of larger angles a double knows too little
  if (varies(angle) || std::abs(angle.offset) > largest)
    return std::nullopt;
  const double quarters = std::round(angle.offset / (pi / 2));
  if (std::abs(angle.offset - quarters * (pi / 2)) > 1e-15 * (1 + std::abs(angle.offset))) // rounding
    return std::nullopt;
  return int(std::fmod(std::fmod(quarters, 4) + 4, 4));
}

} // namespace duet
