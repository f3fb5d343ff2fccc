// A gate under any number of controls, made of gates that have a record.
#pragma once
#include "engine/circuit/circuit.h"
#include <functional>
#include <span>

namespace duet::qasm {

class ControlledGates {
public:
  using Sink = std::function<void(const Operation &)>;
  /// Qubits of the circuit that a gate leaves alone are borrowed: they end as they were.
  ControlledGates(int circuit_qubits, Sink sink) : circuit_qubits_(circuit_qubits), sink_(std::move(sink)) {}

  /// The gate where all controls are 1; its qubits and the controls are all different.
  void add(const Operation &op, std::span<const int> controls);
  /// exp(i angle) where all qubits are 1.
  void phase(const Angle &angle, std::span<const int> qubits);

private:
  void definition(const Operation &op, std::span<const int> controls);
  void turn(const Operation &op, std::span<const int> controls);
  void flip(std::span<const int> controls, int target);
  void phase_by_halves(const Angle &angle, std::span<const int> controls, int target);
  int spare(std::span<const int> used, int target) const;
  void emit(Gate gate, std::initializer_list<int> qubits, const Angle &angle = {});

  int circuit_qubits_;
  Sink sink_;
};

/// Whether the second undoes the first.
bool undoes(const Operation &second, const Operation &first);

} // namespace duet::qasm
