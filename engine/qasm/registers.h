// The registers of a program, its aliases and physical qubits, and what operands pick of them.
#pragma once
#include "engine/qasm/expression.h"
#include <map>
#include <string>

namespace duet::qasm {

struct Register {
  std::vector<int> qubits; ///< of a register of qubits or of an alias: numbers in the circuit
  long long bits = 0;      ///< of a register of bits
  bool is_alias = false;
  bool quantum() const { return bits == 0; }
  long long size() const { return quantum() ? static_cast<long long>(qubits.size()) : bits; }
};

class Registers {
public:
  /// Finds a register; null if there is none of this name.
  const Register *find(std::string_view name) const;
  /// So many new qubits, or bits.
  void declare(const Token &name, long long size, bool quantum);
  /// let name = qubits;
  void alias(const Token &name, std::vector<int> qubits);
  void forget(const std::string &name) { named_.erase(name); }
  int qubits() const { return qubits_; }

  /// Reads what an operand picks: a register of qubits, part of one, or $0: numbers of qubits.
  std::vector<int> parse_qubits(Lexer &lexer, const Scope &scope);
  /// a ++ b ++ ...
  std::vector<int> parse_concatenation(Lexer &lexer, const Scope &scope);
  /// How many bits an operand picks.
  long long parse_bits(Lexer &lexer, const Scope &scope);
  /// How many bits the index after a name, if there is one, picks.
  long long parse_bit_index(Lexer &lexer, const Scope &scope, const Token &name);

  /// "q[0]" or "$0", for messages.
  std::string qubit_name(int qubit) const;

private:
  const Register &named(const Token &name) const;
  int physical_qubit(Lexer &lexer);

  std::map<std::string, Register, std::less<>> named_;
  int qubits_ = 0;
  bool physical_ = false; ///< the qubits are $0, $1, ...
};

/// [a:b], [a:step:b], with ends left out where `size` says what they are (-1: they may not be).
struct Range {
  long long first = 0, step = 1, last = 0; ///< last included
  long long count() const;
};
Range parse_range(Lexer &lexer, const Scope &scope, long long size);

} // namespace duet::qasm
