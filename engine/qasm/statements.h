// The parts of the grammar that gate bodies and whole programs share.
#pragma once
#include "engine/base/limits.h"
#include "engine/qasm/gates.h"

namespace duet::qasm {

constexpr int most_controls = most_qubits - 1; ///< of one gate
constexpr std::size_t most_operands = 64;      ///< of one gate, and parameters of a definition

/// What an input of OpenQASM 3 had better not be called: a word of the language, or a gate's, a function's or
/// a constant's name.
bool has_meaning(std::string_view name);

/// inv @, pow(k) @, ctrl(n) @, negctrl(n) @ in front of a gate; none in version 2.
Modifiers parse_modifiers(Lexer &lexer, const Scope &scope);
int controls_of(std::span<const Modifier> modifiers);

/// The gate of this name; a Fault with advice where there is none.
Callee find_callee(const GateLibrary &library, const Token &name);

/// "(a, b)" after a gate's name, as many as the gate takes; nothing for a gate without parameters.
std::vector<Expression> parse_angles(Lexer &lexer, const GateLibrary &library, const Callee &callee,
                                     const Scope &scope);

/// Checks how many qubits a gate was given.
void check_qubit_count(const GateLibrary &library, const Callee &callee, const Modifiers &modifiers,
                       std::size_t given, int line);

/// "name(parameters) qubits { body }", after the word gate; "name(parameters) qubits;" after opaque.
Definition parse_definition(Lexer &lexer, const GateLibrary &library, const Scope &scope, Budget &budget,
                            bool opaque = false);

} // namespace duet::qasm
