#include "engine/qasm/expander.h"
#include "engine/base/number_text.h"
#include "engine/circuit/definitions.h"
#include "engine/circuit/gate_matrix.h"
#include "engine/qasm/controls.h"
#include "engine/qasm/powers.h"
#include <algorithm>
#include <cmath>

namespace duet::qasm {

namespace {

/// Of a gate whose matrix is worked out.
constexpr int most_matrix_qubits = 5;
constexpr std::size_t most_matrix_gates = 2'000;

std::span<const int> first_qubits(std::vector<int> &numbers, std::size_t count) {
  for (std::size_t q = 0; q < count; ++q)
    numbers.push_back(int(q));
  return numbers;
}

/// The matrix on the last `qubits` qubits of gates that act where qubit 0 is 1, if they are few and constant.
std::optional<Eigen::MatrixXcd> controlled_part(const std::vector<Operation> &operations, int qubits) {
  if (operations.size() > most_matrix_gates)
    return std::nullopt;
  for (const Operation &op : operations)
    for (int a = 0; a < facts(op.gate).parameters; ++a)
      if (op.angles[std::size_t(a)].source != Angle::Source::constant)
        return std::nullopt;
  const Eigen::Index size = Eigen::Index{1} << qubits;
  return matrix_of(operations, qubits + 1).bottomRightCorner(size, size).eval();
}

} // namespace

void Expander::emit(const Operation &op) {
  if (out_.size() >= most_gates)
    throw Fault(line_, "the circuit has more than " + std::to_string(most_gates) + " gates");
  out_.push_back(op);
}

void Expander::add(const Operation &op, std::span<const int> controls) {
  if (controls.empty())
    return emit(op);
  ControlledGates(circuit_qubits_, [this](const Operation &gate) { emit(gate); }).add(op, controls);
}

void Expander::apply(const Call &call, int line) {
  line_ = line;
  modified(call, {});
}

void Expander::apply_body(const Definition &definition, std::span<const Angle> angles,
                          std::span<const int> qubits, int control, int line) {
  line_ = line;
  body(definition, angles, qubits, {control < 0 ? std::vector<int>() : std::vector<int>{control}, false});
}

void Expander::modified(const Call &call, const Around &around) {
  budget_.charge(1, line_);
  if (call.modifiers.empty())
    return unmodified(call, around);
  switch (call.modifiers.front().kind) {
  case Modifier::Kind::inverse: {
    Call inner = call;
    inner.modifiers = call.modifiers.subspan(1);
    return modified(inner, {around.controls, !around.inverse});
  }
  case Modifier::Kind::power:
    return power(call, around);
  case Modifier::Kind::control:
  case Modifier::Kind::negative_control:
    return controlled(call, around);
  }
}

void Expander::controlled(const Call &call, const Around &around) {
  const Modifier &modifier = call.modifiers.front();
  const auto own = call.qubits.first(std::size_t(modifier.controls));
  Call inner = call;
  inner.modifiers = call.modifiers.subspan(1);
  inner.qubits = call.qubits.subspan(own.size());
  Around further = around;
  further.controls.insert(further.controls.end(), own.begin(), own.end());
  const auto flip = [&] {
    if (modifier.kind == Modifier::Kind::negative_control)
      for (const int qubit : own)
        add({Gate::x, {std::int16_t(qubit)}, {}}, {});
  };
  flip();
  modified(inner, further);
  flip();
}

void Expander::power(const Call &call, const Around &around) {
  const Angle exponent = call.modifiers.front().exponent.evaluate(call.parameters);
  if (exponent.source != Angle::Source::constant)
    throw Fault(line_, "the exponent of pow must be a number, not an input");
  const double value = exponent.offset;
  if (value != std::floor(value))
    return fractional_power(call, value, around);
  if (std::abs(value) > double(most_gates))
    throw Fault(line_, "pow allows whole numbers from -" + std::to_string(most_gates) + " to " +
                           std::to_string(most_gates));
  Call inner = call;
  inner.modifiers = call.modifiers.subspan(1);
  const Around once{around.controls, around.inverse != (value < 0)};
  for (double left = std::abs(value); left > 0; --left)
    modified(inner, once);
}

/// Controls go outside of the power, for the power of a 1 is 1; what is left is decomposed by eigenvalues.
void Expander::fractional_power(const Call &call, double exponent, const Around &around) {
  Call inner = call;
  inner.modifiers = call.modifiers.subspan(1);
  if (!inner.modifiers.empty() && inner.modifiers.front().controls > 0) {
    std::vector<Modifier> swapped = {inner.modifiers.front(), call.modifiers.front()};
    swapped.insert(swapped.end(), inner.modifiers.begin() + 1, inner.modifiers.end());
    inner.modifiers = swapped;
    return modified(inner, around);
  }
  Around further = around;
  if (inner.modifiers.empty() && inner.callee.kind == Callee::Kind::native && !inner.callee.phase_differs)
    if (const GateFacts &record = facts(inner.callee.gate); record.controls > 0) {
      const auto own = call.qubits.first(std::size_t(record.controls));
      further.controls.insert(further.controls.end(), own.begin(), own.end());
      inner.callee.gate = record.target;
      inner.qubits = call.qubits.subspan(own.size());
    }
  const int qubits = int(inner.qubits.size());
  const std::string what = "pow(" + number_text(exponent) + ") @ " + library_.name(inner.callee);
  if (qubits > most_matrix_qubits)
    throw Fault(line_, what + " acts on " + std::to_string(qubits) + " qubits: powers that are no whole " +
                           "numbers are worked out for at most " + std::to_string(most_matrix_qubits));
  std::vector<int> local;
  first_qubits(local, inner.qubits.size() + 1);
  std::vector<Operation> gates;
  Expander alone(library_, budget_, qubits + 1, gates);
  Call once = inner;
  once.qubits = std::span<const int>(local).subspan(1);
  alone.line_ = line_;
  alone.modified(once, {{0}, false});
  const auto matrix = controlled_part(gates, qubits);
  if (!matrix)
    throw Fault(line_, what + " cannot be worked out: powers that are no whole numbers need a gate of few " +
                           "gates with constant angles");
  const Eigen::MatrixXcd whole = principal_power(*matrix, further.inverse ? -exponent : exponent);
  for (const ControlledTurn &turn : decompose(whole)) {
    std::vector<int> controls = further.controls;
    std::vector<int> zeros;
    for (const auto &[qubit, one] : turn.controls) {
      controls.push_back(inner.qubits[std::size_t(qubit)]);
      if (!one)
        zeros.push_back(controls.back());
    }
    for (const int qubit : zeros)
      add({Gate::x, {std::int16_t(qubit)}, {}}, {});
    Operation op = turn.gate;
    op.qubits = {std::int16_t(inner.qubits[std::size_t(turn.target)])};
    if (turn.phase != 0 && !controls.empty())
      add({Gate::p, {std::int16_t(controls.back())}, {Angle::constant(turn.phase)}},
          std::span<const int>(controls).first(controls.size() - 1));
    add(op, controls);
    for (const int qubit : zeros)
      add({Gate::x, {std::int16_t(qubit)}, {}}, {});
  }
}

void Expander::unmodified(const Call &call, const Around &around) {
  const Callee &callee = call.callee;
  switch (callee.kind) {
  case Callee::Kind::native:
    if (callee.phase_differs && !around.controls.empty())
      return body(library_.definition(callee), call.angles, call.qubits, around);
    return native(callee.gate, call.angles, call.qubits, around);
  case Callee::Kind::defined:
    return body(library_.definition(callee), call.angles, call.qubits, around);
  case Callee::Kind::global_phase: // without a control it cannot be seen; with one it is a phase on it
    if (!around.controls.empty()) {
      Operation op{Gate::p, {std::int16_t(around.controls.back())}, {}};
      op.angles[0] = around.inverse ? scaled(call.angles[0], -1) : call.angles[0];
      add(op, std::span<const int>(around.controls).first(around.controls.size() - 1));
    }
    return;
  case Callee::Kind::controlled: {
    Around further = around;
    const auto own = call.qubits.first(call.qubits.size() - 1);
    further.controls.insert(further.controls.end(), own.begin(), own.end());
    return native(callee.gate, call.angles, call.qubits.last(1), further);
  }
  case Callee::Kind::opaque:
    throw Fault(line_, "the gate " + quoted(library_.definition(callee).name) +
                           " is opaque: it has no definition to apply");
  }
}

void Expander::native(Gate gate, std::span<const Angle> angles, std::span<const int> qubits,
                      const Around &around) {
  Operation op;
  op.gate = gate;
  std::copy(angles.begin(), angles.end(), op.angles.begin());
  std::copy(qubits.begin(), qubits.end(), op.qubits.begin());
  if (!around.inverse)
    return add(op, around.controls);
  for (const Operation &undoing : inverse_of(op))
    add(undoing, around.controls);
}

void Expander::body(const Definition &definition, std::span<const Angle> angles, std::span<const int> qubits,
                    const Around &around) {
  const std::size_t count = definition.body.size();
  std::vector<std::vector<Angle>> call_angles(count);
  std::vector<std::vector<int>> call_qubits(count);
  for (std::size_t i = 0; i < count; ++i) {
    const BodyCall &call = definition.body[i];
    for (const Expression &expression : call.angles) {
      budget_.charge(expression.steps.size(), line_);
      try {
        call_angles[i].push_back(expression.evaluate(angles));
      } catch (const Fault &problem) {
        throw Fault(line_, "in gate " + quoted(definition.name) + " (line " + std::to_string(problem.line()) +
                               "), " + problem.what());
      }
    }
    for (const int position : call.qubits)
      call_qubits[i].push_back(qubits[std::size_t(position)]);
  }
  const auto plain = [&](std::size_t i) -> std::optional<Operation> {
    const BodyCall &call = definition.body[i];
    if (call.callee.kind != Callee::Kind::native || !call.modifiers.empty() || call.callee.phase_differs)
      return std::nullopt;
    Operation op;
    op.gate = call.callee.gate;
    std::copy(call_angles[i].begin(), call_angles[i].end(), op.angles.begin());
    std::copy(call_qubits[i].begin(), call_qubits[i].end(), op.qubits.begin());
    return op;
  };
  // Of A, B, A^-1 only B needs the controls.
  std::size_t undone = 0;
  while (!around.controls.empty() && 2 * undone + 2 <= count) {
    const auto first = plain(undone), last = plain(count - 1 - undone);
    if (!first || !last || !undoes(*last, *first))
      break;
    ++undone;
  }
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = around.inverse ? count - 1 - k : k;
    const BodyCall &call = definition.body[i];
    const bool free = i < undone || i >= count - undone;
    modified({call.callee, call.modifiers, angles, call_angles[i], call_qubits[i]},
             free ? Around{{}, around.inverse} : around);
  }
}

std::optional<Eigen::MatrixXcd> definition_matrix(const GateLibrary &library, const Definition &definition,
                                                  std::span<const Angle> angles) {
  const int qubits = int(definition.qubits.size());
  if (qubits > most_matrix_qubits)
    return std::nullopt;
  std::vector<int> local;
  first_qubits(local, std::size_t(qubits) + 1);
  std::vector<Operation> gates;
  Budget budget;
  try {
    Expander(library, budget, qubits + 1, gates)
        .apply_body(definition, angles, std::span<const int>(local).subspan(1), 0, definition.line);
  } catch (const Fault &) {
    return std::nullopt;
  }
  return controlled_part(gates, qubits);
}

} // namespace duet::qasm
