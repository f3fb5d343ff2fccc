#include "engine/qasm/gates.h"
#include "engine/circuit/gates.h"
#include "engine/qasm/statements.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet::qasm {

namespace {

constexpr std::size_t most_work = 4'000'000;
constexpr int deepest_definitions = 64;

/// The gates of qelib1.inc and stdgates.inc that are made of others, as Qiskit's qelib1.inc has them.
constexpr std::string_view prelude = R"(
gate u0(gamma) q { id q; }
gate u2(phi,lambda) q { u3(pi/2,phi,lambda) q; }
gate csx c,t { h t; cu1(pi/2) c,t; h t; }
gate cu3(theta,phi,lambda) c,t { u1((lambda+phi)/2) c; u1((lambda-phi)/2) t; cx c,t;
  u3(-theta/2,0,-(phi+lambda)/2) t; cx c,t; u3(theta/2,phi,0) t; }
gate cu(theta,phi,lambda,gamma) c,t { p(gamma) c; p((lambda+phi)/2) c; p((lambda-phi)/2) t; cx c,t;
  u3(-theta/2,0,-(phi+lambda)/2) t; cx c,t; u3(theta/2,phi,0) t; }
gate rzx(theta) a,b { h b; cx a,b; rz(theta) b; cx a,b; h b; }
gate rccx a,b,c { u2(0,pi) c; u1(pi/4) c; cx b,c; u1(-pi/4) c; cx a,c; u1(pi/4) c; cx b,c; u1(-pi/4) c; u2(0,pi) c; }
gate rc3x a,b,c,d { u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d; u2(0,pi) d; cx a,d; u1(pi/4) d; cx b,d; u1(-pi/4) d;
  cx a,d; u1(pi/4) d; cx b,d; u1(-pi/4) d; u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d; u2(0,pi) d; }
gate c3x a,b,c,d { h d; p(pi/8) a; p(pi/8) b; p(pi/8) c; p(pi/8) d; cx a,b; p(-pi/8) b; cx a,b; cx b,c; p(-pi/8) c;
  cx a,c; p(pi/8) c; cx b,c; p(-pi/8) c; cx a,c; cx c,d; p(-pi/8) d; cx b,d; p(pi/8) d; cx c,d; p(-pi/8) d; cx a,d;
  p(pi/8) d; cx c,d; p(-pi/8) d; cx b,d; p(pi/8) d; cx c,d; p(-pi/8) d; cx a,d; h d; }
gate c3sqrtx a,b,c,d { h d; cu1(pi/8) a,d; h d; cx a,b; h d; cu1(-pi/8) b,d; h d; cx a,b; h d; cu1(pi/8) b,d; h d;
  cx b,c; h d; cu1(-pi/8) c,d; h d; cx a,c; h d; cu1(pi/8) c,d; h d; cx b,c; h d; cu1(-pi/8) c,d; h d; cx a,c;
  h d; cu1(pi/8) c,d; h d; }
gate c4x a,b,c,d,e { h e; cu1(pi/2) d,e; h e; c3x a,b,c,d; h e; cu1(-pi/2) d,e; h e; c3x a,b,c,d; c3sqrtx a,b,c,e; }
)";

struct Alias {
  std::string_view name;
  Gate gate;
};
constexpr Alias aliases[] = {{"U", Gate::u3},    {"u", Gate::u3},      {"CX", Gate::cx},
                             {"phase", Gate::p}, {"cphase", Gate::cp}, {"cnot", Gate::cx}};

struct Inverse {
  Gate gate, inverse;
};
constexpr Inverse inverses[] = {{Gate::s, Gate::sdg}, {Gate::sdg, Gate::s},   {Gate::t, Gate::tdg},
                                {Gate::tdg, Gate::t}, {Gate::sx, Gate::sxdg}, {Gate::sxdg, Gate::sx}};

/// The gate that applies `gate` where one more control is 1.
std::optional<Gate> controlled(Gate gate) {
  const GateFacts &inner = facts(gate);
  for (const GateFacts &record : all_gates())
    if (record.target == inner.target && record.controls == inner.controls + 1)
      return record.gate;
  return std::nullopt;
}

Angle negated(Angle angle) {
  angle.scale = -angle.scale, angle.offset = -angle.offset;
  return angle;
}

/// S and T are phases, and under a control take their place: P(pi/2), P(pi/4), ...
void as_phase(Gate &gate, std::array<Angle, 3> &angles) {
  const double turn = gate == Gate::s     ? 2
                      : gate == Gate::sdg ? -2
                      : gate == Gate::t   ? 4
                      : gate == Gate::tdg ? -4
                                          : 0;
  if (turn == 0)
    return;
  gate = Gate::p;
  angles[0] = Angle::constant(std::numbers::pi / turn);
}

/// Turns gate and angles into the inverse.
void invert(Gate &gate, std::array<Angle, 3> &angles) {
  for (const Inverse &pair : inverses)
    if (pair.gate == gate) {
      gate = pair.inverse;
      return;
    }
  if (gate == Gate::u3)
    std::swap(angles[1], angles[2]);
  for (int a = 0; a < facts(gate).parameters; ++a)
    angles[std::size_t(a)] = negated(angles[std::size_t(a)]);
}

/// The matrix of a few gates on `qubits` qubits with constant angles, by plain products.
std::vector<std::complex<double>> matrix_of(const std::vector<Operation> &operations, int qubits) {
  const int size = 1 << qubits;
  std::vector<std::complex<double>> columns(std::size_t(size) * std::size_t(size));
  for (int i = 0; i < size; ++i)
    columns[std::size_t(i * size + i)] = 1;
  for (const Operation &op : operations) {
    if (op.gate == Gate::barrier)
      continue;
    const GateMatrix m =
        gate_matrix(op.gate, {op.angles[0].offset, op.angles[1].offset, op.angles[2].offset});
    const auto local = [&](int state) { // the gate's own index of a whole state
      int index = 0;
      for (int q = 0; q < m.qubits; ++q)
        index = index << 1 | (state >> (qubits - 1 - op.qubits[std::size_t(q)]) & 1);
      return index;
    };
    int mask = 0;
    for (int q = 0; q < m.qubits; ++q)
      mask |= 1 << (qubits - 1 - op.qubits[std::size_t(q)]);
    std::vector<std::complex<double>> next(columns.size());
    for (int row = 0; row < size; ++row)
      for (int from = 0; from < size; ++from)
        if ((row & ~mask) == (from & ~mask))
          for (int c = 0; c < size; ++c)
            next[std::size_t(row * size + c)] +=
                m.at(local(row), local(from)) * columns[std::size_t(from * size + c)];
    columns = std::move(next);
  }
  return columns;
}

} // namespace

GateLibrary::GateLibrary() {
  for (const GateFacts &record : all_gates()) {
    if (record.gate == Gate::barrier)
      continue;
    names_[std::string(record.qasm2)] = {Callee::Kind::native, record.gate, 0, false};
    names_[std::string(record.qasm3)] = {Callee::Kind::native, record.gate, 0, false};
  }
  for (const Alias &alias : aliases)
    names_[std::string(alias.name)] = {Callee::Kind::native, alias.gate, 0, false};
  names_["gphase"] = {Callee::Kind::global_phase, Gate::id, 0, false};
  Lexer lexer(prelude);
  while (lexer.peek().kind != Token::Kind::end) {
    lexer.next(); // gate
    define(parse_definition(lexer, *this, {}, 2));
  }
  controlled_u3_ = find("cu3")->definition;
  user_names_.clear();
  work_ = 0;
}

std::optional<Callee> GateLibrary::find(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? std::nullopt : std::optional(found->second);
}

bool GateLibrary::defined_by_user(std::string_view name) const { return user_names_.contains(name); }

std::string GateLibrary::name(const Callee &callee) const {
  switch (callee.kind) {
  case Callee::Kind::native:
    return std::string(facts(callee.gate).qasm3);
  case Callee::Kind::global_phase:
    return "gphase";
  default:
    return definition(callee).name;
  }
}

int GateLibrary::parameters(const Callee &callee) const {
  switch (callee.kind) {
  case Callee::Kind::native:
    return facts(callee.gate).parameters;
  case Callee::Kind::global_phase:
    return 1;
  default:
    return int(definition(callee).parameters.size());
  }
}

int GateLibrary::qubits(const Callee &callee) const {
  switch (callee.kind) {
  case Callee::Kind::native:
    return facts(callee.gate).qubits;
  case Callee::Kind::global_phase:
    return 0;
  default:
    return int(definition(callee).qubits.size());
  }
}

void GateLibrary::define(Definition definition) {
  if (definition.depth > deepest_definitions)
    throw Fault(definition.line, "gate definitions are nested more than " +
                                     std::to_string(deepest_definitions) + " deep at " +
                                     quoted(definition.name));
  user_names_[definition.name] = definition.line;
  Callee callee{definition.opaque ? Callee::Kind::opaque : Callee::Kind::defined, Gate::id,
                definitions_.size(), false};
  const auto native = find_gate(definition.name);
  const Match match = native && !definition.opaque ? match_native(definition, *native) : Match::no;
  if (match != Match::no)
    callee = {Callee::Kind::native, *native, definitions_.size(), match == Match::up_to_phase};
  names_[definition.name] = callee;
  definitions_.push_back(std::move(definition));
}

GateLibrary::Match GateLibrary::match_native(const Definition &definition, Gate gate) const {
  const GateFacts &record = facts(gate);
  const int qubits = int(definition.qubits.size());
  if (qubits != record.qubits || int(definition.parameters.size()) != record.parameters)
    return Match::no;
  Match match = Match::exact;
  const std::array<int, 3> positions = {0, 1, 2};
  for (const std::array<double, 3> values :
       {std::array{0.7, -1.9, 2.9}, {-2.3, 0.4, 1.1}, {5.1, 3.7, -4.3}}) {
    std::array<Angle, 3> angles;
    for (std::size_t i = 0; i < 3; ++i)
      angles[i] = Angle::constant(values[i]);
    std::vector<Operation> operations;
    try {
      apply_body(definition, std::span(angles).first(std::size_t(record.parameters)),
                 std::span(positions).first(std::size_t(qubits)), {}, false, definition.line, operations);
    } catch (const Fault &) {
      return Match::no;
    }
    const auto ours = matrix_of(operations, qubits);
    const GateMatrix theirs = gate_matrix(gate, values);
    std::complex<double> overlap = 0; // of modulus 2^qubits if they differ by a phase only
    for (std::size_t i = 0; i < ours.size(); ++i)
      overlap += std::conj(ours[i]) * theirs.entries[i];
    if (std::abs(std::abs(overlap) - double(1 << qubits)) > 1e-9)
      return Match::no;
    if (std::abs(overlap - double(1 << qubits)) > 1e-9)
      match = Match::up_to_phase;
  }
  return match;
}

void GateLibrary::charge(std::size_t work, int line) const {
  work_ += work;
  if (work_ > most_work)
    throw Fault(line, "the gate definitions unfold into too many gates: at most " +
                          std::to_string(most_operations) + " are allowed");
}

void GateLibrary::apply(const Callee &callee, const Modifiers &modifiers, std::span<const Angle> angles,
                        std::span<const int> qubits, int line, std::vector<Operation> &out) const {
  apply_modified(callee, modifiers, angles, qubits, {}, false, line, out);
}

void GateLibrary::apply_modified(const Callee &callee, const Modifiers &modifiers,
                                 std::span<const Angle> angles, std::span<const int> qubits,
                                 std::span<const int> controls, bool inverse, int line,
                                 std::vector<Operation> &out) const {
  const std::size_t own = modifiers.controls.size();
  std::vector<int> all_controls(controls.begin(), controls.end());
  all_controls.insert(all_controls.end(), qubits.begin(), qubits.begin() + std::ptrdiff_t(own));
  const auto flip_negative_controls = [&] {
    for (std::size_t c = 0; c < own; ++c)
      if (!modifiers.controls[c])
        apply_native(Gate::x, {}, qubits.subspan(c, 1), {}, false, line, out);
  };
  flip_negative_controls();
  const bool backwards = inverse != (modifiers.inverse != (modifiers.repeats < 0));
  const auto targets = qubits.subspan(own);
  for (long long repeat = 0; repeat < std::abs(modifiers.repeats); ++repeat) {
    charge(1, line);
    switch (callee.kind) {
    case Callee::Kind::native:
      if (callee.phase_differs && !all_controls.empty())
        apply_body(definition(callee), angles, targets, all_controls, backwards, line, out);
      else
        apply_native(callee.gate, angles, targets, all_controls, backwards, line, out);
      break;
    case Callee::Kind::defined:
      apply_body(definition(callee), angles, targets, all_controls, backwards, line, out);
      break;
    case Callee::Kind::global_phase: // without a control it cannot be seen; with one it is a phase on it
      if (!all_controls.empty())
        apply_native(Gate::p, angles, std::span(all_controls).last(1),
                     std::span(all_controls).first(all_controls.size() - 1), backwards, line, out);
      break;
    case Callee::Kind::opaque:
      throw Fault(line, "the gate " + quoted(definition(callee).name) +
                            " is opaque: it has no definition to apply");
    }
  }
  flip_negative_controls();
}

void GateLibrary::apply_body(const Definition &definition, std::span<const Angle> angles,
                             std::span<const int> qubits, std::span<const int> controls, bool inverse,
                             int line, std::vector<Operation> &out) const {
  const std::size_t calls = definition.body.size();
  for (std::size_t i = 0; i < calls; ++i) {
    const BodyCall &call = definition.body[inverse ? calls - 1 - i : i];
    std::vector<Angle> call_angles;
    for (const Expression &expression : call.angles) {
      charge(expression.steps.size(), line);
      try {
        call_angles.push_back(expression.evaluate(angles));
      } catch (const Fault &problem) {
        throw Fault(line, "in gate " + quoted(definition.name) + " (line " + std::to_string(problem.line()) +
                              "), " + problem.what());
      }
    }
    std::vector<int> call_qubits;
    for (int position : call.qubits)
      call_qubits.push_back(qubits[std::size_t(position)]);
    apply_modified(call.callee, call.modifiers, call_angles, call_qubits, controls, inverse, line, out);
  }
}

void GateLibrary::apply_native(Gate gate, std::span<const Angle> angles, std::span<const int> qubits,
                               std::span<const int> controls, bool inverse, int line,
                               std::vector<Operation> &out) const {
  Operation op;
  op.gate = gate;
  std::copy(angles.begin(), angles.end(), op.angles.begin());
  if (inverse)
    invert(op.gate, op.angles);
  if (op.gate == Gate::id && !controls.empty())
    return;
  if (!controls.empty())
    as_phase(op.gate, op.angles);
  if (!controls.empty() &&
      (op.gate == Gate::sx || op.gate == Gate::sxdg)) { // H S H: only S needs the control
    apply_native(Gate::h, {}, qubits, {}, false, line, out);
    apply_native(op.gate == Gate::sx ? Gate::s : Gate::sdg, {}, qubits, controls, false, line, out);
    return apply_native(Gate::h, {}, qubits, {}, false, line, out);
  }
  if (controls.size() == 1 && op.gate == Gate::u3) {
    const std::array<int, 2> both = {controls[0], qubits[0]};
    return apply_body(definitions_[controlled_u3_], op.angles, both, {}, false, line, out);
  }
  for (std::size_t c = 0; c < controls.size(); ++c) {
    const auto with_control = controlled(op.gate);
    if (!with_control)
      throw Fault(line, "the gate " + quoted(facts(op.gate).qasm3) +
                            " cannot take one more control here: only " +
                            "x, y, z, h, s, t, sx, p, rx, ry, rz, u3, swap and cx can");
    op.gate = *with_control;
  }
  if (out.size() >= most_operations)
    throw Fault(line, "the circuit has more than " + std::to_string(most_operations) + " gates");
  std::size_t position = 0;
  for (int qubit : controls)
    op.qubits[position++] = std::int16_t(qubit);
  for (int qubit : qubits)
    op.qubits[position++] = std::int16_t(qubit);
  out.push_back(op);
}

} // namespace duet::qasm
