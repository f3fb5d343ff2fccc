#include "engine/qasm/lexer.h"

namespace duet::qasm {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

} // namespace

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string out = "'";
  for (char c : text.substr(0, longest))
    out += c >= ' ' && c < '\x7f' ? c : '?';
  return out + (text.size() > longest ? "...'" : "'");
}

std::string quoted(const Token &token) {
  return token.kind == Token::Kind::end ? "the end of the file" : quoted(token.text);
}

Token Lexer::next() {
  const Token taken = token_;
  last_line_ = taken.line;
  advance();
  return taken;
}

bool Lexer::accept(std::string_view symbol) {
  if (!token_.is(symbol))
    return false;
  next();
  return true;
}

void Lexer::expect(std::string_view symbol) {
  if (accept(symbol))
    return;
  // a forgotten semicolon belongs to the line it was forgotten on
  const int line = symbol == ";" ? last_line_ : token_.line;
  throw Fault(line, "expected " + quoted(symbol) + " before " + quoted(token_));
}

Token Lexer::expect_identifier(const char *what) {
  if (token_.kind != Token::Kind::identifier)
    throw Fault(token_.line, std::string("expected ") + what + " instead of " + quoted(token_));
  return next();
}

void Lexer::skip_line() {
  const int line = token_.line;
  while (token_.kind != Token::Kind::end && token_.line == line) {
    const std::size_t end = text_.find('\n', position_);
    position_ = end == std::string_view::npos ? text_.size() : end;
    advance();
  }
}

void Lexer::skip_space() {
  while (position_ < text_.size()) {
    const char c = at(0);
    if (c == '\n')
      ++line_, ++position_;
    else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v')
      ++position_;
    else if (c == '/' && at(1) == '/') {
      while (position_ < text_.size() && at(0) != '\n')
        ++position_;
    } else if (c == '/' && at(1) == '*') {
      const std::size_t end = text_.find("*/", position_ + 2);
      if (end == std::string_view::npos)
        throw Fault(line_, "a comment that begins with /* does not end");
      for (; position_ < end + 2; ++position_)
        line_ += at(0) == '\n';
    } else
      return;
  }
}

Token Lexer::take(Token::Kind kind, std::size_t length) {
  const Token token{kind, text_.substr(position_, length), line_};
  position_ += length;
  return token;
}

std::size_t Lexer::number_length() const {
  std::size_t i = 0;
  const auto digits = [&] {
    while (is_digit(at(i)) || (at(i) == '_' && is_digit(at(i + 1))))
      ++i;
  };
  digits();
  if (at(i) == '.') {
    ++i;
    digits();
  }
  const std::size_t sign = at(i + 1) == '+' || at(i + 1) == '-' ? 1 : 0;
  if ((at(i) == 'e' || at(i) == 'E') && is_digit(at(i + 1 + sign))) {
    i += 1 + sign;
    digits();
  }
  return i;
}

void Lexer::advance() {
  skip_space();
  if (position_ >= text_.size()) {
    token_ = {Token::Kind::end, {}, line_};
    return;
  }
  const char c = at(0);
  if (is_letter(c)) {
    std::size_t length = 1;
    while (is_letter(at(length)) || is_digit(at(length)))
      ++length;
    token_ = take(Token::Kind::identifier, length);
  } else if (is_digit(c) || (c == '.' && is_digit(at(1)))) {
    const std::size_t length = number_length();
    if (is_letter(at(length)))
      throw Fault(line_, quoted(text_.substr(position_, length + 1)) + " is neither a number nor a name");
    token_ = take(Token::Kind::number, length);
  } else if (c == '"' || c == '\'') {
    const std::size_t end = text_.find(c, position_ + 1);
    if (end == std::string_view::npos || text_.find('\n', position_) < end)
      throw Fault(line_, "a quoted text does not end on its line");
    ++position_;
    token_ = take(Token::Kind::text, end - position_);
    ++position_;
  } else {
    const std::string_view two = text_.substr(position_, 2);
    const bool pair = two == "->" || two == "==" || two == "**";
    if (!pair && std::string_view("()[]{},;:+-*/^=@$<>!%&|~#.").find(c) == std::string_view::npos)
      throw Fault(line_,
                  "the character " + quoted(text_.substr(position_, 1)) + " has no meaning in OpenQASM");
    token_ = take(Token::Kind::symbol, pair ? 2 : 1);
  }
}

} // namespace duet::qasm
