#include "engine/qasm/lexer.h"
#include "engine/base/printable.h"
#include <algorithm>
#include <cctype>

namespace duet::qasm {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Bytes of the letter that a name may have here, of any alphabet; 0 for anything else.
std::size_t letter_length(std::string_view text) {
  if (text.empty() || static_cast<unsigned char>(text[0]) < 0x80)
    return !text.empty() && is_letter(text[0]);
  const std::size_t length = character_length(text);
  return length > 0 && !is_control(text, length) ? length : 0;
}

/// What a message shows of something that begins the text: `length` bytes and the character after them.
std::string_view with_next(std::string_view text, std::size_t length) {
  return text.substr(0, length + std::max<std::size_t>(1, character_length(text.substr(length))));
}

} // namespace

std::string quoted(std::string_view text) { return "'" + printable(text, 40) + "'"; }

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
    position_ = std::min(text_.size(), text_.find_first_of("\r\n", position_));
    advance();
  }
}

bool Lexer::take_line_end() {
  if (at(0) != '\r' && at(0) != '\n')
    return false;
  position_ += at(0) == '\r' && at(1) == '\n' ? 2 : 1;
  ++line_;
  return true;
}

void Lexer::skip_comment() {
  const std::size_t end = text_.find("*/", position_ + 2);
  if (end == std::string_view::npos)
    throw Fault(line_, "a comment that begins with /* does not end");
  while (position_ < end + 2)
    if (!take_line_end())
      ++position_;
}

void Lexer::skip_space() {
  while (position_ < text_.size()) {
    const char c = at(0);
    if (take_line_end())
      continue;
    if (c == ' ' || c == '\t' || c == '\f' || c == '\v')
      ++position_;
    else if (c == '/' && at(1) == '/')
      position_ = std::min(text_.size(), text_.find_first_of("\r\n", position_));
    else if (c == '/' && at(1) == '*')
      skip_comment();
    else
      return;
  }
}

Token Lexer::take(Token::Kind kind, std::size_t length) {
  const Token token{kind, text_.substr(position_, length), line_};
  position_ += length;
  return token;
}

/// Of 0x1F, 0b101 or 0o17; 0 for other numbers.
std::size_t Lexer::digits_with_base() const {
  const char base = at(1);
  if (at(0) != '0' ||
      (base != 'x' && base != 'X' && base != 'b' && base != 'B' && base != 'o' && base != 'O'))
    return 0;
  const auto digit = [&](char c) {
    return base == 'x' || base == 'X'   ? std::isxdigit(static_cast<unsigned char>(c)) != 0
           : base == 'b' || base == 'B' ? c == '0' || c == '1'
                                        : c >= '0' && c <= '7';
  };
  std::size_t i = 2;
  while (digit(at(i)) || (i > 2 && at(i) == '_' && digit(at(i + 1))))
    ++i;
  return i > 2 ? i : 0;
}

std::size_t Lexer::number_length() const {
  if (const std::size_t length = digits_with_base())
    return length;
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
  const auto letter = [&](std::size_t i) { return letter_length(text_.substr(position_ + i)); };
  if (letter(0) > 0) {
    std::size_t length = 0;
    while (const std::size_t more = is_digit(at(length)) ? 1 : letter(length))
      length += more;
    token_ = take(Token::Kind::identifier, length);
  } else if (is_digit(c) || (c == '.' && is_digit(at(1)))) {
    const std::size_t length = number_length();
    if (letter(length) || (digits_with_base() && is_digit(at(length))))
      throw Fault(line_,
                  quoted(with_next(text_.substr(position_), length)) + " is neither a number nor a name");
    token_ = take(Token::Kind::number, length);
  } else if (c == '"' || c == '\'') {
    const std::size_t end = text_.find(c, position_ + 1);
    if (end == std::string_view::npos || text_.find_first_of("\r\n", position_) < end)
      throw Fault(line_, "a quoted text does not end on its line");
    ++position_;
    token_ = take(Token::Kind::text, end - position_);
    ++position_;
  } else {
    const std::string_view two = text_.substr(position_, 2);
    const bool pair = two == "->" || two == "==" || two == "**" || two == "++" || two == "<<" || two == ">>";
    if (!pair && std::string_view("()[]{},;:+-*/^=@$<>!%&|~#.").find(c) == std::string_view::npos)
      throw Fault(line_, "the character " + quoted(with_next(text_.substr(position_), 0)) +
                             " has no meaning in OpenQASM");
    token_ = take(Token::Kind::symbol, pair ? 2 : 1);
  }
}

} // namespace duet::qasm
