#include "engine/qasm/gates.h"
#include "engine/circuit/gate_matrix.h"
#include "engine/qasm/expander.h"
#include "engine/qasm/statements.h"
#include <algorithm>

namespace duet::qasm {

namespace {

constexpr int deepest_definitions = 64;
constexpr std::size_t most_work = 20'000'000, most_stored = 2'000'000;

/// The gates of the standard files that are mere ways of writing others.
constexpr std::string_view both_versions = R"(
gate u0(gamma) q { id q; }
gate u2(phi, lambda) q { u3(pi/2, phi, lambda) q; }
gate cu(theta, phi, lambda, gamma) c, t { p(gamma) c; cu3(theta, phi, lambda) c, t; }
)";

/// U of OpenQASM 3: 1/2 [[1 + e^it, -i e^il (1 - e^it)], [i e^ip (1 - e^it), e^i(p+l) (1 + e^it)]].
constexpr std::string_view version_3 = R"(
gate U(theta, phi, lambda) q { gphase(theta/2); u3(theta, phi, lambda) q; }
)";

} // namespace

void Budget::charge(std::size_t steps, int line) {
  spent_ += steps;
  if (spent_ > most_work)
    throw Fault(line, "the program unfolds into too many gates: at most " + std::to_string(most_gates) +
                          " are allowed");
}

void Budget::store(std::size_t items, int line) {
  stored_ += items;
  if (stored_ > most_stored)
    throw Fault(line, "the gate definitions hold too many gates: they may have " +
                          std::to_string(most_stored) + " gates, numbers and names together");
}

GateLibrary::GateLibrary(int version) {
  for (const GateFacts &record : all_gates()) {
    if (record.gate == Gate::barrier)
      continue;
    const Callee callee{Callee::Kind::native, record.gate, 0, false};
    know(record.qasm2, callee);
    know(record.qasm3, callee);
    for (std::string_view left = record.also; !left.empty();) {
      const std::string_view first = left.substr(0, left.find(' '));
      know(first, callee);
      left.remove_prefix(std::min(left.size(), first.size() + 1));
    }
  }
  if (version == 2)
    know("U", {Callee::Kind::native, Gate::u3, 0, false});
  know("gphase", {Callee::Kind::global_phase, Gate::id, 0, false});
  know("mcx", {Callee::Kind::controlled, Gate::x, 0, false});
  for (const char *name : {"mcp", "mcphase"})
    know(name, {Callee::Kind::controlled, Gate::p, 0, false});
  Budget budget;
  for (const std::string_view text : {both_versions, version == 3 ? version_3 : std::string_view()}) {
    Lexer lexer(text);
    while (lexer.peek().kind != Token::Kind::end) {
      lexer.next(); // gate
      define(parse_definition(lexer, *this, {}, budget));
    }
  }
  user_names_.clear();
}

const GateLibrary &GateLibrary::standard(int version) {
  static const GateLibrary version_2(2), of_version_3(3);
  return version == 2 ? version_2 : of_version_3;
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
  case Callee::Kind::controlled:
    return "mc" + std::string(facts(callee.gate).qasm3);
  case Callee::Kind::defined:
  case Callee::Kind::opaque:
    break;
  }
  return definition(callee).name;
}

int GateLibrary::parameters(const Callee &callee) const {
  switch (callee.kind) {
  case Callee::Kind::native:
  case Callee::Kind::controlled:
    return facts(callee.gate).parameters;
  case Callee::Kind::global_phase:
    return 1;
  case Callee::Kind::defined:
  case Callee::Kind::opaque:
    break;
  }
  return int(definition(callee).parameters.size());
}

int GateLibrary::qubits(const Callee &callee) const {
  switch (callee.kind) {
  case Callee::Kind::native:
  case Callee::Kind::controlled:
    return facts(callee.gate).qubits;
  case Callee::Kind::global_phase:
    return 0;
  case Callee::Kind::defined:
  case Callee::Kind::opaque:
    break;
  }
  return int(definition(callee).qubits.size());
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
  know(definition.name, callee);
  definitions_.push_back(std::move(definition));
}

GateLibrary::Match GateLibrary::match_native(const Definition &definition, Gate gate) const {
  const GateFacts &record = facts(gate);
  const int qubits = int(definition.qubits.size());
  if (qubits != record.qubits || int(definition.parameters.size()) != record.parameters)
    return Match::no;
  Match match = Match::exact;
  for (const std::array<double, most_gate_angles> values :
       {std::array{0.7, -1.9, 2.9}, {-2.3, 0.4, 1.1}, {5.1, 3.7, -4.3}}) {
    std::vector<Angle> angles;
    for (int i = 0; i < record.parameters; ++i)
      angles.push_back(Angle::constant(values[std::size_t(i)]));
    const auto ours = definition_matrix(*this, definition, angles);
    if (!ours)
      return Match::no;
    // of modulus 2^qubits if they differ by a phase only
    const std::complex<double> overlap = ours->conjugate().cwiseProduct(gate_matrix(gate, values)).sum();
    if (std::abs(std::abs(overlap) - double(1 << qubits)) > 1e-9)
      return Match::no;
    if (std::abs(overlap - double(1 << qubits)) > 1e-9)
      match = Match::up_to_phase;
  }
  return match;
}

} // namespace duet::qasm
