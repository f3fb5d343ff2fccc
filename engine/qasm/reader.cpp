#include "engine/qasm/reader.h"
#include "engine/base/error.h"
#include "engine/qasm/statements.h"
#include <algorithm>
#include <utility>

namespace duet {

namespace qasm {

namespace {

constexpr std::size_t most_names = 100'000; ///< declared by one program
constexpr std::size_t deepest_files = 32;

} // namespace

Reader::Reader(std::string_view text, Includes includes)
    : lexer_(text), includes_(std::move(includes)), included_bytes_(text.size()) {
  scope_.find = [this](const Token &name) { return find_name(name); };
  scope_.inputs = &inputs_.names();
}

Circuit Reader::read() {
  header();
  while (lexer_.peek().kind != Token::Kind::end)
    statement();
  circuit_.qubits = registers_.qubits();
  if (circuit_.qubits == 0)
    throw Fault(lexer_.line(), "the program declares no qubits: it needs qreg q[n]; or qubit[n] q;");
  circuit_.features = inputs_.features();
  circuit_.weights = inputs_.weights();
  circuit_.names = inputs_.names();
  return std::move(circuit_);
}

std::optional<Step> Reader::find_name(const Token &name) const {
  const auto found = values_.find(name.text);
  if (found != values_.end())
    return found->second;
  if (scope_.version == 2 && (name.text.front() == 'x' || name.text.front() == 'w') && name.text.size() > 1)
    throw Fault(name.line, "the name " + quoted(name) +
                               " is not known: OpenQASM 2 has no inputs, write the " +
                               "program in OpenQASM 3 with input float[64] " + std::string(name.text) + ";");
  if (registers_.find(name.text))
    throw Fault(name.line, quoted(name) + " is a register, not a number");
  return std::nullopt;
}

void Reader::header() {
  if (!lexer_.peek().is_word("OPENQASM"))
    return;
  lexer_.next();
  const Token number = lexer_.next();
  const std::string_view text = number.text;
  if (number.kind == Token::Kind::number && (text == "2.0" || text == "2")) {
    scope_.version = 2;
    library_ = GateLibrary::standard(2);
  } else if (number.kind != Token::Kind::number || !(text == "3" || text == "3.0" || text == "3.1"))
    throw Fault(number.line, "OPENQASM " + quoted(number) + " cannot be read: versions 2.0, 3.0 and 3.1 can");
  lexer_.expect(";");
}

void Reader::statement() {
  const Token token = lexer_.peek();
  if (lexer_.accept(";"))
    return;
  if (token.is("@") || token.is_word("pragma") || token.is("#"))
    return lexer_.skip_line();
  if (token.kind != Token::Kind::identifier)
    throw Fault(token.line, token.is("$") ? "a physical qubit such as $0 stands behind a gate"
                                          : "expected a statement instead of " + quoted(token));
  if (registers_.find(token.text) || values_.contains(token.text)) { // it may be called like a gate
    lexer_.next();
    return assignment(token);
  }
  if (!library_.find(token.text) && (declaration(token) || refused(token)))
    return;
  gate_call();
}

void Reader::only_outside_of_loops(const Token &word) const {
  if (loops_ > 0)
    throw Fault(word.line, quoted(word) + " cannot stand inside a loop: put it above");
}

bool Reader::declaration(const Token &word) {
  const auto is = [&](std::string_view text) { return word.is_word(text); };
  const auto run = [&](auto &&parse) {
    lexer_.next();
    parse();
    return true;
  };
  const auto run_outside = [&](auto &&parse) {
    only_outside_of_loops(word);
    return run(parse);
  };
  if (is("measure"))
    return run([&] { measure(word.line); });
  if (is("barrier"))
    return run([&] { barrier(); });
  if (is("reset"))
    return run([&] { reset(word.line); });
  if (is("include"))
    return run_outside([&] { include(); });
  if (is("qreg") || is("creg"))
    return run_outside([&] { register_old(is("qreg")); });
  if (is("gate"))
    return run_outside([&] { define(false); });
  if (scope_.version == 2)
    return is("opaque") && run_outside([&] { define(true); });
  if (is("for")) {
    loop();
    return true;
  }
  if (is("let"))
    return run([&] { let(); });
  if (is("qubit") || is("bit"))
    return run_outside([&] { register_new(is("qubit")); });
  if (is("input"))
    return run_outside([&] { input(word.line); });
  if (is("output"))
    return run_outside([&] {
      if (!lexer_.peek().is_word("bit"))
        throw Fault(word.line, "an output may be of type bit only");
      lexer_.next();
      register_new(false);
    });
  if (is("const"))
    return run([&] { constant(true); });
  if (!is_number_type(word))
    return false;
  constant(false);
  return true;
}

bool Reader::refused(const Token &word) {
  if (word.is_word("OPENQASM"))
    throw Fault(word.line, "OPENQASM must be the first statement");
  if (word.is_word("if"))
    throw Fault(word.line, "if is not supported: gradients need a circuit whose gates do not depend on "
                           "measurements, so write the gates without the condition");
  for (const char *other :
       {"while", "switch",  "def",           "defcal",   "cal",     "extern", "box",   "delay",
        "array", "complex", "bool",          "duration", "stretch", "return", "break", "continue",
        "end",   "else",    "defcalgrammar", "opaque",   "for",     "let"})
    if (word.is_word(other))
      throw Fault(word.line, std::string(other) + " is not supported: a circuit here is registers, inputs, " +
                                 "constants, gate definitions, gates and measurements");
  return false;
}

/// Further files are read in place, their own included files too.
void Reader::include() {
  const Token file = lexer_.next();
  const bool standard = file.text == "qelib1.inc" || file.text == "stdgates.inc";
  if (file.kind != Token::Kind::text || (!standard && !includes_))
    throw Fault(file.line, "include " + quoted(file) + " cannot be read: only \"qelib1.inc\" and " +
                               "\"stdgates.inc\" are known" +
                               (file.kind == Token::Kind::text ? " here" : ""));
  lexer_.expect(";");
  if (standard)
    return;
  IncludedFile included;
  try {
    included = includes_(std::string(file.text), open_files_.empty() ? "" : open_files_.back());
  } catch (const Error &error) {
    throw Fault(file.line, error.what());
  }
  included_bytes_ += included.text.size();
  if (included_bytes_ > largest_qasm)
    throw Fault(file.line, "include " + quoted(file) + " brings the program to more than " +
                               std::to_string(largest_qasm) + " bytes, which is the most");
  if (std::find(open_files_.begin(), open_files_.end(), included.name) != open_files_.end())
    throw Fault(file.line, "include " + quoted(file) + " includes itself");
  if (open_files_.size() == deepest_files)
    throw Fault(file.line, "files include one another more than " + std::to_string(deepest_files) + " deep");
  open_files_.push_back(included.name);
  try {
    const Lexer outer = std::exchange(lexer_, Lexer(included.text));
    if (lexer_.peek().is_word("OPENQASM")) {
      const int version = scope_.version;
      header();
      if (scope_.version != version)
        throw Fault(1, "it is written in another version of OpenQASM than the file that includes it");
    }
    while (lexer_.peek().kind != Token::Kind::end)
      statement();
    lexer_ = outer;
  } catch (const Fault &problem) {
    throw Fault(file.line,
                quoted(included.name) + " line " + std::to_string(problem.line()) + ": " + problem.what());
  }
  open_files_.pop_back();
}

void Reader::define(bool opaque) {
  library_.define(parse_definition(lexer_, library_, scope_, budget_, opaque));
}

void Reader::check_unused(const Token &name) {
  if (registers_.find(name.text) || values_.contains(name.text))
    throw Fault(name.line, "the name " + quoted(name) + " is declared twice");
}

void Reader::declared(const Token &name) {
  if (loops_ > 0)
    local_.emplace_back(name.text);
  else if (++names_declared_ > most_names)
    throw Fault(name.line, "the program declares more than " + std::to_string(most_names) + " names");
}

/// qreg name[n];
void Reader::register_old(bool quantum) {
  const Token name = lexer_.expect_identifier("the name of a register");
  long long size = 1;
  if (scope_.version == 2 || lexer_.peek().is("[")) {
    lexer_.expect("[");
    size = parse_integer(lexer_, scope_, "the size of a register");
    lexer_.expect("]");
  }
  check_unused(name);
  registers_.declare(name, size, quantum);
  declared(name);
  lexer_.expect(";");
}

/// qubit[n] name; and bit[n] name = measure q;
void Reader::register_new(bool quantum) {
  long long size = 1;
  if (lexer_.accept("[")) {
    size = parse_integer(lexer_, scope_, "the size of a register");
    lexer_.expect("]");
  }
  const Token name = lexer_.expect_identifier("the name of a register");
  check_unused(name);
  registers_.declare(name, size, quantum);
  declared(name);
  if (!quantum && lexer_.accept("=")) {
    if (lexer_.peek().kind == Token::Kind::text) // initial bits, such as "0000"
      lexer_.next();
    else if (lexer_.peek().is_word("measure")) {
      const int line = lexer_.next().line;
      measured(registers_.parse_qubits(lexer_, scope_), line);
    } else
      parse_expression(lexer_, scope_);
  }
  lexer_.expect(";");
}

/// input float[64] x0;
void Reader::input(int line) {
  const Token type = lexer_.next();
  if (!type.is_word("float") && !type.is_word("angle"))
    throw Fault(line, "an input must be of type float or angle, not " + quoted(type));
  skip_width(lexer_, scope_);
  do {
    const Token name = lexer_.expect_identifier("the name of an input");
    check_unused(name);
    const Angle input = inputs_.declare(name, lexer_);
    const auto kind = input.source == Angle::Source::feature ? Step::Kind::feature : Step::Kind::weight;
    values_[std::string(name.text)] = {kind, input.index, 0, 0};
    declared(name);
  } while (lexer_.accept(","));
  lexer_.expect(";");
}

/// const float[64] a = pi / 2; also without const.
void Reader::constant(bool declared_const) {
  const Token type = lexer_.next();
  if (!is_number_type(type))
    throw Fault(type.line, "a constant must be of type float, angle, int or uint, not " + quoted(type));
  skip_width(lexer_, scope_);
  const Token name = lexer_.expect_identifier("the name of a constant");
  check_unused(name);
  if (!declared_const && !lexer_.peek().is("="))
    throw Fault(name.line, quoted(name) + " has no value: declare it as input " + std::string(type.text) +
                               ", or give it a constant value");
  lexer_.expect("=");
  const Expression expression = parse_expression(lexer_, scope_);
  const Value value = expression.value();
  if (value.angle.source != Angle::Source::constant)
    throw Fault(name.line, quoted(name) + " depends on an input: write the expression in the gates instead");
  const bool whole = type.is_word("int") || type.is_word("uint");
  values_[std::string(name.text)] =
      whole ? Step{Step::Kind::whole, 0, 0, expression.evaluate_integer("a constant of type int or uint")}
            : Step{Step::Kind::number, 0, value.angle.offset, 0};
  declared(name);
  lexer_.expect(";");
}

/// let part = q[0:2] ++ r;
void Reader::let() {
  const Token name = lexer_.expect_identifier("the name of an alias");
  check_unused(name);
  lexer_.expect("=");
  registers_.alias(name, registers_.parse_concatenation(lexer_, scope_));
  declared(name);
  lexer_.expect(";");
}

void Reader::measured(const std::vector<int> &qubits, int line) {
  measured_on_line_.resize(std::size_t(registers_.qubits()), 0);
  for (const int qubit : qubits)
    measured_on_line_[std::size_t(qubit)] = line;
}

/// measure q -> c; and measure q; read over, but remembered.
void Reader::measure(int line) {
  const std::vector<int> qubits = registers_.parse_qubits(lexer_, scope_);
  if (lexer_.peek().is("->") || scope_.version == 2) {
    lexer_.expect("->");
    if (registers_.parse_bits(lexer_, scope_) != static_cast<long long>(qubits.size()))
      throw Fault(line, "measure has " + std::to_string(qubits.size()) +
                            " qubits on its left and another number of " + "bits on its right");
  }
  lexer_.expect(";");
  measured(qubits, line);
}

/// c = measure q; c[0] = measure q[0];
void Reader::assignment(const Token &name) {
  const Register *reg = registers_.find(name.text);
  if (!reg)
    throw Fault(name.line, quoted(name) + " is an input or a constant and cannot be changed");
  if (reg->quantum())
    throw Fault(name.line, quoted(name) + " is a register of qubits, not a gate");
  const long long bits = registers_.parse_bit_index(lexer_, scope_, name);
  lexer_.expect("=");
  if (!lexer_.peek().is_word("measure"))
    throw Fault(name.line,
                "bits can only be given a measurement: " + std::string(name.text) + " = measure q;");
  const int line = lexer_.next().line;
  const std::vector<int> qubits = registers_.parse_qubits(lexer_, scope_);
  if (bits != static_cast<long long>(qubits.size()))
    throw Fault(line, "measure has " + std::to_string(qubits.size()) + " qubits on its right and " +
                          std::to_string(bits) + " bits on its left");
  lexer_.expect(";");
  measured(qubits, line);
}

void Reader::barrier() {
  if (!lexer_.peek().is(";"))
    do
      registers_.parse_qubits(lexer_, scope_);
    while (lexer_.accept(","));
  const int line = lexer_.last_line();
  lexer_.expect(";");
  if (circuit_.operations.size() >= most_gates)
    throw Fault(line, "the circuit has more than " + std::to_string(most_gates) + " gates and barriers");
  circuit_.operations.push_back({Gate::barrier, {}, {}});
}

/// A qubit that no gate has touched is 0 already.
void Reader::reset(int line) {
  for (const int qubit : registers_.parse_qubits(lexer_, scope_))
    if (std::size_t(qubit) < touched_.size() && touched_[std::size_t(qubit)])
      throw Fault(line,
                  "reset is not supported on " + registers_.qubit_name(qubit) +
                      ", which a gate has acted on: gradients need a circuit that keeps its qubits, so " +
                      "start another circuit instead");
  lexer_.expect(";");
}

void Reader::gate_call() {
  const Modifiers modifiers = parse_modifiers(lexer_, scope_);
  const Token name = lexer_.expect_identifier("a gate");
  const Callee callee = find_callee(library_, name);
  std::vector<Angle> angles;
  for (const Expression &expression : parse_angles(lexer_, library_, callee, scope_))
    angles.push_back(expression.evaluate());
  std::vector<std::vector<int>> operands;
  if (!lexer_.peek().is(";"))
    do {
      operands.push_back(registers_.parse_qubits(lexer_, scope_));
      if (operands.size() > most_operands)
        throw Fault(name.line, "the gate " + quoted(name) + " is given more than " +
                                   std::to_string(most_operands) + " qubits");
    } while (lexer_.accept(","));
  check_qubit_count(library_, callee, modifiers, operands.size(), name.line);
  lexer_.expect(";");
  apply({callee, modifiers, {}, angles, {}}, operands, name.line);
}

/// Registers among the operands are walked through together, single qubits stay.
void Reader::apply(const Call &call, const std::vector<std::vector<int>> &operands, int line) {
  const auto gate = [&] { return "the gate " + quoted(library_.name(call.callee)); };
  std::size_t width = 1;
  for (const auto &operand : operands)
    if (operand.size() > 1) {
      if (width > 1 && operand.size() != width)
        throw Fault(line, gate() + " is given registers of different sizes, " + std::to_string(width) +
                              " and " + std::to_string(operand.size()));
      width = operand.size();
    }
  measured_on_line_.resize(std::size_t(registers_.qubits()), 0);
  touched_.resize(std::size_t(registers_.qubits()), false);
  Expander expander(library_, budget_, registers_.qubits(), circuit_.operations);
  std::vector<int> qubits;
  for (std::size_t k = 0; k < width; ++k) {
    qubits.clear();
    for (const auto &operand : operands) {
      const int qubit = operand[operand.size() > 1 ? k : 0];
      if (std::find(qubits.begin(), qubits.end(), qubit) != qubits.end())
        throw Fault(line, gate() + " is given " + registers_.qubit_name(qubit) + " twice");
      if (const int measured = measured_on_line_[std::size_t(qubit)])
        throw Fault(line, gate() + " acts on " + registers_.qubit_name(qubit) + ", which line " +
                              std::to_string(measured) +
                              " has measured: gradients need all gates before the measurements");
      qubits.push_back(qubit);
      touched_[std::size_t(qubit)] = true;
    }
    Call one = call;
    one.qubits = qubits;
    expander.apply(one, line);
  }
}

} // namespace qasm

Circuit read_qasm(std::string_view text, const std::string &name, const Includes &includes) {
  if (text.size() > largest_qasm)
    throw Error(ExitCode::usage, name + " has " + std::to_string(text.size()) +
                                     " bytes: a circuit may have " + std::to_string(largest_qasm));
  try {
    return qasm::Reader(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text, includes).read();
  } catch (const qasm::Fault &problem) {
    throw Error(ExitCode::usage, name + " line " + std::to_string(problem.line()) + ": " + problem.what());
  }
}

} // namespace duet
