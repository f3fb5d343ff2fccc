#include "engine/qasm/expression.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace duet::qasm {

namespace {

using Kind = Step::Kind;
constexpr int deepest_nesting = 200;

struct NamedFunction {
  std::string_view name;
  Kind kind;
};
constexpr NamedFunction functions[] = {
    {"sin", Kind::sine},        {"cos", Kind::cosine},       {"tan", Kind::tangent},
    {"arcsin", Kind::arcsine},  {"arccos", Kind::arccosine}, {"arctan", Kind::arctangent},
    {"asin", Kind::arcsine},    {"acos", Kind::arccosine},   {"atan", Kind::arctangent},
    {"exp", Kind::exponential}, {"ln", Kind::logarithm},     {"log", Kind::logarithm},
    {"sqrt", Kind::root}};

struct NamedConstant {
  std::string_view name;
  double value;
};
constexpr NamedConstant constants[] = {{"pi", std::numbers::pi},      {"π", std::numbers::pi},
                                       {"tau", 2 * std::numbers::pi}, {"τ", 2 * std::numbers::pi},
                                       {"euler", std::numbers::e},    {"ℇ", std::numbers::e}};

template <class Table> auto find(const Table &table, std::string_view name) {
  return std::find_if(std::begin(table), std::end(table),
                      [&](const auto &entry) { return entry.name == name; });
}

class Parser {
public:
  Parser(Lexer &lexer, const Names &names, int version) : lexer_(lexer), names_(names), version_(version) {
    expression_.line = lexer.line();
  }

  Expression parse() {
    sum();
    return std::move(expression_);
  }

private:
  struct Depth {
    Depth(int &depth, int line) : depth_(depth) {
      if (++depth_ > deepest_nesting)
        throw Fault(line, "the expression is nested more than " + std::to_string(deepest_nesting) + " deep");
    }
    ~Depth() { --depth_; }
    Depth(const Depth &) = delete;
    Depth &operator=(const Depth &) = delete;
    int &depth_;
  };

  void add(Kind kind, int index = 0, double value = 0) { expression_.steps.push_back({kind, index, value}); }

  void sum() {
    term();
    while (lexer_.peek().is("+") || lexer_.peek().is("-")) {
      const bool plus = lexer_.next().is("+");
      term();
      add(plus ? Kind::add : Kind::subtract);
    }
  }

  void term() {
    signed_value();
    while (lexer_.peek().is("*") || lexer_.peek().is("/")) {
      const bool times = lexer_.next().is("*");
      signed_value();
      add(times ? Kind::multiply : Kind::divide);
    }
  }

  void signed_value() {
    const Depth depth(depth_, lexer_.line());
    if (lexer_.accept("+"))
      return signed_value();
    if (lexer_.accept("-")) {
      signed_value();
      return add(Kind::negate);
    }
    primary();
    if (lexer_.peek().is("^") && version_ == 3)
      throw Fault(lexer_.line(), "a power is written ** in OpenQASM 3, not ^");
    if (lexer_.accept("^") || lexer_.accept("**")) {
      signed_value();
      add(Kind::power);
    }
  }

  void primary() {
    const Token token = lexer_.next();
    if (token.kind == Token::Kind::number)
      return add(Kind::number, 0, number(token));
    if (token.is("(")) {
      sum();
      return lexer_.expect(")");
    }
    if (token.kind != Token::Kind::identifier)
      throw Fault(token.line, "expected a number, pi, a name or '(' instead of " + quoted(token));
    if (lexer_.peek().is("("))
      return call(token);
    if (const auto step = names_(token))
      return add(step->kind, step->index, step->value);
    const auto constant = find(constants, token.text);
    if (constant == std::end(constants))
      throw Fault(token.line, "the name " + quoted(token) + " is not known in this expression");
    add(Kind::number, 0, constant->value);
  }

  void call(const Token &name) {
    const auto function = find(functions, name.text);
    if (function == std::end(functions))
      throw Fault(name.line,
                  "the function " + quoted(name) + " is not known: sin, cos, tan, exp, ln and sqrt are");
    lexer_.expect("(");
    sum();
    lexer_.expect(")");
    add(function->kind);
  }

  static double number(const Token &token) {
    std::string digits(token.text);
    std::erase(digits, '_');
    double value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (result.ec != std::errc{} || result.ptr != digits.data() + digits.size() || !std::isfinite(value))
      throw Fault(token.line, "the number " + quoted(token) + " cannot be held in 64 bits");
    return value;
  }

  Lexer &lexer_;
  const Names &names_;
  int version_, depth_ = 0;
  Expression expression_;
};

std::string name_of(const Angle &angle) {
  return (angle.source == Angle::Source::feature ? "x" : "w") + std::to_string(angle.index);
}

/// scale * input + offset for both operands; constants have scale 0.
struct Machine {
  int line;
  std::vector<Angle> stack;

  bool constant(const Angle &a) const { return a.source == Angle::Source::constant; }
  Angle pop() {
    const Angle top = stack.back();
    stack.pop_back();
    return top;
  }
  [[noreturn]] void not_affine(const std::string &what) const {
    throw Fault(line, "an angle may be a * p + b of one input p, with numbers a and b, but this one " + what);
  }

  static Angle scaled(Angle a, double factor) {
    a.scale *= factor, a.offset *= factor;
    return a;
  }

  Angle sum(const Angle &a, const Angle &b) const {
    if (constant(b))
      return {a.source, a.index, a.scale, a.offset + b.offset};
    if (constant(a))
      return {b.source, b.index, b.scale, a.offset + b.offset};
    if (a.source != b.source || a.index != b.index)
      not_affine("uses both " + name_of(a) + " and " + name_of(b));
    const Angle both{a.source, a.index, a.scale + b.scale, a.offset + b.offset};
    return both.scale == 0 ? Angle::constant(both.offset) : both;
  }

  Angle product(const Angle &a, const Angle &b) const {
    if (!constant(a) && !constant(b))
      not_affine("multiplies " + name_of(a) + " by " + name_of(b));
    return constant(b) ? scaled(a, b.offset) : scaled(b, a.offset);
  }

  Angle quotient(Angle a, const Angle &b) const {
    if (!constant(b))
      not_affine("divides by " + name_of(b));
    if (b.offset == 0)
      throw Fault(line, "the expression divides by zero");
    a.scale /= b.offset, a.offset /= b.offset;
    return a;
  }

  Angle applied(Kind kind, const Angle &a) const {
    if (!constant(a))
      not_affine("takes a function of " + name_of(a));
    const double v = a.offset;
    switch (kind) {
    case Kind::sine:
      return Angle::constant(std::sin(v));
    case Kind::cosine:
      return Angle::constant(std::cos(v));
    case Kind::tangent:
      return Angle::constant(std::tan(v));
    case Kind::arcsine:
      return Angle::constant(std::asin(v));
    case Kind::arccosine:
      return Angle::constant(std::acos(v));
    case Kind::arctangent:
      return Angle::constant(std::atan(v));
    case Kind::exponential:
      return Angle::constant(std::exp(v));
    case Kind::logarithm:
      return Angle::constant(std::log(v));
    default:
      return Angle::constant(std::sqrt(v));
    }
  }

  Angle binary(Kind kind, const Angle &a, const Angle &b) const {
    switch (kind) {
    case Kind::add:
      return sum(a, b);
    case Kind::subtract:
      return sum(a, scaled(b, -1));
    case Kind::multiply:
      return product(a, b);
    case Kind::divide:
      return quotient(a, b);
    default:
      break;
    }
    if (!constant(a) || !constant(b))
      not_affine("takes a power of " + name_of(constant(a) ? b : a));
    return Angle::constant(std::pow(a.offset, b.offset));
  }

  void run(const Step &step, std::span<const Angle> parameters) {
    switch (step.kind) {
    case Kind::number:
      return stack.push_back(Angle::constant(step.value));
    case Kind::parameter:
      return stack.push_back(parameters[std::size_t(step.index)]);
    case Kind::feature:
      return stack.push_back(Angle::feature(step.index));
    case Kind::weight:
      return stack.push_back(Angle::weight(step.index));
    case Kind::add:
    case Kind::subtract:
    case Kind::multiply:
    case Kind::divide:
    case Kind::power: {
      const Angle b = pop(), a = pop();
      stack.push_back(binary(step.kind, a, b));
      break;
    }
    case Kind::negate:
      stack.back() = scaled(stack.back(), -1);
      break;
    default:
      stack.back() = applied(step.kind, stack.back());
    }
    if (!std::isfinite(stack.back().offset) || !std::isfinite(stack.back().scale))
      throw Fault(line, "the expression has no finite value");
  }
};

} // namespace

Angle Expression::evaluate(std::span<const Angle> parameters) const {
  Machine machine{line, {}};
  for (const Step &step : steps)
    machine.run(step, parameters);
  return machine.stack.back();
}

long long Expression::evaluate_integer(const char *what) const {
  const Angle value = evaluate();
  constexpr double largest = 9e15; // whole numbers are exact up to here
  if (value.source != Angle::Source::constant || value.offset != std::floor(value.offset) ||
      std::abs(value.offset) > largest)
    throw Fault(line, std::string(what) + " must be a whole number");
  return static_cast<long long>(value.offset);
}

Expression parse_expression(Lexer &lexer, const Names &names, int version) {
  return Parser(lexer, names, version).parse();
}

} // namespace duet::qasm
