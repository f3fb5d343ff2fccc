#include "engine/qasm/statements.h"
#include <algorithm>

namespace duet::qasm {

namespace {

std::string plural(std::size_t count, const std::string &noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// Words that begin a statement or a gate's modifiers.
bool is_keyword(std::string_view word, int version) {
  constexpr std::string_view both[] = {"OPENQASM", "include", "qreg",  "creg", "gate",
                                       "measure",  "barrier", "reset", "if"};
  constexpr std::string_view of_version_3[] = {"qubit", "bit", "input", "output", "const",  "let",
                                               "for",   "inv", "pow",   "ctrl",   "negctrl"};
  return std::find(std::begin(both), std::end(both), word) != std::end(both) ||
         (version == 3 &&
          std::find(std::begin(of_version_3), std::end(of_version_3), word) != std::end(of_version_3));
}

constexpr std::size_t most_modifiers = 64;

bool is_modifier(const Token &token) {
  return token.is_word("inv") || token.is_word("pow") || token.is_word("ctrl") || token.is_word("negctrl");
}

void parse_names(Lexer &lexer, std::vector<std::string> &names, const char *what) {
  do {
    const Token name = lexer.expect_identifier(what);
    if (std::find(names.begin(), names.end(), name.text) != names.end())
      throw Fault(name.line, "the name " + quoted(name) + " is given twice");
    names.emplace_back(name.text);
    if (names.size() > most_operands)
      throw Fault(name.line,
                  "a gate may have " + std::to_string(most_operands) + " parameters and as many qubits");
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

void parse_body_statement(Lexer &lexer, const GateLibrary &library, const Scope &scope, Budget &budget,
                          Definition &definition) {
  if (lexer.peek().is_word("barrier")) {
    lexer.next();
    parse_body_qubits(lexer, definition);
    return lexer.expect(";");
  }
  BodyCall call;
  Scope inside = scope; // the definition's parameters, then what is around it
  inside.find = [&](const Token &token) -> std::optional<Step> {
    const int position = position_of(definition.parameters, token.text);
    if (position >= 0)
      return Step{Step::Kind::parameter, position, 0, 0};
    return scope.find ? scope.find(token) : std::nullopt;
  };
  call.modifiers = parse_modifiers(lexer, inside);
  const Token name = lexer.expect_identifier("a gate");
  if (name.is_word("for"))
    throw Fault(name.line,
                "for is not supported inside a gate: repeat the gate's lines, or put the loop around it");
  if (name.text == definition.name)
    throw Fault(name.line, "the gate " + quoted(name) + " is applied inside its own definition");
  call.line = name.line;
  call.callee = find_callee(library, name);
  call.angles = parse_angles(lexer, library, call.callee, inside);
  call.qubits = parse_body_qubits(lexer, definition);
  check_qubit_count(library, call.callee, call.modifiers, call.qubits.size(), name.line);
  lexer.expect(";");
  if (call.callee.kind == Callee::Kind::defined)
    definition.depth = std::max(definition.depth, library.definition(call.callee).depth + 1);
  std::size_t items = 1 + call.modifiers.size() + call.qubits.size();
  for (const Expression &angle : call.angles)
    items += angle.steps.size();
  budget.store(items, name.line);
  definition.body.push_back(std::move(call));
}

} // namespace

bool has_meaning(std::string_view name) {
  return is_keyword(name, 3) || is_known_in_expressions(name) ||
         GateLibrary::standard(3).find(name).has_value();
}

int controls_of(std::span<const Modifier> modifiers) {
  int count = 0;
  for (const Modifier &modifier : modifiers)
    count += modifier.controls;
  return count;
}

Modifiers parse_modifiers(Lexer &lexer, const Scope &scope) {
  Modifiers modifiers;
  while (scope.version == 3 && is_modifier(lexer.peek())) {
    const Token word = lexer.next();
    Modifier modifier;
    const bool power = word.is_word("pow"), control = word.is_word("ctrl") || word.is_word("negctrl");
    if (control)
      modifier.kind = word.is_word("ctrl") ? Modifier::Kind::control : Modifier::Kind::negative_control;
    if (power) {
      modifier.kind = Modifier::Kind::power;
      if (!lexer.peek().is("("))
        throw Fault(word.line, "pow needs a number: pow(2) @");
      lexer.next();
      Scope real = scope;
      real.real_division = true;
      modifier.exponent = parse_expression(lexer, real);
      lexer.expect(")");
    }
    long long count = control ? 1 : 0;
    if (control && lexer.accept("(")) {
      count = parse_integer(lexer, scope, "the number of controls");
      lexer.expect(")");
    }
    if (control && (count < 1 || count > most_controls || controls_of(modifiers) + count > most_controls))
      throw Fault(word.line, "a gate may be given 1 to " + std::to_string(most_controls) + " controls");
    modifier.controls = int(count);
    lexer.expect("@");
    modifiers.push_back(std::move(modifier));
    if (modifiers.size() > most_modifiers)
      throw Fault(word.line, "a gate may have " + std::to_string(most_modifiers) + " modifiers");
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
                                     const Scope &scope) {
  const int line = lexer.last_line();
  const auto wanted = std::size_t(library.parameters(callee));
  std::size_t given = 0;
  std::vector<Expression> angles;
  if (callee.kind == Callee::Kind::global_phase && !lexer.peek().is("(")) // gphase -pi/2;
    return {parse_expression(lexer, scope)};
  if (lexer.accept("(") && !lexer.accept(")")) {
    do {
      Expression angle = parse_expression(lexer, scope);
      if (++given <= wanted)
        angles.push_back(std::move(angle));
    } while (lexer.accept(","));
    lexer.expect(")");
  }
  if (given != wanted)
    throw Fault(line, "the gate " + quoted(library.name(callee)) + " takes " + plural(wanted, "parameter") +
                          ", not " + std::to_string(given));
  return angles;
}

void check_qubit_count(const GateLibrary &library, const Callee &callee, const Modifiers &modifiers,
                       std::size_t given, int line) {
  const std::size_t wanted = std::size_t(library.qubits(callee)) + std::size_t(controls_of(modifiers));
  const bool more = callee.kind == Callee::Kind::controlled;
  if (more ? given < wanted + 1 || given > std::size_t(most_controls) + 1 : given != wanted)
    throw Fault(line, "the gate " + quoted(library.name(callee)) + " acts on " +
                          (more ? std::to_string(wanted + 1) + " to " +
                                      plural(std::size_t(most_controls) + 1, "qubit")
                                : plural(wanted, "qubit")) +
                          ", not " + std::to_string(given));
}

Definition parse_definition(Lexer &lexer, const GateLibrary &library, const Scope &scope, Budget &budget,
                            bool opaque) {
  Definition definition;
  const Token name = lexer.expect_identifier("the name of a gate");
  definition.name = name.text, definition.line = name.line, definition.opaque = opaque;
  if (is_keyword(name.text, scope.version))
    throw Fault(name.line, quoted(name) + " is a word of the language and cannot name a gate");
  budget.store(10, name.line);
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
    parse_body_statement(lexer, library, scope, budget, definition);
    for (const Expression &angle :
         definition.body.empty() ? std::vector<Expression>() : definition.body.back().angles)
      budget.store(angle.steps.size(), lexer.last_line());
  }
  return definition;
}

} // namespace duet::qasm
