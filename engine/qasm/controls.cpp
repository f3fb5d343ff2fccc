#include "engine/qasm/controls.h"
#include "engine/circuit/definitions.h"
#include <algorithm>
#include <numbers>
#include <stdexcept>

namespace duet::qasm {

namespace {

constexpr double pi = std::numbers::pi;

std::span<const int> all_but_last(std::span<const int> list) { return list.first(list.size() - 1); }

bool is_constant(const Angle &angle, double value) {
  return angle.source == Angle::Source::constant && angle.offset == value;
}

/// diag(1, exp(i angle)), if a gate on one qubit is that.
std::optional<Angle> phase_of(const Operation &op) {
  const GateDefinition &meaning = meaning_of(op.gate);
  if (facts(op.gate).qubits != 1 || meaning.operations.size() != 1 || meaning.phases.size() != 1 ||
      meaning.operations[0].gate != Gate::rz)
    return std::nullopt;
  const Angle turn = substituted(meaning.operations[0], op).angles[0];
  return scaled(substituted(meaning.phases[0], op.angles), 2) == turn ? std::optional(turn) : std::nullopt;
}

} // namespace

bool undoes(const Operation &second, const Operation &first) {
  const std::vector<Operation> inverse = inverse_of(first);
  return inverse.size() == 1 && inverse[0] == second;
}

void ControlledGates::emit(Gate gate, std::initializer_list<int> qubits, const Angle &angle) {
  Operation op;
  op.gate = gate;
  std::copy(qubits.begin(), qubits.end(), op.qubits.begin());
  op.angles[0] = angle;
  sink_(op);
}

void ControlledGates::add(const Operation &op, std::span<const int> controls) {
  if (controls.empty())
    return sink_(op);
  if (op.gate == Gate::id || op.gate == Gate::barrier)
    return;
  const GateFacts &record = facts(op.gate);
  std::vector<int> all(controls.begin(), controls.end());
  all.insert(all.end(), op.qubits.begin(), op.qubits.begin() + record.controls);
  Operation inner;
  inner.gate = record.target;
  inner.angles = op.angles;
  std::copy(op.qubits.begin() + record.controls, op.qubits.begin() + record.qubits, inner.qubits.begin());
  if (const auto gate = controlled_gate(inner.gate, int(all.size()))) {
    Operation whole = inner;
    whole.gate = *gate;
    const auto rest = std::copy(all.begin(), all.end(), whole.qubits.begin());
    std::copy_n(inner.qubits.begin(), facts(inner.gate).qubits, rest);
    return sink_(whole);
  }
  if (const auto angle = phase_of(inner)) {
    all.push_back(inner.qubits[0]);
    return phase(*angle, all);
  }
  if (inner.gate == Gate::x)
    return flip(all, inner.qubits[0]);
  if (inner.gate == Gate::ry || inner.gate == Gate::rz)
    return turn(inner, all);
  definition(inner, all);
}

/// Gates that the rest undoes need no control: of A, B, A^-1 only B.
void ControlledGates::definition(const Operation &op, std::span<const int> controls) {
  const GateDefinition &definition = written_definition(op.gate);
  if (definition.operations.empty())
    throw std::logic_error("the record of gate " + std::string(facts(op.gate).qasm3) +
                           " says not what a control is put on");
  std::vector<Operation> parts;
  for (const Operation &inner : definition.operations)
    parts.push_back(substituted(inner, op));
  for (const Angle &angle : definition.phases)
    phase(substituted(angle, op.angles), controls);
  std::size_t undone = 0;
  while (2 * undone + 2 <= parts.size() && undoes(parts[parts.size() - 1 - undone], parts[undone]))
    ++undone;
  for (std::size_t k = 0; k < parts.size(); ++k)
    add(parts[k], k < undone || k >= parts.size() - undone ? std::span<const int>() : controls);
}

/// X RY(-t) X = RY(t), and so for RZ.
void ControlledGates::turn(const Operation &op, std::span<const int> controls) {
  const int target = op.qubits[0];
  for (const double half : {0.5, -0.5}) {
    emit(op.gate, {target}, scaled(op.angles[0], half));
    flip(controls, target);
  }
}

void ControlledGates::flip(std::span<const int> controls, int target) {
  if (const auto gate = controlled_gate(Gate::x, int(controls.size()))) {
    Operation op;
    op.gate = *gate;
    *std::copy(controls.begin(), controls.end(), op.qubits.begin()) = std::int16_t(target);
    return sink_(op);
  }
  const int borrowed = spare(controls, target);
  if (borrowed < 0) {
    emit(Gate::h, {target});
    phase_by_halves(Angle::constant(pi), controls, target);
    return emit(Gate::h, {target});
  }
  // The borrowed qubit is flipped by the first half, the target by it and the second half; twice, so that
  // what it held does not matter (Barenco et al. 1995, lemma 7.4).
  const auto first = controls.first((controls.size() + 1) / 2);
  std::vector<int> second(controls.begin() + std::ptrdiff_t(first.size()), controls.end());
  second.push_back(borrowed);
  for (int twice = 0; twice < 2; ++twice) {
    flip(first, borrowed);
    flip(second, target);
  }
}

void ControlledGates::phase(const Angle &angle, std::span<const int> qubits) {
  if (qubits.size() == 1)
    return emit(Gate::p, {qubits[0]}, angle);
  const int target = qubits.back();
  if (qubits.size() == 2)
    return emit(Gate::cp, {qubits[0], target}, angle);
  if (!is_constant(angle, pi))
    return phase_by_halves(angle, all_but_last(qubits), target);
  if (const auto gate = controlled_gate(Gate::z, int(qubits.size()) - 1)) {
    Operation op;
    op.gate = *gate;
    std::copy(qubits.begin(), qubits.end(), op.qubits.begin());
    return sink_(op);
  }
  emit(Gate::h, {target});
  flip(all_but_last(qubits), target);
  emit(Gate::h, {target});
}

/// Half of it where the last control and the target are 1, less half where just the other controls leave
/// that control flipped, half where those and the target are 1 (Barenco et al. 1995, lemma 7.5).
void ControlledGates::phase_by_halves(const Angle &angle, std::span<const int> controls, int target) {
  const int last = controls.back();
  const auto others = all_but_last(controls);
  for (const double half : {0.5, -0.5}) {
    emit(Gate::cp, {last, target}, scaled(angle, half));
    flip(others, last);
  }
  std::vector<int> rest(others.begin(), others.end());
  rest.push_back(target);
  phase(scaled(angle, 0.5), rest);
}

int ControlledGates::spare(std::span<const int> used, int target) const {
  for (int q = 0; q < circuit_qubits_; ++q)
    if (q != target && std::find(used.begin(), used.end(), q) == used.end())
      return q;
  return -1;
}

} // namespace duet::qasm
