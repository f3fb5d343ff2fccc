#include "engine/exchange/latex.h"
#include "engine/circuit/layout.h"
#include "engine/circuit/pi_fraction.h"
#include <array>
#include <cctype>
#include <utility>

namespace duet {

namespace {

/// "RXX" as R_{XX}, "√X†" as \sqrt{X}^\dagger, other words upright.
std::string formula_of(std::string_view symbol) {
  constexpr std::string_view dagger = "†", root = "√";
  if (symbol.ends_with(dagger))
    return formula_of(symbol.substr(0, symbol.size() - dagger.size())) + "^{\\dagger}";
  if (symbol.starts_with(root))
    return "\\sqrt{" + formula_of(symbol.substr(root.size())) + "}";
  if (symbol.size() > 1 && symbol[0] == 'R' && symbol.find_first_not_of("XYZ", 1) == std::string_view::npos)
    return "R_{" + std::string(symbol.substr(1)) + "}";
  if (symbol == "U3")
    return "U_{3}";
  return symbol.size() == 1 ? std::string(symbol) : "\\mathrm{" + std::string(symbol) + "}";
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 23> greek = {
    {{"alpha", "α"},   {"beta", "β"},  {"gamma", "γ"}, {"delta", "δ"}, {"epsilon", "ε"}, {"zeta", "ζ"},
     {"eta", "η"},     {"theta", "θ"}, {"iota", "ι"},  {"kappa", "κ"}, {"lambda", "λ"},  {"mu", "μ"},
     {"nu", "ν"},      {"xi", "ξ"},    {"pi", "π"},    {"rho", "ρ"},   {"sigma", "σ"},   {"tau", "τ"},
     {"upsilon", "υ"}, {"phi", "φ"},   {"chi", "χ"},   {"psi", "ψ"},   {"omega", "ω"}}};

/// x0 as x_{0}, theta and θ as \theta, words in italics; a name with letters that LaTeX may not know goes by
/// its number.
std::string input_name(const Angle &angle, const InputNames &names) {
  const std::string name = names.of(angle);
  const std::string numbered =
      (angle.source == Angle::Source::feature ? "x_{" : "w_{") + std::to_string(angle.index) + "}";
  std::size_t letters = name.size();
  while (letters > 0 && std::isdigit(static_cast<unsigned char>(name[letters - 1])))
    --letters;
  const std::string stem = name.substr(0, letters), digits = name.substr(letters);
  const std::string below = digits.empty() ? "" : "_{" + digits + "}";
  for (const auto &[word, letter] : greek)
    if (stem == word || stem == letter)
      return "\\" + std::string(word) + below;
  if (stem.size() == 1 && std::isalpha(static_cast<unsigned char>(stem[0])))
    return stem + below;
  std::string word;
  for (const char c : stem) {
    if (static_cast<unsigned char>(c) >= 0x80)
      return numbered;
    word += c == '_' ? "\\_" : std::string(1, c);
  }
  return "\\mathit{" + word + "}" + below;
}

/// "\frac{3\pi}{4}" where the eye would not tell the difference, else three digits.
std::string number(double value) {
  const auto fraction = pi_fraction(value, 1e-12);
  if (!fraction) {
    std::string text = short_number(value, 3);
    const std::size_t e = text.find('e');
    if (e == std::string::npos)
      return text;
    const bool negative = text[e + 1] == '-';
    const std::size_t digits = text.find_first_not_of("+-0", e + 1);
    return text.substr(0, e) + "\\cdot 10^{" + (negative ? "-" : "") +
           (digits == std::string::npos ? "0" : text.substr(digits)) + "}";
  }
  return std::string(fraction->negative ? "-" : "") +
         (fraction->multiple == 1 ? "" : std::to_string(fraction->multiple)) + "\\pi" +
         (fraction->divisor == 1 ? "" : "/" + std::to_string(fraction->divisor));
}

std::string angle_of(const Angle &angle, const InputNames &names) {
  if (angle.source == Angle::Source::constant)
    return number(angle.offset);
  std::string text = angle.scale == 1 ? "" : angle.scale == -1 ? "-" : number(angle.scale) + "\\,";
  text += input_name(angle, names);
  if (angle.offset != 0)
    text += (angle.offset < 0 ? " - " : " + ") + number(std::abs(angle.offset));
  return text;
}

class Grid {
public:
  explicit Grid(const Circuit &circuit) : circuit_(circuit), layout_(lay_out(circuit)) {
    cells_.assign(std::size_t(circuit.qubits),
                  std::vector<std::string>(std::size_t(layout_.columns()), "\\qw"));
    for (const DrawnGate &gate : layout_.gates)
      draw(gate);
  }

  std::string rows() const {
    std::string text;
    for (std::size_t q = 0; q < cells_.size(); ++q) {
      text += "  \\lstick{$q_{" + std::to_string(q) + "}$}";
      for (const std::string &cell : cells_[q])
        text += cell.empty() ? " &" : " & " + cell;
      text += std::string(" & \\qw") + (q + 1 < cells_.size() ? " \\\\" : "") + "\n";
    }
    return text;
  }

private:
  using Kind = DrawnGate::Kind;

  void draw(const DrawnGate &gate) {
    const Operation &op = circuit_.operations[std::size_t(gate.operations.front())];
    const GateFacts &record = facts(op.gate);
    const auto cell = [&](int row) -> std::string & {
      return cells_[std::size_t(row)][std::size_t(gate.column)];
    };
    std::string angles;
    for (int a = 0; a < record.parameters; ++a)
      angles += (a ? ", " : "") + angle_of(op.angles[std::size_t(a)], circuit_.names);
    if (gate.kind == Kind::barrier) {
      cell(0) = "\\qw\\slice{}";
      return;
    }
    std::vector<int> controls = gate.controls;
    int target = gate.targets.empty() ? controls.back() : gate.targets.front();
    if (gate.kind == Kind::dots) {
      controls.pop_back();
      cell(target) = angles.empty() ? "\\control{}" : "\\phase{" + angles + "}";
    } else if (gate.kind == Kind::plus) {
      cell(target) = "\\targ{}";
    } else if (gate.kind == Kind::crosses) {
      cell(target) = "\\swap{" + std::to_string(gate.targets[1] - target) + "}";
      cell(gate.targets[1]) = "\\targX{}";
    } else {
      target = box(gate, record, formula_of(gate.symbol) + (angles.empty() ? "" : "(" + angles + ")"), cell);
    }
    for (const int row : controls)
      cell(row) = "\\ctrl{" + std::to_string(target - row) + "}";
  }

  /// A box over all its targets; those that are not alike are numbered, other wires go through. Returns its
  /// top.
  template <class Cell>
  int box(const DrawnGate &gate, const GateFacts &record, const std::string &label, const Cell &cell) {
    const auto [top, bottom] = std::minmax_element(gate.targets.begin(), gate.targets.end());
    if (*top == *bottom) {
      cell(*top) = "\\gate{" + label + "}";
      return *top;
    }
    for (int row = *top; row <= *bottom; ++row)
      cell(row) = "\\linethrough";
    const bool alike =
        !record.pauli.empty() && record.pauli.find_first_not_of(record.pauli[0]) == record.pauli.npos;
    for (std::size_t k = 0; k < gate.targets.size(); ++k)
      cell(gate.targets[k]) = alike ? "" : "\\gateinput{$" + std::to_string(k + 1) + "$}";
    cell(*top) = "\\gate[" + std::to_string(*bottom - *top + 1) + "]{" + label + "}" + cell(*top);
    return *top;
  }

  const Circuit &circuit_;
  CircuitLayout layout_;
  std::vector<std::vector<std::string>> cells_; ///< [qubit][column]
};

} // namespace

std::string write_latex(const Circuit &circuit) {
  return "\\documentclass[tikz, border=4pt]{standalone}\n\\usepackage[utf8]{inputenc}\n"
         "\\usetikzlibrary{quantikz2}\n\\begin{document}\n\\begin{quantikz}\n" +
         Grid(circuit).rows() + "\\end{quantikz}\n\\end{document}\n";
}

} // namespace duet
