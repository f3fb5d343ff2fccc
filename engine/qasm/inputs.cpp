#include "engine/qasm/inputs.h"
#include <charconv>

namespace duet {

std::string InputNames::of(const Angle &input) const {
  const bool feature = input.source == Angle::Source::feature;
  const auto &names = feature ? features : weights;
  const auto index = std::size_t(input.index);
  return index < names.size() && !names[index].empty() ? names[index]
                                                       : (feature ? "x" : "w") + std::to_string(index);
}

namespace qasm {

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
  auto &names = feature ? names_.features : names_.weights;
  if (std::size_t(index) >= names.size())
    names.resize(std::size_t(index) + 1);
  names[std::size_t(index)] = name.text;
  return feature ? Angle::feature(index) : Angle::weight(index);
}

/// Every w<k> that is declared before or after.
void Inputs::look_through(Lexer rest) {
  looked_ = true;
  for (std::size_t k = 0; k < names_.weights.size(); ++k)
    if (!names_.weights[k].empty())
      named_weights_.insert(int(k));
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

} // namespace qasm
} // namespace duet
