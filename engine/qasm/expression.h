// Angle expressions: kept as a list of steps (so that depth costs no stack), worked out when a gate is
// applied. What comes out is affine in at most one input: scale * input + constant.
#pragma once
#include "engine/circuit/circuit.h"
#include "engine/qasm/lexer.h"
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace duet::qasm {

struct Step {
  enum class Kind : std::uint8_t {
    number,
    parameter,
    feature,
    weight,
    add,
    subtract,
    multiply,
    divide,
    power,
    negate,
    sine,
    cosine,
    tangent,
    arcsine,
    arccosine,
    arctangent,
    exponential,
    logarithm,
    root
  };
  Kind kind = Kind::number;
  int index = 0;    ///< of the gate's parameter, of the feature or of the weight
  double value = 0; ///< of a number
};

struct Expression {
  int line = 1;
  std::vector<Step> steps; ///< operands first, then the operation
  /// parameters: what the enclosing gate was called with. A Fault where it is not finite or not affine.
  Angle evaluate(std::span<const Angle> parameters = {}) const;
  /// Evaluates a whole number; `what` names it in messages.
  long long evaluate_integer(const char *what) const;
};

/// What a name stands for, if anything.
using Names = std::function<std::optional<Step>(const Token &name)>;

/// Reads one expression; version 2 or 3 of the language.
Expression parse_expression(Lexer &lexer, const Names &names, int version);

} // namespace duet::qasm
