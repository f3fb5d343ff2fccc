#include "engine/circuit/layout.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include "engine/circuit/pi_fraction.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace duet {

namespace {

constexpr double narrow_column = 0.6, barrier_column = 0.4; // cells
constexpr double letter_width = 0.16, label_letter_width = 0.115, box_margin = 0.55;

bool is_weighted_turn(const Operation &op) {
  return (op.gate == Gate::rx || op.gate == Gate::ry || op.gate == Gate::rz) &&
         op.angles[0].source == Angle::Source::weight;
}

DrawnGate drawn(const Circuit &circuit, int index) {
  const Operation &op = circuit.operations[std::size_t(index)];
  const GateFacts &record = facts(op.gate);
  DrawnGate gate;
  gate.kind = record.drawing;
  gate.operations = {index};
  gate.symbol = record.symbol;
  for (int q = 0; q < record.qubits; ++q) {
    const bool control = q < record.controls || gate.kind == DrawnGate::Kind::dots;
    (control ? gate.controls : gate.targets).push_back(op.qubits[std::size_t(q)]);
  }
  for (int a = 0; a < record.parameters; ++a)
    gate.label += (a ? ", " : "") + angle_formula(op.angles[std::size_t(a)], circuit.names);
  const auto [low, high] = std::minmax_element(op.qubits.begin(), op.qubits.begin() + record.qubits);
  gate.top = record.qubits ? *low : 0;
  gate.bottom = record.qubits ? *high : circuit.qubits - 1;
  return gate;
}

/// Adds the turn to the box that the row's last gate is, if both belong to one run.
bool fuse(const Circuit &circuit, DrawnGate &last, int index) {
  const Operation &op = circuit.operations[std::size_t(index)];
  if (!is_weighted_turn(op) || !is_weighted_turn(circuit.operations[std::size_t(last.operations.back())]))
    return false;
  const auto letter = [&](int i) { // z of rz
    return std::string(1, facts(circuit.operations[std::size_t(i)].gate).qasm3.back());
  };
  if (last.operations.size() == 1)
    last.symbol = letter(last.operations.front());
  last.operations.push_back(index);
  last.symbol += " " + letter(index);
  last.label += ", " + angle_formula(op.angles[0], circuit.names);
  return true;
}

double wanted_width(const DrawnGate &gate) {
  switch (gate.kind) {
  case DrawnGate::Kind::barrier:
    return barrier_column;
  case DrawnGate::Kind::plus:
  case DrawnGate::Kind::crosses:
    return narrow_column;
  case DrawnGate::Kind::dots: // the label stands right of the line, in half the column
    return std::max(narrow_column,
                    2 * double(letters(gate.label)) * label_letter_width + (gate.label.empty() ? 0 : 0.3));
  case DrawnGate::Kind::box:
    break;
  }
  const double symbol = double(letters(gate.symbol)) * letter_width;
  const double label = gate.operations.size() > 1
                           ? 0
                           : double(std::min<std::size_t>(letters(gate.label), 18)) * label_letter_width;
  return std::max(1.0, std::max(symbol, label) + box_margin);
}

} // namespace

CircuitLayout lay_out(const Circuit &circuit, const LayoutOptions &options) {
  CircuitLayout layout;
  layout.rows = circuit.qubits;
  std::vector<int> free_column(std::size_t(circuit.qubits), 0); // first free column of each row
  std::vector<int> last_gate(std::size_t(circuit.qubits), -1);  // the row's last gate, by position
  for (int i = 0; i < int(circuit.operations.size()); ++i) {
    DrawnGate gate = drawn(circuit, i);
    const int before = last_gate[std::size_t(gate.top)];
    if (options.fuse_turns && gate.top == gate.bottom && before >= 0 &&
        fuse(circuit, layout.gates[std::size_t(before)], i))
      continue;
    for (int row = gate.top; row <= gate.bottom; ++row)
      gate.column = std::max(gate.column, free_column[std::size_t(row)]);
    for (int row = gate.top; row <= gate.bottom; ++row) {
      free_column[std::size_t(row)] = gate.column + 1;
      last_gate[std::size_t(row)] = int(layout.gates.size());
    }
    layout.gates.push_back(std::move(gate));
  }
  std::vector<double> widths;
  for (DrawnGate &gate : layout.gates) {
    gate.width = wanted_width(gate);
    widths.resize(std::max(widths.size(), std::size_t(gate.column) + 1), 0.0);
    double &width = widths[std::size_t(gate.column)];
    width = std::max(width, gate.width);
  }
  layout.column_left.push_back(0);
  for (double width : widths)
    layout.column_left.push_back(layout.column_left.back() + width);
  return layout;
}

std::string short_number(double value, int digits) {
  if (const auto fraction = pi_fraction(value, 1e-12))
    return (fraction->negative ? "-" : "") +
           (fraction->multiple == 1 ? std::string() : std::to_string(fraction->multiple)) + "π" +
           (fraction->divisor == 1 ? "" : "/" + std::to_string(fraction->divisor));
  const bool plain =
      value == 0 || (std::abs(value) < 1e6 && std::abs(value) >= 0.5 * std::pow(10.0, -digits));
  if (!plain) {
    std::array<char, 32> power;
    return {power.data(),
            std::to_chars(power.data(), power.data() + power.size(), value, std::chars_format::scientific, 0)
                .ptr};
  }
  std::string text = rounded(value, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
      text.pop_back();
  }
  return text;
}

std::string angle_formula(const Angle &angle, const InputNames &names) {
  if (angle.source == Angle::Source::constant)
    return short_number(angle.offset);
  std::string text = angle.scale == 1    ? ""
                     : angle.scale == -1 ? "-"
                                         : short_number(angle.scale) +
                                               "·"; // no blank: Inter turns "2 x0" into a product sign
  text += names.of(angle);
  if (angle.offset != 0)
    text += (angle.offset < 0 ? " - " : " + ") + short_number(std::abs(angle.offset));
  return text;
}

bool angle_known(const Angle &angle, const std::vector<double> &features,
                 const std::vector<double> &weights) {
  const auto &inputs = angle.source == Angle::Source::feature ? features : weights;
  return angle.source == Angle::Source::constant || std::size_t(angle.index) < inputs.size();
}

double angle_value(const Angle &angle, const std::vector<double> &features,
                   const std::vector<double> &weights) {
  if (angle.source == Angle::Source::constant)
    return angle.offset;
  const auto &inputs = angle.source == Angle::Source::feature ? features : weights;
  const double input = std::size_t(angle.index) < inputs.size() ? inputs[std::size_t(angle.index)] : 0;
  return angle.scale * input + angle.offset;
}

} // namespace duet
