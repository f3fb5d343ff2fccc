// for loops: their bodies are read once for every value.
#include "engine/qasm/reader.h"

namespace duet::qasm {

namespace {

constexpr int deepest_loops = 32;
/// A body costs its bytes over this, in steps of the budget, each time it is read.
constexpr std::size_t bytes_per_step = 4;

} // namespace

/// for int i in [0:3] { ... }, for float a in {0.1, 0.2} ...
void Reader::loop() {
  const Token word = lexer_.next();
  if (loops_ == deepest_loops)
    throw Fault(word.line, "loops are nested more than " + std::to_string(deepest_loops) + " deep");
  Token type = lexer_.expect_identifier("the type of the loop's variable");
  Token name = type;
  if (is_number_type(type)) {
    skip_width(lexer_, scope_);
    name = lexer_.expect_identifier("the loop's variable");
  } else
    type = {};
  check_unused(name);
  if (!lexer_.peek().is_word("in"))
    throw Fault(lexer_.line(), "expected 'in' before " + quoted(lexer_.peek()));
  lexer_.next();
  const LoopValues values = loop_values(type);
  if (values.count() == 0)
    return skip_block();
  const Lexer body = lexer_;
  ++loops_;
  for (long long k = 0; k < values.count(); ++k) {
    lexer_ = body;
    const Value value = values.at(k);
    values_[std::string(name.text)] = value.is_whole ? Step{Step::Kind::whole, 0, 0, value.whole}
                                                     : Step{Step::Kind::number, 0, value.angle.offset, 0};
    block();
    budget_.charge((lexer_.position() - body.position()) / bytes_per_step + 1, word.line);
  }
  --loops_;
  values_.erase(values_.find(name.text));
}

Reader::LoopValues Reader::loop_values(const Token &type) {
  const int line = lexer_.line();
  LoopValues values;
  values.real = type.is_word("float") || type.is_word("angle");
  if (lexer_.accept("[")) {
    values.range = parse_range(lexer_, scope_, -1);
    if (values.range.step == 0)
      throw Fault(line, "a loop runs over a range such as [0:3] or a set such as {0, 2}");
    lexer_.expect("]");
    return values;
  }
  if (!lexer_.accept("{"))
    throw Fault(line, "a loop runs over a range such as [0:3] or a set such as {0, 2}, not over " +
                          quoted(lexer_.peek()));
  do {
    const Value value = parse_expression(lexer_, scope_).value();
    if (value.angle.source != Angle::Source::constant)
      throw Fault(line, "a loop runs over constants, not over inputs");
    if (!value.is_whole && !values.real)
      throw Fault(line, "a loop over real numbers needs a variable of type float");
    values.set.push_back(value);
    budget_.charge(4, line);
  } while (lexer_.accept(","));
  lexer_.expect("}");
  return values;
}

long long Reader::LoopValues::count() const {
  return set.empty() ? range.count() : static_cast<long long>(set.size());
}

Value Reader::LoopValues::at(long long k) const {
  Value value = set.empty() ? Value::of(range.first + k * range.step) : set[std::size_t(k)];
  value.is_whole = value.is_whole && !real;
  return value;
}

/// The body of a loop, once; the names that it declares end with it.
void Reader::block() {
  std::vector<std::string> outer;
  outer.swap(local_);
  if (lexer_.accept("{"))
    while (!lexer_.accept("}")) {
      if (lexer_.peek().kind == Token::Kind::end)
        throw Fault(lexer_.line(), "the body of a loop does not end with '}'");
      statement();
    }
  else
    statement();
  for (const std::string &name : local_) {
    values_.erase(name);
    registers_.forget(name);
  }
  local_.swap(outer);
}

/// The body of a loop over nothing.
void Reader::skip_block() {
  int depth = 0;
  do {
    const Token token = lexer_.next();
    if (token.kind == Token::Kind::end)
      throw Fault(token.line, "the body of a loop does not end");
    depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
    if (depth == 0 && (token.is("}") || token.is(";")))
      return;
  } while (true);
}

} // namespace duet::qasm
