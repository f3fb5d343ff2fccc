#include "engine/qasm/inputs.h"
#include <algorithm>
#include <charconv>

namespace duet::qasm {

namespace {

constexpr int largest_number = 99'999;

/// The k of x<k> or w<k> without leading zeros; -1 for other names.
int number_of(std::string_view name) {
  const std::string_view digits = name.substr(1);
  int index = -1;
  const auto end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, index);
  const bool letter = name.front() == 'x' || name.front() == 'w';
  const bool number =
      !digits.empty() && digits.front() != '-' && result.ec == std::errc{} && result.ptr == end;
  const bool plain = digits.size() == 1 || (!digits.empty() && digits.front() != '0');
  return letter && number && plain && index <= largest_number ? index : -1;
}

} // namespace

Angle Inputs::declare(const Token &name, const Lexer &rest) {
  const int number = number_of(name.text);
  if (number < 0 && !looked_)
    look_through(rest);
  const bool feature = number >= 0 && name.text.front() == 'x';
  if (number < 0)
    while (named_weights_.contains(next_))
      ++next_;
  const int index = number < 0 ? next_++ : number;
  if (index > largest_number)
    throw Fault(name.line, "the program has more than " + std::to_string(largest_number + 1) + " inputs");
  if (feature) {
    features_ = std::max(features_, index + 1);
    return Angle::feature(index);
  }
  weights_ = std::max(weights_, index + 1);
  if (number >= 0) {
    if (const std::string other = names_.of(Angle::weight(index)); other != name.text)
      throw Fault(name.line, "the weight " + quoted(name) + " is already called " + quoted(other) +
                                 ": declare " + quoted(name) + " before it");
    named_weights_.insert(index);
    return Angle::weight(index);
  }
  if (std::size_t(index) >= names_.weights.size())
    names_.weights.resize(std::size_t(index) + 1);
  names_.weights[std::size_t(index)] = name.text;
  return Angle::weight(index);
}

/// Every w<k> that this file declares later.
void Inputs::look_through(Lexer rest) {
  looked_ = true;
  try {
    for (bool among_inputs = true; rest.peek().kind != Token::Kind::end;) {
      const Token token = rest.next();
      among_inputs = token.is_word("input") || (among_inputs && !token.is(";"));
      if (among_inputs && token.kind == Token::Kind::identifier && token.text.front() == 'w')
        if (const int number = number_of(token.text); number >= 0)
          named_weights_.insert(number);
    }
  } catch (const Fault &) {
    // the reader will come to it
  }
}

} // namespace duet::qasm
