// OpenQASM text cut into tokens, one at a time.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace duet::qasm {

/// Something wrong in the text; read_qasm turns it into an Error with the file's name.
class Fault : public std::runtime_error {
public:
  Fault(int line, const std::string &sentence) : std::runtime_error(sentence), line_(line) {}
  int line() const { return line_; }

private:
  int line_;
};

struct Token {
  enum class Kind { end, identifier, number, text, symbol };
  Kind kind = Kind::end;
  std::string_view text; ///< of `text` tokens: what stands between the quotes
  int line = 1;          ///< from 1
  bool is(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
  bool is_word(std::string_view word) const { return kind == Kind::identifier && text == word; }
};

/// For messages: in quotes, as it is; control characters and bytes that are no UTF-8 are escaped, a long text
/// is cut.
std::string quoted(std::string_view text);
std::string quoted(const Token &token);

/// Reads the tokens of a text that outlives it.
class Lexer {
public:
  explicit Lexer(std::string_view text, int line = 1) : text_(text), line_(line) { advance(); }

  const Token &peek() const { return token_; }
  Token next();
  int line() const { return token_.line; }
  /// Line of the token that was taken last.
  int last_line() const { return last_line_; }

  bool accept(std::string_view symbol); ///< takes the symbol if it comes next
  void expect(std::string_view symbol); ///< or a Fault
  Token expect_identifier(const char *what);
  /// Everything up to the end of the current token's line is dropped (pragmas and annotations).
  void skip_line();
  /// How many bytes lie before the current token's end.
  std::size_t position() const { return position_; }

private:
  void advance();
  void skip_space();
  void skip_comment();
  /// Takes a carriage return, a line feed, or both as one line's end.
  bool take_line_end();
  Token take(Token::Kind kind, std::size_t length);
  std::size_t number_length() const;
  std::size_t digits_with_base() const;
  char at(std::size_t i) const { return position_ + i < text_.size() ? text_[position_ + i] : '\0'; }

  std::string_view text_;
  std::size_t position_ = 0;
  int line_ = 1, last_line_ = 1;
  Token token_;
};

} // namespace duet::qasm
