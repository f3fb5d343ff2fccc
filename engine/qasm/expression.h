// Angle expressions: kept as a list of steps (so that depth costs no stack), worked out when a gate is
// applied. What comes out is affine in at most one input: scale * input + constant. OpenQASM 3 tells whole
// numbers from real ones, and divides each in its own way.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/qasm/lexer.h"
#include "engine/qasm/qasm.h"
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace duet::qasm {

struct Step {
  enum class Kind : std::uint8_t {
    number, ///< real
    whole,  ///< a whole number of OpenQASM 3
    parameter,
    feature,
    weight,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    power,
    shift_left,
    shift_right,
    negate,
    sine,
    cosine,
    tangent,
    arcsine,
    arccosine,
    arctangent,
    exponential,
    logarithm,
    root,
    floor,
    ceiling,
    to_real, ///< float(...), angle(...)
    to_whole ///< int(...), uint(...)
  };
  Kind kind = Kind::number;
  int index = 0;       ///< of the gate's parameter, of the feature or of the weight
  double value = 0;    ///< of a number
  long long whole = 0; ///< of a whole number
};

/// An expression's worth. In OpenQASM 2 nothing is whole.
struct Value {
  Angle angle;
  bool is_whole = false;
  long long whole = 0; ///< then also angle.offset
  static Value of(long long number);
  static Value of(const Angle &angle) { return {angle, false, 0}; }
};

struct Expression {
  int line = 1;
  const InputNames *inputs = nullptr; ///< for messages
  std::vector<Step> steps;            ///< operands first, then the operation
  /// parameters: what the enclosing gate was called with. A Fault where it is not finite or not affine.
  Angle evaluate(std::span<const Angle> parameters = {}) const { return value(parameters).angle; }
  Value value(std::span<const Angle> parameters = {}) const;
  /// Evaluates a whole number; `what` names it in messages.
  long long evaluate_integer(const char *what) const;
};

/// What an expression is read by: its version of the language, and what a name stands for, if anything.
struct Scope {
  int version = 3;
  std::function<std::optional<Step>(const Token &name)> find = {};
  const InputNames *inputs = nullptr; ///< lives as long as what is read
  /// Whole numbers of OpenQASM 3 are divided as real ones, as stdgates.inc does in pow(1/2) @.
  bool real_division = false;
};

/// Reads one expression.
Expression parse_expression(Lexer &lexer, const Scope &scope);
/// Reads a whole number; `what` names it in messages.
long long parse_integer(Lexer &lexer, const Scope &scope, const char *what);

/// pi and the like, or a function's name.
bool is_known_in_expressions(std::string_view name);

/// float, angle, int or uint: the types of constants.
bool is_number_type(const Token &word);
/// The [64] of float[64], read over.
void skip_width(Lexer &lexer, const Scope &scope);

} // namespace duet::qasm
