#include "engine/qasm/registers.h"
#include "engine/base/limits.h"
#include <algorithm>
#include <charconv>

namespace duet::qasm {

namespace {

constexpr long long most_bits = 1'000'000;

std::string allowed(const Token &name, long long size) {
  return quoted(name) +
         (size == 1 ? " has the index 0 alone" : " has the indices 0 to " + std::to_string(size - 1));
}

/// What stands between [ and ]: an index, a range or a set.
struct Picked {
  bool is_range = false;
  Range range;
  std::vector<long long> indices;
};

/// 0 .. size - 1, from a number that may count from the end in OpenQASM 3.
long long checked(long long given, const Token &name, long long size, const Scope &scope, int line) {
  const long long i = given < 0 && scope.version == 3 ? given + size : given;
  if (i < 0 || i >= size)
    throw Fault(line, std::string(name.text) + "[" + std::to_string(given) +
                          "] is out of range: " + allowed(name, size));
  return i;
}

/// A plain number before ']', or nothing taken.
std::optional<long long> plain_index(Lexer &lexer) {
  if (lexer.peek().kind != Token::Kind::number)
    return std::nullopt;
  Lexer ahead = lexer;
  const std::string_view digits = ahead.next().text;
  long long index = 0;
  const auto end = digits.data() + digits.size();
  if (!ahead.peek().is("]") || std::from_chars(digits.data(), end, index).ptr != end)
    return std::nullopt;
  lexer = ahead;
  return index;
}

Picked parse_index(Lexer &lexer, const Scope &scope, const Token &name, long long size) {
  const int line = lexer.line();
  Picked picked;
  lexer.expect("[");
  if (const auto index = plain_index(lexer))
    picked.indices.push_back(checked(*index, name, size, scope, line));
  else if (scope.version == 3 && lexer.accept("{")) {
    do {
      const int at = lexer.line();
      picked.indices.push_back(checked(parse_integer(lexer, scope, "an index"), name, size, scope, at));
      if (static_cast<long long>(picked.indices.size()) > size)
        throw Fault(at, "an index of " + quoted(name) + " is given twice");
    } while (lexer.accept(","));
    lexer.expect("}");
  } else {
    picked.is_range = true;
    picked.range = parse_range(lexer, scope, size);
    if (picked.range.step == 0) { // no range: one index
      picked.is_range = false;
      picked.indices.push_back(checked(picked.range.first, name, size, scope, line));
    } else {
      picked.range.first = checked(picked.range.first, name, size, scope, line);
      picked.range.last = checked(picked.range.last, name, size, scope, line);
      if (picked.range.count() == 0)
        throw Fault(line, "the range in " + std::string(name.text) + "[...] is empty");
    }
  }
  lexer.expect("]");
  return picked;
}

} // namespace

long long Range::count() const {
  if (step > 0 ? first > last : first < last)
    return 0;
  const auto distance = step > 0
                            ? static_cast<unsigned long long>(last) - static_cast<unsigned long long>(first)
                            : static_cast<unsigned long long>(first) - static_cast<unsigned long long>(last);
  const auto stride =
      step > 0 ? static_cast<unsigned long long>(step) : 0 - static_cast<unsigned long long>(step);
  return static_cast<long long>(std::min<unsigned long long>(distance / stride, 1ull << 62)) + 1;
}

Range parse_range(Lexer &lexer, const Scope &scope, long long size) {
  const int line = lexer.line();
  const auto part = [&]() -> std::optional<long long> {
    if (lexer.peek().is(":") || lexer.peek().is("]"))
      return std::nullopt;
    return parse_integer(lexer, scope, "an index");
  };
  const auto first = part();
  if (scope.version != 3 || !lexer.peek().is(":")) {
    if (!first)
      throw Fault(line, "expected an index before ']'");
    return {*first, 0, *first};
  }
  lexer.next();
  auto last = part();
  Range range;
  if (lexer.accept(":")) {
    range.step = last.value_or(1);
    last = part();
    if (range.step == 0)
      throw Fault(line, "the step of a range cannot be 0");
  }
  if (size < 0 && (!first || !last))
    throw Fault(line, "a range that no register bounds needs both its ends: [0:3]");
  range.first = first.value_or(range.step > 0 ? 0 : size - 1);
  range.last = last.value_or(range.step > 0 ? size - 1 : 0);
  return range;
}

const Register *Registers::find(std::string_view name) const {
  const auto found = named_.find(name);
  return found == named_.end() ? nullptr : &found->second;
}

const Register &Registers::named(const Token &name) const {
  if (const Register *found = find(name.text))
    return *found;
  throw Fault(name.line, "the register " + quoted(name) + " is not declared");
}

void Registers::declare(const Token &name, long long size, bool quantum) {
  const std::string bits = quantum ? " qubits" : " bits";
  if (size < 1)
    throw Fault(name.line, "the register " + quoted(name) + " has " + std::to_string(size) + bits +
                               ": at least 1 is needed");
  if (quantum && physical_)
    throw Fault(name.line, "the register " + quoted(name) +
                               " is declared beside physical qubits such as $0: " + "use one or the other");
  if (quantum && size + qubits_ > most_qubits)
    throw Fault(name.line, "the register " + quoted(name) + " brings the circuit to " +
                               std::to_string(size + qubits_) + " qubits: at most " +
                               std::to_string(most_qubits) + " are allowed");
  if (!quantum && size > most_bits)
    throw Fault(name.line, "the register " + quoted(name) + " has " + std::to_string(size) +
                               " bits: at most " + std::to_string(most_bits) + " are allowed");
  Register made;
  if (quantum)
    for (long long i = 0; i < size; ++i)
      made.qubits.push_back(qubits_++);
  else
    made.bits = size;
  named_[std::string(name.text)] = std::move(made);
}

void Registers::alias(const Token &name, std::vector<int> qubits) {
  named_[std::string(name.text)] = {std::move(qubits), 0, true};
}

int Registers::physical_qubit(Lexer &lexer) {
  const int line = lexer.line();
  lexer.expect("$");
  const Token number = lexer.next();
  int index = 0;
  const auto end = number.text.data() + number.text.size();
  if (number.kind != Token::Kind::number || std::from_chars(number.text.data(), end, index).ptr != end)
    throw Fault(line, "expected the number of a physical qubit after $, as in $0");
  if (index >= most_qubits)
    throw Fault(line, "the physical qubit $" + std::to_string(index) + " is out of range: $0 to $" +
                          std::to_string(most_qubits - 1) + " are allowed, renumber them");
  if (qubits_ > 0 && !physical_)
    throw Fault(line, "the physical qubit $" + std::to_string(index) +
                          " stands beside declared qubits: use one or the other");
  physical_ = true;
  qubits_ = std::max(qubits_, index + 1);
  return index;
}

std::vector<int> Registers::parse_qubits(Lexer &lexer, const Scope &scope) {
  if (lexer.peek().is("$"))
    return {physical_qubit(lexer)};
  const Token name = lexer.expect_identifier("a qubit or a register of qubits");
  const Register &reg = named(name);
  if (!reg.quantum())
    throw Fault(name.line, quoted(name) + " holds bits, not qubits");
  if (!lexer.peek().is("["))
    return reg.qubits;
  const Picked picked = parse_index(lexer, scope, name, reg.size());
  std::vector<int> qubits;
  for (const long long i : picked.indices)
    qubits.push_back(reg.qubits[std::size_t(i)]);
  for (long long k = 0; picked.is_range && k < picked.range.count(); ++k)
    qubits.push_back(reg.qubits[std::size_t(picked.range.first + k * picked.range.step)]);
  return qubits;
}

std::vector<int> Registers::parse_concatenation(Lexer &lexer, const Scope &scope) {
  std::vector<int> all;
  do {
    const int line = lexer.line();
    for (const int qubit : parse_qubits(lexer, scope)) {
      if (std::find(all.begin(), all.end(), qubit) != all.end())
        throw Fault(line, "the alias holds " + qubit_name(qubit) + " twice");
      all.push_back(qubit);
    }
  } while (lexer.accept("++"));
  return all;
}

long long Registers::parse_bits(Lexer &lexer, const Scope &scope) {
  const Token name = lexer.expect_identifier("a bit or a register of bits");
  return parse_bit_index(lexer, scope, name);
}

long long Registers::parse_bit_index(Lexer &lexer, const Scope &scope, const Token &name) {
  const Register &reg = named(name);
  if (reg.quantum())
    throw Fault(name.line, quoted(name) + " holds qubits, not bits");
  if (!lexer.peek().is("["))
    return reg.bits;
  const Picked picked = parse_index(lexer, scope, name, reg.size());
  return picked.is_range ? picked.range.count() : static_cast<long long>(picked.indices.size());
}

std::string Registers::qubit_name(int qubit) const {
  if (physical_)
    return "$" + std::to_string(qubit);
  for (const auto &[name, reg] : named_) {
    if (reg.is_alias)
      continue;
    const auto found = std::find(reg.qubits.begin(), reg.qubits.end(), qubit);
    if (found != reg.qubits.end())
      return name + "[" + std::to_string(found - reg.qubits.begin()) + "]";
  }
  return "qubit " + std::to_string(qubit);
}

} // namespace duet::qasm
