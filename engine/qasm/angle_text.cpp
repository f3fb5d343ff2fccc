#include "engine/qasm/angle_text.h"
#include "engine/base/number_text.h"
#include "engine/circuit/pi_fraction.h"
#include "engine/qasm/expression.h"
#include <cmath>

namespace duet {

namespace {

std::string number(double value, int digits = 0) {
  const std::string text = digits > 0 ? significant(value, digits) : number_text(value);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

/// What a name means as an angle of this circuit; none of its inputs: nothing.
std::optional<qasm::Step> input_called(std::string_view name, const Circuit &circuit) {
  for (int i = 0; i <= circuit.weights; ++i)
    if (circuit.names.of(Angle::weight(i)) == name)
      return qasm::Step{qasm::Step::Kind::weight, i, 0, 0};
  for (int i = 0; i < circuit.features; ++i)
    if (circuit.names.of(Angle::feature(i)) == name)
      return qasm::Step{qasm::Step::Kind::feature, i, 0, 0};
  return std::nullopt;
}

std::string inputs_there(const Circuit &circuit) {
  const std::string features =
      circuit.features > 0 ? "features x0 to x" + std::to_string(circuit.features - 1) + ", " : "";
  return features + "weights w0 to w" + std::to_string(circuit.weights) + " (the last is new) and pi";
}

} // namespace

std::string radians_text(double value, int digits) {
  const auto fraction = pi_fraction(value);
  if (!fraction)
    return value == 0 ? "0.0" : number(value, digits);
  const std::string sign = fraction->negative ? "-" : "";
  return sign + (fraction->multiple == 1 ? "pi" : std::to_string(fraction->multiple) + "*pi") +
         (fraction->divisor == 1 ? "" : "/" + std::to_string(fraction->divisor));
}

std::string angle_text(const Angle &angle, const std::string &input_name) {
  if (angle.source == Angle::Source::constant)
    return radians_text(angle.offset);
  std::string text = angle.scale == 1    ? input_name
                     : angle.scale == -1 ? "-" + input_name
                                         : number(angle.scale) + "*" + input_name;
  if (angle.offset != 0)
    text += (angle.offset < 0 ? " - " : " + ") + radians_text(std::abs(angle.offset));
  return text;
}

std::string angle_text(const Angle &angle, const InputNames &names) {
  return angle_text(angle, names.of(angle));
}

ReadAngle read_angle(std::string_view text, const Circuit &circuit) {
  using qasm::Fault, qasm::Token;
  ReadAngle read;
  try {
    qasm::Scope scope;
    scope.inputs = &circuit.names;
    scope.real_division = true;
    scope.find = [&](const Token &name) {
      read.from = std::size_t(name.text.data() - text.data());
      const auto input = input_called(name.text, circuit);
      if (!input && !qasm::is_known_in_expressions(name.text))
        throw Fault(name.line,
                    "the name " + qasm::quoted(name) + " is not known: " + inputs_there(circuit) + " are");
      return input;
    };
    qasm::Lexer lexer(text);
    if (lexer.peek().kind == Token::Kind::end)
      throw Fault(1, "the angle is empty: write a number, pi/2, x0 or 2*w0 + pi");
    const qasm::Expression expression = qasm::parse_expression(lexer, scope);
    if (lexer.peek().kind != Token::Kind::end) {
      read.from = std::size_t(lexer.peek().text.data() - text.data());
      throw Fault(1,
                  "after the angle stands " + qasm::quoted(lexer.peek()) + ", which does not belong to it");
    }
    read.from = 0;
    read.angle = expression.evaluate();
  } catch (const Fault &fault) {
    read.problem = fault.what();
  }
  return read;
}

} // namespace duet
