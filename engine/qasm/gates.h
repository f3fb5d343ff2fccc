// The gates a program knows: those of the records, those of the standard files made of them, its own.
#pragma once
#include "engine/qasm/expression.h"
#include <map>
#include <string>

namespace duet::qasm {

/// What a gate's name stands for.
struct Callee {
  enum class Kind : std::uint8_t {
    native,
    defined,
    global_phase,
    controlled, ///< `gate` under as many controls as further qubits are given: mcx
    opaque
  };
  Kind kind = Kind::native;
  Gate gate = Gate::id;       ///< of a native or controlled gate
  std::size_t definition = 0; ///< of a defined or opaque one
  /// A native gate whose definition in the program differs by a phase: under a control the definition counts.
  bool phase_differs = false;
};

/// What a text may cost before it is refused, however little of it there is.
class Budget {
public:
  /// Counts steps of unfolding; a Fault when they are used up.
  void charge(std::size_t steps, int line);
  /// Counts what gate definitions hold.
  void store(std::size_t items, int line);

private:
  std::size_t spent_ = 0, stored_ = 0;
};

/// OpenQASM 3's inv @, pow(k) @, ctrl @, negctrl @ in front of a gate.
struct Modifier {
  enum class Kind : std::uint8_t { inverse, power, control, negative_control };
  Kind kind = Kind::inverse;
  int controls = 0;
  Expression exponent; ///< may use the parameters of the definition it stands in
};
using Modifiers = std::vector<Modifier>; ///< leftmost first

/// A gate applied inside a definition: qubits are the definition's arguments, by position.
struct BodyCall {
  int line = 1;
  Callee callee;
  Modifiers modifiers;
  std::vector<Expression> angles;
  std::vector<int> qubits; ///< controls of the modifiers first
};

struct Definition {
  std::string name;
  int line = 1;
  bool opaque = false; ///< declared without a body
  std::vector<std::string> parameters, qubits;
  std::vector<BodyCall> body;
  int depth = 1; ///< nesting of definitions below it, itself included
};

/// The gates known at one place of a program.
class GateLibrary {
public:
  /// Every gate of qelib1.inc and stdgates.inc, as the version of the language says.
  static const GateLibrary &standard(int version);

  std::optional<Callee> find(std::string_view name) const;
  const Definition &definition(const Callee &callee) const { return definitions_[callee.definition]; }
  std::string name(const Callee &callee) const;
  int parameters(const Callee &callee) const;
  /// Of a controlled one, the fewest.
  int qubits(const Callee &callee) const;

  /// A definition that does the same as the native gate of its name (up to global phase) becomes that gate.
  void define(Definition definition);
  bool defined_by_user(std::string_view name) const;

private:
  explicit GateLibrary(int version);
  void know(std::string_view name, Callee callee) { names_[std::string(name)] = callee; }
  enum class Match : std::uint8_t { no, up_to_phase, exact };
  Match match_native(const Definition &definition, Gate gate) const;

  std::vector<Definition> definitions_;
  std::map<std::string, Callee, std::less<>> names_;
  std::map<std::string, int, std::less<>> user_names_;
};

} // namespace duet::qasm
