// A gate call unfolded into the gates that have a record: definitions, modifiers, controls, powers.
#pragma once
#include "engine/qasm/gates.h"
#include <Eigen/Core>

namespace duet::qasm {

/// A call as it is applied.
struct Call {
  Callee callee;
  std::span<const Modifier> modifiers;
  std::span<const Angle> parameters; ///< of the definition around it, for the modifiers' exponents
  std::span<const Angle> angles;
  std::span<const int> qubits; ///< controls of the modifiers first
};

class Expander {
public:
  /// circuit_qubits: those that are there, which help to build gates of many controls.
  Expander(const GateLibrary &library, Budget &budget, int circuit_qubits, std::vector<Operation> &out)
      : library_(library), budget_(budget), circuit_qubits_(circuit_qubits), out_(out) {}

  /// Appends the gates that this call comes to. `line` is the call's line in the program.
  void apply(const Call &call, int line);
  /// A definition's gates, all of them where `control` is 1, unless it is -1.
  void apply_body(const Definition &definition, std::span<const Angle> angles, std::span<const int> qubits,
                  int control, int line);

private:
  /// What holds around a gate.
  struct Around {
    std::vector<int> controls;
    bool inverse = false;
  };
  void modified(const Call &call, const Around &around);
  void controlled(const Call &call, const Around &around);
  void power(const Call &call, const Around &around);
  void fractional_power(const Call &call, double exponent, const Around &around);
  void unmodified(const Call &call, const Around &around);
  void native(Gate gate, std::span<const Angle> angles, std::span<const int> qubits, const Around &around);
  void body(const Definition &definition, std::span<const Angle> angles, std::span<const int> qubits,
            const Around &around);
  void emit(const Operation &op);
  void add(const Operation &op, std::span<const int> controls);

  const GateLibrary &library_;
  Budget &budget_;
  int circuit_qubits_;
  int line_ = 1;
  std::vector<Operation> &out_;
};

/// The matrix of a definition with constant angles, its global phase included; nothing where it has none of
/// reasonable size.
std::optional<Eigen::MatrixXcd> definition_matrix(const GateLibrary &library, const Definition &definition,
                                                  std::span<const Angle> angles);

} // namespace duet::qasm
