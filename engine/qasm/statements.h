// The parts of the grammar that gate bodies and whole programs share.
#pragma once
#include "engine/qasm/gates.h"

namespace duet::qasm {

/// inv @, pow(k) @, ctrl(n) @, negctrl(n) @ in front of a gate; none in version 2.
Modifiers parse_modifiers(Lexer &lexer, const Names &constants, int version);

/// The gate of this name; a Fault with advice where there is none.
Callee find_callee(const GateLibrary &library, const Token &name);

/// "(a, b)" after a gate's name, as many as the gate takes; nothing for a gate without parameters.
std::vector<Expression> parse_angles(Lexer &lexer, const GateLibrary &library, const Callee &callee,
                                     const Names &names, int version);

/// Checks how many qubits a gate was given.
void check_qubit_count(const GateLibrary &library, const Callee &callee, const Modifiers &modifiers,
                       std::size_t given, int line);

/// "name(parameters) qubits { body }", after the word gate; "name(parameters) qubits;" after opaque.
Definition parse_definition(Lexer &lexer, const GateLibrary &library, const Names &constants, int version,
                            bool opaque = false);

} // namespace duet::qasm
