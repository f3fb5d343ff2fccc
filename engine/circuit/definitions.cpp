#include "engine/circuit/definitions.h"
#include <charconv>
#include <deque>
#include <numbers>
#include <stdexcept>
#include <string>

namespace duet {

namespace {

/// Reads the texts of the records: "gphase(-lambda/2); rz(lambda) a; cx a, b;".
class Text {
public:
  Text(std::string_view text, const GateFacts &record) : text_(text), record_(record) {}

  GateDefinition read() {
    GateDefinition definition;
    while (skip_blanks(), !text_.empty()) {
      const std::string_view name = word();
      std::vector<Angle> angles;
      if (accept("(")) {
        do
          angles.push_back(angle());
        while (accept(","));
        expect(")");
      }
      if (name == "gphase") {
        definition.phases.push_back(angles.at(0));
        expect(";");
        continue;
      }
      definition.operations.push_back(operation(name, angles));
    }
    return definition;
  }

private:
  [[noreturn]] void wrong(const std::string &what) const {
    throw std::logic_error("the record of gate " + std::string(record_.qasm3) + ": " + what + " before '" +
                           std::string(text_) + "'");
  }

  Operation operation(std::string_view name, const std::vector<Angle> &angles) {
    const auto gate = find_gate(name);
    if (!gate || int(angles.size()) != facts(*gate).parameters)
      wrong("no gate " + std::string(name) + " with so many angles");
    Operation op;
    op.gate = *gate;
    std::copy(angles.begin(), angles.end(), op.angles.begin());
    for (int q = 0; q < facts(*gate).qubits; ++q) {
      if (q > 0)
        expect(",");
      const std::string_view qubit = word();
      const int index = qubit.size() == 1 ? qubit[0] - 'a' : -1;
      if (index < 0 || index >= record_.qubits)
        wrong("no such qubit");
      op.qubits[std::size_t(q)] = std::int16_t(index);
    }
    expect(";");
    return op;
  }

  /// -lambda/2, 2*theta, pi/4, 0.5
  Angle angle() {
    double sign = 1;
    while (accept("-"))
      sign = -sign;
    Angle value = factor();
    while (accept("*")) {
      const Angle other = factor();
      if (value.source != Angle::Source::constant && other.source != Angle::Source::constant)
        wrong("a product of parameters");
      value =
          value.source == Angle::Source::constant ? scaled(other, value.offset) : scaled(value, other.offset);
    }
    if (accept("/")) {
      const double divisor = number();
      value.scale /= divisor, value.offset /= divisor;
    }
    return scaled(value, sign);
  }

  Angle factor() {
    skip_blanks();
    if (!text_.empty() && text_[0] >= '0' && text_[0] <= '9')
      return Angle::constant(number());
    const std::string_view name = word();
    if (name == "pi")
      return Angle::constant(std::numbers::pi);
    for (int k = 0; k < record_.parameters; ++k)
      if (record_.parameter_names[std::size_t(k)] == name)
        return Angle::feature(k);
    wrong("no such parameter");
  }

  double number() {
    skip_blanks();
    double value = 0;
    const auto end = std::from_chars(text_.data(), text_.data() + text_.size(), value).ptr;
    if (end == text_.data())
      wrong("no number");
    text_.remove_prefix(std::size_t(end - text_.data()));
    return value;
  }

  std::string_view word() {
    skip_blanks();
    std::size_t length = 0;
    while (length < text_.size() && std::isalnum(static_cast<unsigned char>(text_[length])))
      ++length;
    const std::string_view found = text_.substr(0, length);
    text_.remove_prefix(length);
    return found;
  }

  void skip_blanks() { text_.remove_prefix(std::min(text_.size(), text_.find_first_not_of(' '))); }

  bool accept(std::string_view symbol) {
    skip_blanks();
    if (!text_.starts_with(symbol))
      return false;
    text_.remove_prefix(symbol.size());
    return true;
  }

  void expect(std::string_view symbol) {
    if (!accept(symbol))
      wrong("no " + std::string(symbol));
  }

  std::string_view text_;
  const GateFacts &record_;
};

struct Texts {
  GateDefinition means, written, inverse;
};

/// Of every gate, read once.
const std::vector<Texts> &texts() {
  static const std::vector<Texts> all = [] {
    std::vector<Texts> read;
    for (const GateFacts &record : all_gates())
      read.push_back({Text(record.means, record).read(),
                      Text(record.written.empty() ? record.means : record.written, record).read(),
                      Text(record.inverse, record).read()});
    return read;
  }();
  return all;
}

} // namespace

const GateDefinition &meaning_of(Gate gate) { return texts()[std::size_t(gate)].means; }

const GateDefinition &written_definition(Gate gate) { return texts()[std::size_t(gate)].written; }

Angle scaled(Angle angle, double by) {
  angle.scale *= by;
  angle.offset *= by;
  return angle;
}

Angle substituted(const Angle &angle, std::span<const Angle> parameters) {
  if (angle.source == Angle::Source::constant)
    return angle;
  Angle result = scaled(parameters[std::size_t(angle.index)], angle.scale);
  result.offset += angle.offset;
  return result;
}

Operation substituted(const Operation &inner, const Operation &outer) {
  Operation result;
  result.gate = inner.gate;
  const GateFacts &record = facts(inner.gate);
  for (int q = 0; q < record.qubits; ++q)
    result.qubits[std::size_t(q)] = outer.qubits[std::size_t(inner.qubits[std::size_t(q)])];
  for (int a = 0; a < record.parameters; ++a)
    result.angles[std::size_t(a)] = substituted(inner.angles[std::size_t(a)], outer.angles);
  return result;
}

std::vector<Operation> inverse_of(const Operation &operation) {
  const Texts &text = texts()[std::size_t(operation.gate)];
  std::vector<Operation> result;
  if (!text.inverse.operations.empty()) {
    for (const Operation &inner : text.inverse.operations)
      result.push_back(substituted(inner, operation));
    return result;
  }
  for (auto inner = text.written.operations.rbegin(); inner != text.written.operations.rend(); ++inner) {
    const std::vector<Operation> undone = inverse_of(substituted(*inner, operation));
    result.insert(result.end(), undone.begin(), undone.end());
  }
  return result;
}

} // namespace duet
