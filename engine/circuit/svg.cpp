#include "engine/circuit/svg.h"
#include "engine/base/number_text.h"
#include "engine/circuit/layout.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace duet {

namespace {

constexpr double cell = 56, margin = 14, wire_start = 40; // pixels
constexpr double box_height = 36, radius_plus = 10, radius_dot = 4.2, radius_disk = 13;
constexpr const char *blue = "#0072B2", *ink = "#1f2328", *faint = "#57606a", *wire = "#8c959f",
                     *paper = "#ffffff";
constexpr const char *tint_constant = "#dcebf5", *tint_feature = "#a9d0e8", *tint_weight = "#0072B2";

std::string px(double value) { return number_text(std::round(value * 100) / 100); }

std::string escaped(const std::string &text) {
  std::string out;
  for (char c : text)
    out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

class Drawing {
public:
  Drawing(const Circuit &circuit, const SvgOptions &options)
      : circuit_(circuit), options_(options), layout_(lay_out(circuit, {options.fuse_turns})) {}

  std::string draw() {
    const bool disks = !options_.expectation_z.empty();
    const double end = x_of(layout_.width()) + margin;
    const double width = end + margin + (disks ? 4 * radius_disk + 34 : 0),
                 height = layout_.rows * cell + 2 * margin;
    out_ =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + px(width) + "\" height=\"" + px(height) +
        "\" viewBox=\"0 0 " + px(width) + " " + px(height) +
        "\" font-family=\"Inter, 'DejaVu Sans', sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"" +
        paper + "\"/>\n";
    for (int row = 0; row < layout_.rows; ++row) {
      text(margin, y_of(row) + 4, "q" + std::to_string(row), 13, faint, "start");
      line(wire_start, y_of(row), end, y_of(row), wire, 1.2);
    }
    for (const DrawnGate &gate : layout_.gates)
      this->gate(gate);
    if (disks)
      for (int row = 0; row < layout_.rows; ++row)
        disk(end + margin + radius_disk, y_of(row), row);
    return out_ + "</svg>\n";
  }

private:
  double x_of(double cells) const { return wire_start + 12 + cells * cell; }
  double y_of(int row) const { return margin + (row + 0.5) * cell; }

  void line(double x1, double y1, double x2, double y2, const char *colour, double width,
            const char *more = "") {
    out_ += "<line x1=\"" + px(x1) + "\" y1=\"" + px(y1) + "\" x2=\"" + px(x2) + "\" y2=\"" + px(y2) +
            "\" stroke=\"" + colour + "\" stroke-width=\"" + px(width) + "\"" + more + "/>\n";
  }
  void circle(double x, double y, double r, const char *fill, const char *stroke, double width = 1.8) {
    out_ += "<circle cx=\"" + px(x) + "\" cy=\"" + px(y) + "\" r=\"" + px(r) + "\" fill=\"" + fill +
            "\" stroke=\"" + stroke + "\" stroke-width=\"" + px(width) + "\"/>\n";
  }
  void text(double x, double y, const std::string &words, double size, const char *colour,
            const char *anchor = "middle") {
    out_ += "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" font-size=\"" + px(size) + "\" fill=\"" + colour +
            "\" text-anchor=\"" + anchor + "\">" + escaped(words) + "</text>\n";
  }

  /// Formulas, or values where all inputs are known.
  std::string label_of(const DrawnGate &gate) const {
    const Operation &op = circuit_.operations[std::size_t(gate.operations.front())];
    if (gate.label.empty() || gate.operations.size() > 1)
      return "";
    if (std::count(gate.label.begin(), gate.label.end(), ',') ||
        !angle_known(op.angles[0], options_.features, options_.weights))
      return gate.label;
    return short_number(angle_value(op.angles[0], options_.features, options_.weights));
  }

  void gate(const DrawnGate &gate) {
    const double x = x_of(layout_.column_centre(gate.column));
    if (gate.kind == DrawnGate::Kind::barrier)
      return line(x, y_of(gate.top) - cell / 2, x, y_of(gate.bottom) + cell / 2, faint, 1.2,
                  " stroke-dasharray=\"4 4\"");
    if (gate.top != gate.bottom)
      line(x, y_of(gate.top), x, y_of(gate.bottom), blue, 1.8);
    for (int row : gate.controls)
      circle(x, y_of(row), radius_dot, blue, blue);
    for (int row : gate.targets)
      target(gate, x, y_of(row));
    if (gate.kind == DrawnGate::Kind::dots && !gate.label.empty())
      text(x + 7, y_of(gate.bottom) - 7, label_of(gate), 11, ink, "start");
  }

  void target(const DrawnGate &gate, double x, double y) {
    if (gate.kind == DrawnGate::Kind::plus) {
      circle(x, y, radius_plus, paper, blue);
      line(x - radius_plus, y, x + radius_plus, y, blue, 1.8);
      return line(x, y - radius_plus, x, y + radius_plus, blue, 1.8);
    }
    if (gate.kind == DrawnGate::Kind::crosses) {
      line(x - 6, y - 6, x + 6, y + 6, blue, 1.8);
      return line(x - 6, y + 6, x + 6, y - 6, blue, 1.8);
    }
    box(gate, x, y);
  }

  void box(const DrawnGate &gate, double x, double y) {
    const auto source = circuit_.operations[std::size_t(gate.operations.front())].angles[0].source;
    const bool weighted = source == Angle::Source::weight, feature = source == Angle::Source::feature;
    const double width = gate.width * cell - 12;
    out_ += "<rect x=\"" + px(x - width / 2) + "\" y=\"" + px(y - box_height / 2) + "\" width=\"" +
            px(width) + "\" height=\"" + px(box_height) + "\" rx=\"5\" fill=\"" +
            (weighted  ? tint_weight
             : feature ? tint_feature
                       : tint_constant) +
            "\"/>\n";
    const std::string label = label_of(gate);
    const char *colour = weighted ? paper : ink;
    text(x, y + (label.empty() ? 5 : -1), gate.symbol, 14, colour);
    if (!label.empty())
      text(x, y + 12, label, 10.5, colour);
  }

  /// <Z>: a hand that points up at +1, down at -1, and the number.
  void disk(double x, double y, int row) {
    if (std::size_t(row) >= options_.expectation_z.size())
      return;
    const double z = std::clamp(options_.expectation_z[std::size_t(row)], -1.0, 1.0);
    circle(x, y, radius_disk, paper, wire, 1.2);
    line(x, y, x + radius_disk * 0.8 * std::sqrt(1 - z * z), y - radius_disk * 0.8 * z, blue, 3,
         " stroke-linecap=\"round\"");
    text(x + radius_disk + 7, y + 4, short_number(std::abs(z) < 0.005 ? 0 : z), 12, ink, "start");
  }

  const Circuit &circuit_;
  const SvgOptions &options_;
  CircuitLayout layout_;
  std::string out_;
};

} // namespace

std::string circuit_svg(const Circuit &circuit, const SvgOptions &options) {
  return Drawing(circuit, options).draw();
}

} // namespace duet
