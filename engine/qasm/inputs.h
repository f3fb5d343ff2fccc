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
  int features() const { return features_; }
  int weights() const { return weights_; }
  const InputNames &names() const { return names_; }

private:
  void look_through(Lexer rest);
  InputNames names_; ///< those that are no w<k>
  int features_ = 0, weights_ = 0;
  std::set<int> named_weights_; ///< the k of every w<k> so far; once looked_, of all in this file
  bool looked_ = false;
  int next_ = 0;
};

} // namespace duet::qasm
