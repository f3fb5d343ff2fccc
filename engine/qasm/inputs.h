// Which feature or weight each input of a program becomes.
#pragma once
#include "engine/qasm/expression.h"
#include <set>

namespace duet::qasm {

/// x<k> is feature k, w<k> is weight k; any other name becomes the first weight that no w<k> of the program
/// names, in order of declaration.
class Inputs {
public:
  /// A newly declared input. `rest`: the program after it, to be looked through for further inputs.
  Angle declare(const Token &name, const Lexer &rest);
  int features() const { return int(names_.features.size()); }
  int weights() const { return int(names_.weights.size()); }
  const InputNames &names() const { return names_; }

private:
  void look_through(Lexer rest);
  InputNames names_;
  std::set<int> named_weights_; ///< the k of every w<k>, once a name without a number was found
  bool looked_ = false;
  int next_ = 0;
};

} // namespace duet::qasm
