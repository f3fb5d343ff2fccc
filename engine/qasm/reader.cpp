#include "engine/base/error.h"
#include "engine/qasm/qasm.h"
#include "engine/qasm/statements.h"
#include <algorithm>
#include <charconv>
#include <set>

namespace duet {

namespace {

using namespace qasm;

constexpr int most_qubits = 20;
constexpr std::size_t largest_text = 8 << 20; // bytes
constexpr long long most_bits = 1'000'000;
constexpr int largest_input = 99'999;

struct Register {
  int first = 0;
  long long size = 0;
  bool quantum = true;
};

/// One statement after another, straight into a Circuit.
class Reader {
public:
  explicit Reader(std::string_view text) : lexer_(text) {}

  Circuit read() {
    header();
    while (lexer_.peek().kind != Token::Kind::end)
      statement();
    if (circuit_.qubits == 0)
      throw Fault(lexer_.line(), "the program declares no qubits: it needs qreg q[n]; or qubit[n] q;");
    return std::move(circuit_);
  }

private:
  void header();
  void statement();
  bool declaration(const Token &word);
  bool refused(const Token &word);
  void include();
  void register_old(bool quantum);
  void register_new(bool quantum);
  void add_register(const Token &name, long long size, bool quantum);
  void input(int line);
  void constant(bool declared_const);
  void skip_width();
  void measure(int line);
  void assignment(const Token &name);
  void barrier();
  void gate_call();
  std::vector<int> operand(bool quantum);
  std::vector<int> index_set(const Token &name, const Register &reg);
  long long index(const Token &name, const Register &reg);
  void apply(const Callee &callee, const Modifiers &modifiers, const std::vector<Angle> &angles,
             const std::vector<std::vector<int>> &operands, int line);
  void check_unused(const Token &name);
  std::string qubit_name(int qubit) const;

  Lexer lexer_;
  int version_ = 3;
  GateLibrary library_;
  std::map<std::string, Register, std::less<>> registers_;
  std::map<std::string, Step, std::less<>> values_; ///< constants and inputs
  std::vector<int> measured_on_line_;               ///< by qubit; 0: not measured
  Circuit circuit_ = {0, 0, 0, {}};
  const Names names_ = [this](const Token &name) -> std::optional<Step> {
    const auto found = values_.find(name.text);
    if (found != values_.end())
      return found->second;
    if (version_ == 2 && (name.text.front() == 'x' || name.text.front() == 'w') && name.text.size() > 1)
      throw Fault(name.line,
                  "the name " + quoted(name) + " is not known: OpenQASM 2 has no inputs, write the " +
                      "program in OpenQASM 3 with input float[64] " + std::string(name.text) + ";");
    if (registers_.contains(name.text))
      throw Fault(name.line, quoted(name) + " is a register, not a number");
    return std::nullopt;
  };
};

void Reader::header() {
  if (!lexer_.peek().is_word("OPENQASM"))
    return;
  lexer_.next();
  const Token number = lexer_.next();
  const std::string_view text = number.text;
  if (number.kind == Token::Kind::number && (text == "2.0" || text == "2"))
    version_ = 2;
  else if (number.kind != Token::Kind::number || !(text == "3" || text == "3.0" || text == "3.1"))
    throw Fault(number.line, "OPENQASM " + quoted(number) + " cannot be read: versions 2.0, 3.0 and 3.1 can");
  lexer_.expect(";");
}

void Reader::statement() {
  const Token token = lexer_.peek();
  if (lexer_.accept(";"))
    return;
  if (token.is("@") || token.is_word("pragma") || token.is("#"))
    return lexer_.skip_line();
  if (token.is("$"))
    throw Fault(token.line, "physical qubits such as $0 are not supported: declare qubit[n] q;");
  if (token.kind != Token::Kind::identifier)
    throw Fault(token.line, "expected a statement instead of " + quoted(token));
  if (declaration(token) || refused(token))
    return;
  if (token.is_word("measure")) {
    lexer_.next();
    return measure(token.line);
  }
  if (token.is_word("barrier")) {
    lexer_.next();
    return barrier();
  }
  const auto reg = registers_.find(token.text);
  if (reg != registers_.end() || values_.contains(token.text)) {
    lexer_.next();
    return assignment(token);
  }
  gate_call();
}

bool Reader::declaration(const Token &word) {
  const auto is = [&](std::string_view text) { return word.is_word(text); };
  const auto run = [&](auto &&parse) {
    lexer_.next();
    parse();
    return true;
  };
  if (is("include"))
    return run([&] { include(); });
  if (is("OPENQASM"))
    throw Fault(word.line, "OPENQASM must be the first statement");
  if (is("qreg") || is("creg"))
    return run([&] { register_old(is("qreg")); });
  if (is("gate"))
    return run([&] { library_.define(parse_definition(lexer_, library_, names_, version_)); });
  if (version_ == 2) {
    if (is("opaque"))
      return run([&] { library_.define(parse_definition(lexer_, library_, names_, version_, true)); });
    return false;
  }
  if (is("qubit") || is("bit"))
    return run([&] { register_new(is("qubit")); });
  if (is("input"))
    return run([&] { input(word.line); });
  if (is("output"))
    return run([&] {
      if (!lexer_.peek().is_word("bit"))
        throw Fault(word.line, "an output may be of type bit only");
      lexer_.next();
      register_new(false);
    });
  if (is("const"))
    return run([&] { constant(true); });
  for (const char *type : {"float", "angle", "int", "uint"})
    if (is(type)) {
      constant(false);
      return true;
    }
  return false;
}

bool Reader::refused(const Token &word) {
  if (word.is_word("reset"))
    throw Fault(word.line, "reset is not supported: gradients need a circuit that keeps its qubits, so start "
                           "another circuit instead");
  if (word.is_word("if"))
    throw Fault(word.line, "if is not supported: gradients need a circuit whose gates do not depend on "
                           "measurements, so write the gates without the condition");
  for (const char *other :
       {"for",   "while",    "switch", "def",     "defcal",        "cal",      "extern",  "box",
        "delay", "let",      "array",  "complex", "bool",          "duration", "stretch", "return",
        "break", "continue", "end",    "else",    "defcalgrammar", "opaque"})
    if (word.is_word(other) && !library_.defined_by_user(word.text))
      throw Fault(word.line, std::string(other) + " is not supported: a circuit here is registers, inputs, " +
                                 "constants, gate definitions, gates and measurements");
  return false;
}

void Reader::include() {
  const Token file = lexer_.next();
  if (file.kind != Token::Kind::text || !(file.text == "qelib1.inc" || file.text == "stdgates.inc"))
    throw Fault(file.line, "include " + quoted(file) +
                               " cannot be read: only \"qelib1.inc\" and \"stdgates.inc\" " + "are known");
  lexer_.expect(";");
}

void Reader::check_unused(const Token &name) {
  if (registers_.contains(name.text) || values_.contains(name.text))
    throw Fault(name.line, "the name " + quoted(name) + " is declared twice");
}

void Reader::add_register(const Token &name, long long size, bool quantum) {
  check_unused(name);
  const std::string bits = quantum ? " qubits" : " bits";
  if (size < 1)
    throw Fault(name.line, "the register " + quoted(name) + " has " + std::to_string(size) + bits +
                               ": at least 1 is needed");
  if (quantum && size + circuit_.qubits > most_qubits)
    throw Fault(name.line, "the register " + quoted(name) + " brings the circuit to " +
                               std::to_string(size + circuit_.qubits) + " qubits: at most " +
                               std::to_string(most_qubits) + " are allowed");
  if (!quantum && size > most_bits)
    throw Fault(name.line, "the register " + quoted(name) + " has " + std::to_string(size) +
                               " bits: at most " + std::to_string(most_bits) + " are allowed");
  registers_[std::string(name.text)] = {quantum ? circuit_.qubits : 0, size, quantum};
  if (quantum) {
    circuit_.qubits += int(size);
    measured_on_line_.resize(std::size_t(circuit_.qubits), 0);
  }
}

/// qreg name[n];
void Reader::register_old(bool quantum) {
  const Token name = lexer_.expect_identifier("the name of a register");
  long long size = 1;
  if (version_ == 2 || lexer_.peek().is("[")) {
    lexer_.expect("[");
    size = parse_expression(lexer_, names_, version_).evaluate_integer("the size of a register");
    lexer_.expect("]");
  }
  add_register(name, size, quantum);
  lexer_.expect(";");
}

/// qubit[n] name; and bit[n] name = measure q;
void Reader::register_new(bool quantum) {
  long long size = 1;
  if (lexer_.accept("[")) {
    size = parse_expression(lexer_, names_, version_).evaluate_integer("the size of a register");
    lexer_.expect("]");
  }
  const Token name = lexer_.expect_identifier("the name of a register");
  add_register(name, size, quantum);
  if (!quantum && lexer_.accept("=")) {
    if (lexer_.peek().kind == Token::Kind::text) // initial bits, such as "0000"
      lexer_.next();
    else if (lexer_.peek().is_word("measure")) {
      const int line = lexer_.next().line;
      for (int qubit : operand(true))
        measured_on_line_[std::size_t(qubit)] = line;
    } else
      parse_expression(lexer_, names_, version_);
  }
  lexer_.expect(";");
}

/// The [64] of float[64].
void Reader::skip_width() {
  if (!lexer_.accept("["))
    return;
  const int line = lexer_.line();
  if (parse_expression(lexer_, names_, version_).evaluate_integer("the width of a type") < 1)
    throw Fault(line, "the width of a type must be at least 1");
  lexer_.expect("]");
}

/// input float[64] x0; features are x<k>, weights w<k>.
void Reader::input(int line) {
  const Token type = lexer_.next();
  if (!type.is_word("float") && !type.is_word("angle"))
    throw Fault(line, "an input must be of type float or angle, not " + quoted(type));
  skip_width();
  do {
    const Token name = lexer_.expect_identifier("the name of an input");
    check_unused(name);
    const std::string_view digits = name.text.substr(1);
    int index = -1;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    const bool letter = name.text.front() == 'x' || name.text.front() == 'w';
    const bool numbered = result.ec == std::errc{} && result.ptr == digits.data() + digits.size() &&
                          index >= 0 && (digits.size() == 1 || digits.front() != '0');
    if (!letter || !numbered || index > largest_input)
      throw Fault(name.line, "the input " + quoted(name) +
                                 " is neither a feature x0, x1, ... nor a weight w0, w1, " +
                                 "... (numbers up to " + std::to_string(largest_input) + ")");
    const bool feature = name.text.front() == 'x';
    values_[std::string(name.text)] = {feature ? Step::Kind::feature : Step::Kind::weight, index, 0};
    int &count = feature ? circuit_.features : circuit_.weights;
    count = std::max(count, index + 1);
  } while (lexer_.accept(","));
  lexer_.expect(";");
}

/// const float[64] a = pi / 2; also without const.
void Reader::constant(bool declared_const) {
  const Token type = lexer_.next();
  if (!type.is_word("float") && !type.is_word("angle") && !type.is_word("int") && !type.is_word("uint"))
    throw Fault(type.line, "a constant must be of type float, angle, int or uint, not " + quoted(type));
  skip_width();
  const Token name = lexer_.expect_identifier("the name of a constant");
  check_unused(name);
  if (!declared_const && !lexer_.peek().is("="))
    throw Fault(name.line, quoted(name) + " has no value: declare it as input " + std::string(type.text) +
                               ", or give it a constant value");
  lexer_.expect("=");
  const Angle value = parse_expression(lexer_, names_, version_).evaluate();
  if (value.source != Angle::Source::constant)
    throw Fault(name.line, quoted(name) + " depends on an input: write the expression in the gates instead");
  values_[std::string(name.text)] = {Step::Kind::number, 0, value.offset};
  lexer_.expect(";");
}

/// measure q -> c; and measure q; read over, but remembered.
void Reader::measure(int line) {
  const std::vector<int> qubits = operand(true);
  if (lexer_.peek().is("->") || version_ == 2) {
    lexer_.expect("->");
    if (operand(false).size() != qubits.size())
      throw Fault(line, "measure has " + std::to_string(qubits.size()) +
                            " qubits on its left and another number of " + "bits on its right");
  }
  lexer_.expect(";");
  for (int qubit : qubits)
    measured_on_line_[std::size_t(qubit)] = line;
}

/// c = measure q; c[0] = measure q[0];
void Reader::assignment(const Token &name) {
  const auto reg = registers_.find(name.text);
  if (reg == registers_.end())
    throw Fault(name.line, quoted(name) + " is an input or a constant and cannot be changed");
  if (reg->second.quantum)
    throw Fault(name.line, quoted(name) + " is a register of qubits, not a gate");
  const std::size_t bits =
      lexer_.peek().is("[") ? index_set(name, reg->second).size() : std::size_t(reg->second.size);
  lexer_.expect("=");
  if (!lexer_.peek().is_word("measure"))
    throw Fault(name.line,
                "bits can only be given a measurement: " + std::string(name.text) + " = measure q;");
  const int line = lexer_.next().line;
  const std::vector<int> qubits = operand(true);
  if (bits != qubits.size())
    throw Fault(line, "measure has " + std::to_string(qubits.size()) + " qubits on its right and " +
                          std::to_string(bits) + " bits on its left");
  lexer_.expect(";");
  for (int qubit : qubits)
    measured_on_line_[std::size_t(qubit)] = line;
}

void Reader::barrier() {
  if (!lexer_.peek().is(";"))
    do
      operand(true);
    while (lexer_.accept(","));
  const int line = lexer_.last_line();
  lexer_.expect(";");
  if (circuit_.operations.size() >= most_operations)
    throw Fault(line, "the circuit has more than " + std::to_string(most_operations) + " gates and barriers");
  circuit_.operations.push_back({Gate::barrier, {-1, -1, -1}, {}});
}

void Reader::gate_call() {
  const Modifiers modifiers = parse_modifiers(lexer_, names_, version_);
  const Token name = lexer_.expect_identifier("a gate");
  const Callee callee = find_callee(library_, name);
  std::vector<Angle> angles;
  for (const Expression &expression : parse_angles(lexer_, library_, callee, names_, version_))
    angles.push_back(expression.evaluate());
  std::vector<std::vector<int>> operands;
  if (!lexer_.peek().is(";"))
    do
      operands.push_back(operand(true));
    while (lexer_.accept(","));
  check_qubit_count(library_, callee, modifiers, operands.size(), name.line);
  lexer_.expect(";");
  apply(callee, modifiers, angles, operands, name.line);
}

/// Registers among the operands are walked through together, single qubits stay.
void Reader::apply(const Callee &callee, const Modifiers &modifiers, const std::vector<Angle> &angles,
                   const std::vector<std::vector<int>> &operands, int line) {
  std::size_t width = 1;
  for (const auto &operand : operands)
    if (operand.size() > 1) {
      if (width > 1 && operand.size() != width)
        throw Fault(line, "the gate " + quoted(library_.name(callee)) +
                              " is given registers of different sizes, " + std::to_string(width) + " and " +
                              std::to_string(operand.size()));
      width = operand.size();
    }
  for (std::size_t k = 0; k < width; ++k) {
    std::vector<int> qubits;
    for (const auto &operand : operands) {
      const int qubit = operand[operand.size() > 1 ? k : 0];
      if (std::find(qubits.begin(), qubits.end(), qubit) != qubits.end())
        throw Fault(line, "the gate " + quoted(library_.name(callee)) + " is given " + qubit_name(qubit) +
                              " twice");
      if (const int measured = measured_on_line_[std::size_t(qubit)])
        throw Fault(line, "the gate " + quoted(library_.name(callee)) + " acts on " + qubit_name(qubit) +
                              ", which line " + std::to_string(measured) +
                              " has measured: gradients need all gates before the measurements");
      qubits.push_back(qubit);
    }
    library_.apply(callee, modifiers, angles, qubits, line, circuit_.operations);
  }
}

std::string Reader::qubit_name(int qubit) const {
  for (const auto &[name, reg] : registers_)
    if (reg.quantum && qubit >= reg.first && qubit < reg.first + reg.size)
      return name + "[" + std::to_string(qubit - reg.first) + "]";
  return "qubit " + std::to_string(qubit);
}

/// A register, or what an index picks of it: numbers of qubits, or of bits.
std::vector<int> Reader::operand(bool quantum) {
  if (lexer_.peek().is("$"))
    throw Fault(lexer_.line(), "physical qubits such as $0 are not supported: declare qubit[n] q;");
  const Token name =
      lexer_.expect_identifier(quantum ? "a qubit or a register of qubits" : "a bit or a register of bits");
  const auto found = registers_.find(name.text);
  if (found == registers_.end())
    throw Fault(name.line, "the register " + quoted(name) + " is not declared");
  const Register &reg = found->second;
  if (reg.quantum != quantum)
    throw Fault(name.line, quoted(name) + (quantum ? " holds bits, not qubits" : " holds qubits, not bits"));
  if (lexer_.peek().is("["))
    return index_set(name, reg);
  std::vector<int> all;
  for (long long i = 0; i < reg.size; ++i)
    all.push_back(reg.first + int(i));
  return all;
}

long long Reader::index(const Token &name, const Register &reg) {
  const int line = lexer_.line();
  const long long given = parse_expression(lexer_, names_, version_).evaluate_integer("an index");
  const long long i = given < 0 && version_ == 3 ? given + reg.size : given;
  if (i < 0 || i >= reg.size)
    throw Fault(line, std::string(name.text) + "[" + std::to_string(given) + "] is out of range: " +
                          quoted(name) + " has the indices 0 to " + std::to_string(reg.size - 1));
  return i;
}

/// [i], [a:b], [a:step:b], [{i, j}].
std::vector<int> Reader::index_set(const Token &name, const Register &reg) {
  const int line = lexer_.line();
  std::vector<int> picked;
  lexer_.expect("[");
  if (version_ == 3 && lexer_.accept("{")) {
    do
      picked.push_back(reg.first + int(index(name, reg)));
    while (lexer_.accept(","));
    lexer_.expect("}");
  } else {
    const long long first = index(name, reg);
    if (version_ == 3 && lexer_.accept(":")) {
      long long step = 1;
      const Expression second = parse_expression(lexer_, names_, version_);
      long long last = second.evaluate_integer("an index");
      if (lexer_.accept(":")) {
        step = last;
        last = parse_expression(lexer_, names_, version_).evaluate_integer("an index");
      }
      last = last < 0 ? last + reg.size : last;
      if (last < 0 || last >= reg.size || step == 0)
        throw Fault(line, "the range in " + std::string(name.text) + "[...] leaves the indices 0 to " +
                              std::to_string(reg.size - 1));
      if (std::abs(step) > reg.size)
        step = step < 0 ? -reg.size : reg.size;
      for (long long i = first; step > 0 ? i <= last : i >= last; i += step)
        picked.push_back(reg.first + int(i));
    } else
      picked.push_back(reg.first + int(first));
  }
  lexer_.expect("]");
  if (picked.empty())
    throw Fault(line, "the range in " + std::string(name.text) + "[...] is empty");
  return picked;
}

} // namespace

Circuit read_qasm(std::string_view text, const std::string &name) {
  if (text.size() > largest_text)
    throw Error(ExitCode::usage, name + " has " + std::to_string(text.size()) +
                                     " bytes: a circuit may have " + std::to_string(largest_text));
  try {
    return Reader(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text).read();
  } catch (const Fault &problem) {
    throw Error(ExitCode::usage, name + " line " + std::to_string(problem.line()) + ": " + problem.what());
  }
}

} // namespace duet
