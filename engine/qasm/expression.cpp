#include "engine/qasm/expression.h"
#include "engine/qasm/machine.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace duet::qasm {

namespace {

using Kind = Step::Kind;
constexpr int deepest_nesting = 200;
constexpr std::size_t longest_expression = 1'000'000;

struct NamedFunction {
  std::string_view name;
  Kind kind;
  int arguments;
};
constexpr NamedFunction functions[] = {
    {"sin", Kind::sine, 1},        {"cos", Kind::cosine, 1},       {"tan", Kind::tangent, 1},
    {"arcsin", Kind::arcsine, 1},  {"arccos", Kind::arccosine, 1}, {"arctan", Kind::arctangent, 1},
    {"asin", Kind::arcsine, 1},    {"acos", Kind::arccosine, 1},   {"atan", Kind::arctangent, 1},
    {"exp", Kind::exponential, 1}, {"ln", Kind::logarithm, 1},     {"log", Kind::logarithm, 1},
    {"sqrt", Kind::root, 1},       {"floor", Kind::floor, 1},      {"ceiling", Kind::ceiling, 1},
    {"pow", Kind::power, 2},       {"mod", Kind::modulo, 2},       {"float", Kind::to_real, 1},
    {"angle", Kind::to_real, 1},   {"int", Kind::to_whole, 1},     {"uint", Kind::to_whole, 1}};

struct NamedConstant {
  std::string_view name;
  double value;
};
constexpr NamedConstant constants[] = {{"pi", std::numbers::pi},      {"π", std::numbers::pi},
                                       {"tau", 2 * std::numbers::pi}, {"τ", 2 * std::numbers::pi},
                                       {"euler", std::numbers::e},    {"ℇ", std::numbers::e}};

struct Operator {
  std::string_view symbol;
  Kind kind;
};
/// From the weakest to the strongest; those of one row are worked out from the left.
constexpr Operator shifts[] = {{"<<", Kind::shift_left}, {">>", Kind::shift_right}};
constexpr Operator sums[] = {{"+", Kind::add}, {"-", Kind::subtract}, {"++", Kind::add}}; // a + +b
constexpr Operator products[] = {{"*", Kind::multiply}, {"/", Kind::divide}, {"%", Kind::modulo}};

template <class Table> auto find(const Table &table, std::string_view name) {
  return std::find_if(std::begin(table), std::end(table),
                      [&](const auto &entry) { return entry.name == name; });
}

class Parser {
public:
  Parser(Lexer &lexer, const Scope &scope) : lexer_(lexer), scope_(scope) {
    expression_.line = lexer.line();
    expression_.inputs = scope.inputs;
  }

  Expression parse() {
    shift();
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

  bool version_3() const { return scope_.version == 3; }
  void add(Kind kind) { add(Step{kind}); }
  void add(const Step &step) {
    if (expression_.steps.size() == longest_expression)
      throw Fault(lexer_.line(), "the expression has more than " + std::to_string(longest_expression) +
                                     " numbers and operations");
    const bool real = step.kind == Kind::whole && scope_.real_division;
    expression_.steps.push_back(real ? Step{Kind::number, 0, double(step.whole), 0} : step);
  }

  /// Takes one of the operators, if one comes next.
  template <class Table> std::optional<Kind> accept(const Table &table) {
    for (const Operator &one : table)
      if (lexer_.accept(one.symbol))
        return one.kind;
    return std::nullopt;
  }

  void shift() {
    sum();
    while (const auto kind = version_3() ? accept(shifts) : std::nullopt) {
      sum();
      add(*kind);
    }
  }

  void sum() {
    term();
    while (const auto kind = accept(sums)) {
      term();
      add(*kind);
    }
  }

  void term() {
    signed_value();
    while (const auto kind = accept(products)) {
      signed_value();
      add(*kind);
    }
  }

  void signed_value() {
    const Depth depth(depth_, lexer_.line());
    if (lexer_.accept("+") || lexer_.accept("++"))
      return signed_value();
    if (lexer_.accept("-")) {
      signed_value();
      return add(Kind::negate);
    }
    primary();
    if (lexer_.peek().is("^") && version_3())
      throw Fault(lexer_.line(), "a power is written ** in OpenQASM 3, not ^");
    if (lexer_.accept("^") || lexer_.accept("**")) {
      signed_value();
      add(Kind::power);
    }
  }

  void primary() {
    const Token token = lexer_.next();
    if (token.kind == Token::Kind::number)
      return add(number(token));
    if (token.is("(")) {
      shift();
      return lexer_.expect(")");
    }
    if (token.kind != Token::Kind::identifier)
      throw Fault(token.line, "expected a number, pi, a name or '(' instead of " + quoted(token));
    if (version_3() && is_number_type(token))
      skip_width(lexer_, scope_);
    if (lexer_.peek().is("("))
      return call(token);
    if (const auto step = scope_.find ? scope_.find(token) : std::nullopt)
      return add(*step);
    const auto constant = find(constants, token.text);
    if (constant == std::end(constants))
      throw Fault(token.line, "the name " + quoted(token) + " is not known in this expression");
    add({Kind::number, 0, constant->value, 0});
  }

  void call(const Token &name) {
    const auto function = find(functions, name.text);
    if (function == std::end(functions))
      throw Fault(name.line, "the function " + quoted(name) +
                                 " is not known: sin, cos, tan, arcsin, arccos, arctan, exp, ln, log, sqrt, "
                                 "pow, mod, floor and ceiling are");
    lexer_.expect("(");
    for (int argument = 0; argument < function->arguments; ++argument) {
      if (argument > 0)
        lexer_.expect(",");
      shift();
    }
    lexer_.expect(")");
    add(function->kind);
  }

  Step number(const Token &token) const {
    std::string digits(token.text);
    std::erase(digits, '_');
    const char *from = digits.data(), *end = from + digits.size();
    int base = 10;
    if (digits.size() > 2 && digits[0] == '0' && std::isalpha(static_cast<unsigned char>(digits[1]))) {
      if (!version_3())
        throw Fault(token.line, quoted(token) + " is a number of OpenQASM 3: write it in decimal digits");
      base = std::tolower(digits[1]) == 'x' ? 16 : std::tolower(digits[1]) == 'o' ? 8 : 2;
      from += 2;
    }
    if (version_3() && (base != 10 || digits.find_first_not_of("0123456789") == std::string::npos)) {
      Step step{Kind::whole, 0, 0, 0};
      if (std::from_chars(from, end, step.whole, base).ec == std::errc{})
        return step;
      throw Fault(token.line, "the number " + quoted(token) + " cannot be held in 64 bits");
    }
    Step step{Kind::number, 0, 0, 0};
    const auto result = std::from_chars(from, end, step.value);
    if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(step.value))
      throw Fault(token.line, "the number " + quoted(token) + " cannot be held in 64 bits");
    return step;
  }

  Lexer &lexer_;
  const Scope &scope_;
  int depth_ = 0;
  Expression expression_;
};

} // namespace

Value Value::of(long long number) { return {Angle::constant(double(number)), true, number}; }

Value Expression::value(std::span<const Angle> parameters) const {
  return Machine(line, inputs, parameters).run(steps);
}

long long Expression::evaluate_integer(const char *what) const {
  const Value result = value();
  if (result.is_whole)
    return result.whole;
  constexpr double largest = 9e15; // whole numbers are exact up to here
  const Angle &angle = result.angle;
  if (angle.source != Angle::Source::constant || angle.offset != std::floor(angle.offset) ||
      std::abs(angle.offset) > largest)
    throw Fault(line, std::string(what) + " must be a whole number");
  return static_cast<long long>(angle.offset);
}

Expression parse_expression(Lexer &lexer, const Scope &scope) { return Parser(lexer, scope).parse(); }

long long parse_integer(Lexer &lexer, const Scope &scope, const char *what) {
  return parse_expression(lexer, scope).evaluate_integer(what);
}

bool is_known_in_expressions(std::string_view name) {
  return find(constants, name) != std::end(constants) || find(functions, name) != std::end(functions);
}

bool is_number_type(const Token &word) {
  return word.is_word("float") || word.is_word("angle") || word.is_word("int") || word.is_word("uint");
}

void skip_width(Lexer &lexer, const Scope &scope) {
  if (!lexer.accept("["))
    return;
  const int line = lexer.line();
  if (parse_integer(lexer, scope, "the width of a type") < 1)
    throw Fault(line, "the width of a type must be at least 1");
  lexer.expect("]");
}

} // namespace duet::qasm
