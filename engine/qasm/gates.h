// Gate definitions of a program, and their expansion into the gates Duet knows.
#pragma once
#include "engine/qasm/expression.h"
#include <map>
#include <string>

namespace duet::qasm {

constexpr std::size_t most_operations = 200'000; ///< of one circuit

/// What a gate's name stands for.
struct Callee {
  enum class Kind : std::uint8_t { native, defined, global_phase, opaque };
  Kind kind = Kind::native;
  Gate gate = Gate::id;       ///< of a native gate
  std::size_t definition = 0; ///< of a defined or opaque one
  /// A native gate whose definition in the program differs by a phase: under a control the definition counts.
  bool phase_differs = false;
};

/// OpenQASM 3's inv @, pow(k) @, ctrl @, negctrl @ in front of a gate.
struct Modifiers {
  bool inverse = false;
  long long repeats = 1;
  std::vector<bool> controls; ///< leftmost first; false: acts where the control is 0
};

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
  /// Starts with every gate of qelib1.inc and stdgates.inc.
  GateLibrary();

  std::optional<Callee> find(std::string_view name) const;
  const Definition &definition(const Callee &callee) const { return definitions_[callee.definition]; }
  std::string name(const Callee &callee) const;
  int parameters(const Callee &callee) const;
  int qubits(const Callee &callee) const;

  /// A definition that does the same as the native gate of its name (up to global phase) becomes that gate.
  void define(Definition definition);
  bool defined_by_user(std::string_view name) const;

  /// Appends the native gates that this call comes to. `line` is the call's line in the program.
  void apply(const Callee &callee, const Modifiers &modifiers, std::span<const Angle> angles,
             std::span<const int> qubits, int line, std::vector<Operation> &out) const;

private:
  void apply_body(const Definition &definition, std::span<const Angle> angles, std::span<const int> qubits,
                  std::span<const int> controls, bool inverse, int line, std::vector<Operation> &out) const;
  void apply_modified(const Callee &callee, const Modifiers &modifiers, std::span<const Angle> angles,
                      std::span<const int> qubits, std::span<const int> controls, bool inverse, int line,
                      std::vector<Operation> &out) const;
  void apply_native(Gate gate, std::span<const Angle> angles, std::span<const int> qubits,
                    std::span<const int> controls, bool inverse, int line, std::vector<Operation> &out) const;
  enum class Match : std::uint8_t { no, up_to_phase, exact };
  Match match_native(const Definition &definition, Gate gate) const;
  void charge(std::size_t work, int line) const;

  std::vector<Definition> definitions_;
  std::map<std::string, Callee, std::less<>> names_;
  std::map<std::string, int, std::less<>> user_names_;
  std::size_t controlled_u3_ = 0; ///< the definition of qelib1's cu3
  mutable std::size_t work_ = 0;  ///< steps of expansion so far: bounds what a small text can blow up to
};

} // namespace duet::qasm
