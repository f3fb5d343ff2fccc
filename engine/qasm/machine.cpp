#include "engine/qasm/machine.h"
#include "engine/circuit/definitions.h"
#include <cmath>

namespace duet::qasm {

namespace {

using Kind = Step::Kind;

bool constant(const Angle &a) { return a.source == Angle::Source::constant; }

} // namespace

Value Machine::run(std::span<const Step> steps) {
  for (const Step &step : steps) {
    take(step);
    const Angle &top = stack_.back().angle;
    if (!std::isfinite(top.offset) || !std::isfinite(top.scale))
      throw Fault(line_, "the expression has no finite value");
  }
  return stack_.back();
}

void Machine::take(const Step &step) {
  switch (step.kind) {
  case Kind::number:
    return stack_.push_back(Value::of(Angle::constant(step.value)));
  case Kind::whole:
    return stack_.push_back(Value::of(step.whole));
  case Kind::parameter:
    return stack_.push_back(Value::of(parameters_[std::size_t(step.index)]));
  case Kind::feature:
    return stack_.push_back(Value::of(Angle::feature(step.index)));
  case Kind::weight:
    return stack_.push_back(Value::of(Angle::weight(step.index)));
  case Kind::add:
  case Kind::subtract:
  case Kind::multiply:
  case Kind::divide:
  case Kind::modulo:
  case Kind::power:
  case Kind::shift_left:
  case Kind::shift_right: {
    const Value b = pop(), a = pop();
    return stack_.push_back(binary(step.kind, a, b));
  }
  default:
    stack_.back() = unary(step.kind, stack_.back());
  }
}

Value Machine::pop() {
  const Value top = stack_.back();
  stack_.pop_back();
  return top;
}

Value Machine::binary(Kind kind, const Value &a, const Value &b) const {
  if (a.is_whole && b.is_whole)
    return whole_binary(kind, a.whole, b.whole);
  switch (kind) {
  case Kind::add:
    return Value::of(sum(a.angle, b.angle));
  case Kind::subtract:
    return Value::of(sum(a.angle, scaled(b.angle, -1)));
  case Kind::multiply:
    return Value::of(product(a.angle, b.angle));
  case Kind::divide:
    return Value::of(quotient(a.angle, b.angle));
  case Kind::shift_left:
  case Kind::shift_right:
    throw Fault(line_, "only whole numbers can be shifted");
  default:
    break;
  }
  const bool power = kind == Kind::power;
  if (!constant(a.angle) || !constant(b.angle))
    not_affine(std::string(power ? "takes a power of " : "takes a remainder of ") +
               name_of(constant(a.angle) ? b.angle : a.angle));
  if (!power && b.angle.offset == 0)
    throw Fault(line_, "the expression divides by zero");
  return Value::of(Angle::constant(power ? std::pow(a.angle.offset, b.angle.offset)
                                         : std::fmod(a.angle.offset, b.angle.offset)));
}

Value Machine::unary(Kind kind, const Value &a) const {
  if (kind == Kind::negate) {
    if (!a.is_whole)
      return Value::of(scaled(a.angle, -1));
    long long result = 0;
    if (__builtin_sub_overflow(0LL, a.whole, &result))
      too_large();
    return Value::of(result);
  }
  if (kind == Kind::to_real)
    return Value::of(a.angle);
  if (kind == Kind::to_whole && a.is_whole)
    return a;
  if (!constant(a.angle))
    not_affine("takes a function of " + name_of(a.angle));
  if (kind == Kind::to_whole)
    return Value::of(truncated(a.angle.offset));
  return Value::of(Angle::constant(function(kind, a.angle.offset)));
}

Value Machine::whole_binary(Kind kind, long long a, long long b) const {
  long long result = 0;
  switch (kind) {
  case Kind::add:
    if (__builtin_add_overflow(a, b, &result))
      too_large();
    return Value::of(result);
  case Kind::subtract:
    if (__builtin_sub_overflow(a, b, &result))
      too_large();
    return Value::of(result);
  case Kind::multiply:
    if (__builtin_mul_overflow(a, b, &result))
      too_large();
    return Value::of(result);
  case Kind::divide:
  case Kind::modulo:
    if (b == 0)
      throw Fault(line_, "the expression divides by zero");
    if (b == -1) // the smallest number has no negative
      return kind == Kind::modulo ? Value::of(0LL) : unary(Kind::negate, Value::of(a));
    if (kind == Kind::modulo)
      return Value::of(a % b);
    if (a % b != 0)
      throw Fault(line_, std::to_string(a) + "/" + std::to_string(b) +
                             " leaves a remainder, which whole numbers lose in OpenQASM 3: write " +
                             std::to_string(a) + ".0/" + std::to_string(b));
    return Value::of(a / b);
  case Kind::power:
    return Value::of(whole_power(a, b));
  case Kind::shift_left:
  case Kind::shift_right:
    if (b < 0 || b > 62)
      throw Fault(line_, "a whole number is shifted by 0 to 62 bits");
    if (kind == Kind::shift_right)
      return Value::of(a >> b);
    return whole_binary(Kind::multiply, a, 1LL << b);
  default:
    return Value::of(result);
  }
}

long long Machine::whole_power(long long base, long long exponent) const {
  if (exponent < 0)
    throw Fault(line_, std::to_string(base) + "**" + std::to_string(exponent) +
                           " is no whole number: write " + std::to_string(base) + ".0**" +
                           std::to_string(exponent));
  if (base == 0 || base == 1)
    return exponent == 0 ? 1 : base;
  if (base == -1)
    return exponent % 2 ? -1 : 1;
  long long result = 1;
  for (; exponent > 0; --exponent) // at most 63 times
    if (__builtin_mul_overflow(result, base, &result))
      too_large();
  return result;
}

Angle Machine::sum(const Angle &a, const Angle &b) const {
  if (constant(b))
    return {a.source, a.index, a.scale, a.offset + b.offset};
  if (constant(a))
    return {b.source, b.index, b.scale, a.offset + b.offset};
  if (a.source != b.source || a.index != b.index)
    not_affine("uses both " + name_of(a) + " and " + name_of(b));
  const Angle both{a.source, a.index, a.scale + b.scale, a.offset + b.offset};
  return both.scale == 0 ? Angle::constant(both.offset) : both;
}

Angle Machine::product(const Angle &a, const Angle &b) const {
  if (!constant(a) && !constant(b))
    not_affine("multiplies " + name_of(a) + " by " + name_of(b));
  return constant(b) ? scaled(a, b.offset) : scaled(b, a.offset);
}

Angle Machine::quotient(Angle a, const Angle &b) const {
  if (!constant(b))
    not_affine("divides by " + name_of(b));
  if (b.offset == 0)
    throw Fault(line_, "the expression divides by zero");
  a.scale /= b.offset, a.offset /= b.offset;
  return a;
}

double Machine::function(Kind kind, double value) const {
  switch (kind) {
  case Kind::sine:
    return std::sin(value);
  case Kind::cosine:
    return std::cos(value);
  case Kind::tangent:
    return std::tan(value);
  case Kind::arcsine:
    return std::asin(value);
  case Kind::arccosine:
    return std::acos(value);
  case Kind::arctangent:
    return std::atan(value);
  case Kind::exponential:
    return std::exp(value);
  case Kind::logarithm:
    return std::log(value);
  case Kind::floor:
    return std::floor(value);
  case Kind::ceiling:
    return std::ceil(value);
  default:
    return std::sqrt(value);
  }
}

long long Machine::truncated(double value) const {
  if (!(std::abs(value) < 9e18))
    too_large();
  return static_cast<long long>(value);
}

std::string Machine::name_of(const Angle &input) const {
  return inputs_ ? inputs_->of(input) : InputNames{}.of(input);
}

void Machine::not_affine(const std::string &what) const {
  throw Fault(line_, "an angle may be a * p + b of one input p, with numbers a and b, but this one " + what);
}

void Machine::too_large() const {
  throw Fault(line_, "a whole number in the expression does not fit 64 bits: write it with a point, as 1.0");
}

} // namespace duet::qasm
