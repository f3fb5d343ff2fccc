#include "engine/qasm/statements.h"
#include <algorithm>

namespace duet::qasm {

namespace {

std::string plural(std::size_t count, const std::string &noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

bool is_modifier(const Token &token) {
  return token.is_word("inv") || token.is_word("pow") || token.is_word("ctrl") || token.is_word("negctrl");
}

void parse_names(Lexer &lexer, std::vector<std::string> &names, const char *what) {
  do {
    const Token name = lexer.expect_identifier(what);
    if (std::find(names.begin(), names.end(), name.text) != names.end())
      throw Fault(name.line, "the name " + quoted(name) + " is given twice");
    names.emplace_back(name.text);
  } while (lexer.accept(",") && !lexer.peek().is("{") && !lexer.peek().is(")"));
}

int position_of(const std::vector<std::string> &names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : int(found - names.begin());
}

/// Operands inside a gate body: the definition's own qubits, never indexed.
std::vector<int> parse_body_qubits(Lexer &lexer, const Definition &definition) {
  std::vector<int> positions;
  if (lexer.peek().is(";"))
    return positions;
  do {
    const Token name = lexer.expect_identifier("a qubit of the gate");
    const int position = position_of(definition.qubits, name.text);
    if (position < 0)
      throw Fault(name.line, quoted(name) + " is not one of the qubits of gate " + quoted(definition.name));
    if (lexer.peek().is("["))
      throw Fault(name.line, "the qubits of a gate are single, so " + quoted(name) + " cannot be indexed");
    if (std::find(positions.begin(), positions.end(), position) != positions.end())
      throw Fault(name.line, "a gate is given the qubit " + quoted(name) + " twice");
    positions.push_back(position);
  } while (lexer.accept(","));
  return positions;
}

void parse_body_statement(Lexer &lexer, const GateLibrary &library, const Names &constants, int version,
                          Definition &definition) {
  if (lexer.peek().is_word("barrier")) {
    lexer.next();
    parse_body_qubits(lexer, definition);
    return lexer.expect(";");
  }
  BodyCall call;
  call.modifiers = parse_modifiers(lexer, constants, version);
  const Token name = lexer.expect_identifier("a gate");
  if (name.text == definition.name)
    throw Fault(name.line, "the gate " + quoted(name) + " is applied inside its own definition");
  call.line = name.line;
  call.callee = find_callee(library, name);
  const Names names = [&](const Token &token) -> std::optional<Step> {
    const int position = position_of(definition.parameters, token.text);
    if (position >= 0)
      return Step{Step::Kind::parameter, position, 0};
    return constants ? constants(token) : std::nullopt;
  };
  call.angles = parse_angles(lexer, library, call.callee, names, version);
  call.qubits = parse_body_qubits(lexer, definition);
  check_qubit_count(library, call.callee, call.modifiers, call.qubits.size(), name.line);
  lexer.expect(";");
  if (call.callee.kind == Callee::Kind::defined)
    definition.depth = std::max(definition.depth, library.definition(call.callee).depth + 1);
  definition.body.push_back(std::move(call));
}

} // namespace

Modifiers parse_modifiers(Lexer &lexer, const Names &constants, int version) {
  constexpr long long most_controls = 8, most_repeats = 100'000;
  Modifiers modifiers;
  while (version == 3 && is_modifier(lexer.peek())) {
    const Token word = lexer.next();
    long long count = 1;
    if (lexer.peek().is("(")) {
      lexer.next();
      count = parse_expression(lexer, constants, version).evaluate_integer("the number in a gate modifier");
      lexer.expect(")");
    } else if (word.is_word("pow"))
      throw Fault(word.line, "pow needs a whole number: pow(2) @");
    lexer.expect("@");
    if (word.is_word("inv"))
      modifiers.inverse = !modifiers.inverse;
    else if (word.is_word("pow")) {
      if (std::abs(count) > most_repeats)
        throw Fault(word.line,
                    "pow allows -" + std::to_string(most_repeats) + " to " + std::to_string(most_repeats));
      modifiers.repeats *= count;
      if (std::abs(modifiers.repeats) > most_repeats)
        throw Fault(word.line, "the powers multiply to more than " + std::to_string(most_repeats));
    } else {
      if (count < 1 || count > most_controls)
        throw Fault(word.line, "a gate may be given 1 to " + std::to_string(most_controls) + " controls");
      modifiers.controls.insert(modifiers.controls.end(), std::size_t(count), word.is_word("ctrl"));
      if (modifiers.controls.size() > std::size_t(most_controls))
        throw Fault(word.line, "a gate may be given 1 to " + std::to_string(most_controls) + " controls");
    }
  }
  return modifiers;
}

Callee find_callee(const GateLibrary &library, const Token &name) {
  const auto callee = library.find(name.text);
  if (!callee)
    throw Fault(name.line, "the gate " + quoted(name) + " is not known: it must come from qelib1.inc or " +
                               "stdgates.inc, or be defined above this line");
  return *callee;
}

std::vector<Expression> parse_angles(Lexer &lexer, const GateLibrary &library, const Callee &callee,
                                     const Names &names, int version) {
  const int line = lexer.last_line();
  std::vector<Expression> angles;
  if (lexer.accept("(") && !lexer.accept(")")) {
    do
      angles.push_back(parse_expression(lexer, names, version));
    while (lexer.accept(","));
    lexer.expect(")");
  }
  const std::size_t wanted = std::size_t(library.parameters(callee));
  if (angles.size() != wanted)
    throw Fault(line, "the gate " + quoted(library.name(callee)) + " takes " + plural(wanted, "parameter") +
                          ", not " + std::to_string(angles.size()));
  return angles;
}

void check_qubit_count(const GateLibrary &library, const Callee &callee, const Modifiers &modifiers,
                       std::size_t given, int line) {
  const std::size_t wanted = std::size_t(library.qubits(callee)) + modifiers.controls.size();
  if (given != wanted)
    throw Fault(line, "the gate " + quoted(library.name(callee)) + " acts on " + plural(wanted, "qubit") +
                          ", not " + std::to_string(given));
}

Definition parse_definition(Lexer &lexer, const GateLibrary &library, const Names &constants, int version,
                            bool opaque) {
  Definition definition;
  const Token name = lexer.expect_identifier("the name of a gate");
  definition.name = name.text, definition.line = name.line, definition.opaque = opaque;
  if (library.defined_by_user(name.text))
    throw Fault(name.line, "the gate " + quoted(name) + " is defined twice");
  if (lexer.accept("(") && !lexer.accept(")")) {
    parse_names(lexer, definition.parameters, "the name of a parameter");
    lexer.expect(")");
  }
  parse_names(lexer, definition.qubits, "the name of a qubit");
  if (opaque) {
    lexer.expect(";");
    return definition;
  }
  lexer.expect("{");
  while (!lexer.accept("}")) {
    if (lexer.peek().kind == Token::Kind::end)
      throw Fault(name.line, "the definition of gate " + quoted(name) + " does not end with '}'");
    parse_body_statement(lexer, library, constants, version, definition);
  }
  return definition;
}

} // namespace duet::qasm
