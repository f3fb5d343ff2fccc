// Works an expression's steps out on a stack.
#pragma once
#include "engine/qasm/expression.h"

namespace duet::qasm {

class Machine {
public:
  /// line and inputs: for messages. parameters: of the enclosing gate.
  Machine(int line, const InputNames *inputs, std::span<const Angle> parameters)
      : line_(line), inputs_(inputs), parameters_(parameters) {}

  Value run(std::span<const Step> steps);

private:
  void take(const Step &step);
  Value pop();
  Value binary(Step::Kind kind, const Value &a, const Value &b) const;
  Value unary(Step::Kind kind, const Value &a) const;
  Value whole_binary(Step::Kind kind, long long a, long long b) const;
  long long whole_power(long long base, long long exponent) const;
  Angle sum(const Angle &a, const Angle &b) const;
  Angle product(const Angle &a, const Angle &b) const;
  Angle quotient(Angle a, const Angle &b) const;
  double function(Step::Kind kind, double value) const;
  long long truncated(double value) const;
  std::string name_of(const Angle &input) const;
  [[noreturn]] void not_affine(const std::string &what) const;
  [[noreturn]] void too_large() const;

  int line_;
  const InputNames *inputs_;
  std::span<const Angle> parameters_;
  std::vector<Value> stack_;
};

} // namespace duet::qasm
