#include "ui/circuit/circuit_painter.h"
#include "engine/circuit/gates.h"
#include "ui/circuit/lettering.h"
#include "ui/theme/paint.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace duet::ui {
namespace {

using std::numbers::pi;

std::vector<double> doubles(const std::vector<float> &values) { return {values.begin(), values.end()}; }

QString text_of(const std::string &text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

/// "0.25"; never "-0.00".
QString two_digits(double value) { return QString::number(std::abs(value) < 0.005 ? 0.0 : value, 'f', 2); }

/// Is one of the drawn gate's operations in the list, which is sorted?
bool any_of(const DrawnGate &gate, const std::vector<int> &operations) {
  return std::ranges::any_of(gate.operations,
                             [&](int i) { return std::ranges::binary_search(operations, i); });
}

constexpr double ghost_opacity = 0.6;

/// To the right, drawn with the painter's pen.
void draw_arrow(QPainter &painter, const QPointF &middle, double length) {
  const QPointF tip = middle + QPointF(length / 2, 0), head(length * 0.35, length * 0.3);
  painter.drawLine(middle - QPointF(length / 2, 0), tip);
  painter.drawLine(tip, tip - head);
  painter.drawLine(tip, tip - QPointF(head.x(), -head.y()));
}

/// Black or white, whichever reads better on this colour.
QColor readable_on(const QColor &fill, const Palette &palette) {
  const QColor dark = palette.dark ? palette.bg : palette.text,
               light = palette.dark ? palette.text : palette.panel;
  return contrast(fill, dark) >= contrast(fill, light) ? dark : light;
}

} // namespace

/// What one paint draws with.
struct CircuitPainter::Ink {
  const Palette &palette;
  Lettering &letters;
};

void CircuitPainter::setCircuit(const Circuit &circuit) {
  circuit_ = circuit;
  plain_ = lay_out(circuit_);
  fused_ = lay_out(circuit_, {true});
  const int count = int(circuit_.operations.size());
  selected_ = selected_ < count ? selected_ : -1;
  hovered_ = hovered_ < count ? hovered_ : -1;
  marked_.clear();
  ghosts_.clear();
}

void CircuitPainter::setWeights(const std::vector<float> &values, const std::vector<float> &gradients) {
  weights_ = doubles(values);
  gradients_ = doubles(gradients);
}

void CircuitPainter::setInspection(const std::vector<double> &expectation_z,
                                   const std::vector<float> &angles) {
  expectation_z_ = expectation_z;
  angles_ = doubles(angles);
}

QSizeF CircuitPainter::naturalSize() const {
  using G = CircuitGeometry;
  return {G::label_width + plain_.width() * G::natural_cell + G::disk_width, plain_.rows * G::natural_row};
}

QSizeF CircuitPainter::minimumSize() const {
  using G = CircuitGeometry;
  const double width = (fusing_ == Fusing::never ? plain_.width() : fused_.width()) + spare_;
  return {G::label_width + width * G::smallest_cell + G::disk_width, plain_.rows * G::smallest_row};
}

CircuitGeometry CircuitPainter::geometry(const QRectF &rect) const {
  return {plain_, fused_, fusing_, {!expectation_z_.empty(), two_numbers_, spare_, disk_edge_}, rect};
}

void CircuitPainter::paint(QPainter &painter, const QRectF &rect, const Palette &palette) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  Lettering letters;
  Ink ink{palette, letters};
  const CircuitGeometry g = geometry(rect);
  const QRectF visible = painter.hasClipping() ? painter.clipBoundingRect() : rect.adjusted(-1, -1, 1, 1);
  paintWires(painter, g, ink);
  for (const DrawnGate &gate : g.layout().gates)
    if (g.bounds(gate).intersects(visible)) {
      painter.setOpacity(any_of(gate, ghosts_) ? ghost_opacity : 1);
      paintGate(painter, g, gate, ink);
    }
  painter.setOpacity(1);
  paintVeil(painter, g, ink);
  paintMarks(painter, g, ink);
  if (disk_edge_ && !expectation_z_.empty())
    painter.fillRect(QRectF(g.disks_left(), rect.top(), rect.right() - g.disks_left(), rect.height()),
                     palette.panel);
  for (int row = 0; row < g.layout().rows && std::size_t(row) < expectation_z_.size(); ++row)
    paintDisk(painter, g, row, ink);
  painter.restore();
}

void CircuitPainter::paintWires(QPainter &painter, const CircuitGeometry &g, Ink &ink) const {
  const int size = int(std::clamp(g.row_height() * 0.55, 6.0, 12.0));
  painter.setFont(ink.letters.of_size(size));
  const QColor wire = blend(ink.palette.panel, ink.palette.soft, 0.75);
  for (int row = 0; row < g.layout().rows; ++row) {
    const double y = g.y(row);
    painter.setPen(ink.palette.soft);
    const double left = g.rect().left(), right = g.label_right();
    if (g.row_height() >= 8)
      painter.drawText(QRectF(left, y - 10, std::max(1.0, right - left), 20),
                       Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, QStringLiteral("q%1").arg(row));
    painter.setPen(QPen(wire, 1.2));
    painter.drawLine(QPointF(g.wire_left(), y), QPointF(g.wire_right(), y));
  }
}

void CircuitPainter::paintGate(QPainter &painter, const CircuitGeometry &g, const DrawnGate &gate,
                               Ink &ink) const {
  const double x = g.x(gate);
  const double stroke = std::clamp(g.cell_width() * 0.035, 1.0, 1.8);
  if (gate.kind == DrawnGate::Kind::barrier) {
    painter.setPen(QPen(ink.palette.soft, 1.2, Qt::DashLine));
    painter.drawLine(QPointF(x, g.y(gate.top) - g.row_height() / 2),
                     QPointF(x, g.y(gate.bottom) + g.row_height() / 2));
    return;
  }
  painter.setPen(QPen(ink.palette.quantum, stroke));
  if (gate.top != gate.bottom)
    painter.drawLine(QPointF(x, g.y(gate.top)), QPointF(x, g.y(gate.bottom)));
  for (int row : gate.targets)
    paintTarget(painter, g, gate, row, ink);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink.palette.quantum);
  const double dot = std::clamp(std::min(g.row_height(), g.cell_width()) * 0.11, 1.5, 4.2);
  for (int row : gate.controls)
    painter.drawEllipse(QPointF(x, g.y(row)), dot, dot);
  if (gate.kind == DrawnGate::Kind::dots && !gate.label.empty()) {
    const QString label = valueLabel(gate);
    const QRectF place(x + dot + 2, g.y(gate.bottom) - g.row_height() / 2 + 1,
                       gate.width * g.cell_width() / 2, g.row_height() / 2 - 2);
    if (const QFont *fitting = ink.letters.fitting(label, place.width(), 11, 7)) {
      painter.setFont(*fitting);
      painter.setPen(ink.palette.text);
      painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, label);
    }
  }
}

void CircuitPainter::paintTarget(QPainter &painter, const CircuitGeometry &g, const DrawnGate &gate, int row,
                                 Ink &ink) const {
  const QPointF centre(g.x(gate), g.y(row));
  const QPen pen(ink.palette.quantum, std::clamp(g.cell_width() * 0.035, 1.0, 1.8));
  const double radius = std::clamp(std::min(g.row_height() * 0.24, g.cell_width() * 0.24), 2.5, 9.0);
  if (gate.kind == DrawnGate::Kind::plus) {
    painter.setPen(pen);
    painter.setBrush(ink.palette.panel);
    painter.drawEllipse(centre, radius, radius);
    painter.drawLine(centre - QPointF(radius, 0), centre + QPointF(radius, 0));
    painter.drawLine(centre - QPointF(0, radius), centre + QPointF(0, radius));
  } else if (gate.kind == DrawnGate::Kind::crosses) {
    const double arm = radius * 0.7;
    painter.setPen(pen);
    painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm));
    painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm));
  } else
    paintBox(painter, g, gate, g.box(gate, row), ink);
}

/// How strongly a box is tinted: constants faint, features clear, weights by the size of their angle.
double CircuitPainter::strength(const DrawnGate &gate) const {
  double strongest = 0.16;
  for (int index : gate.operations) {
    const Operation &op = circuit_.operations[std::size_t(index)];
    for (int a = 0; a < facts(op.gate).parameters; ++a) {
      const Angle &angle = op.angles[std::size_t(a)];
      if (angle.source == Angle::Source::feature)
        strongest = std::max(strongest, 0.34);
      if (angle.source == Angle::Source::weight) {
        const double value = std::abs(std::remainder(angle_value(angle, angles_, weights_), 2 * pi));
        strongest = std::max(strongest, angle_known(angle, angles_, weights_)
                                            ? 0.45 + 0.55 * std::min(1.0, value / (pi / 2))
                                            : 0.8);
      }
    }
  }
  return strongest;
}

/// The live angle, or its formula where an input is not known.
QString CircuitPainter::valueLabel(const DrawnGate &gate) const {
  if (gate.operations.size() != 1)
    return {};
  const Operation &op = circuit_.operations[std::size_t(gate.operations.front())];
  QString label;
  for (int a = 0; a < facts(op.gate).parameters; ++a) {
    const Angle &angle = op.angles[std::size_t(a)];
    if (a > 0)
      label += QStringLiteral(", ");
    label += angle_known(angle, angles_, weights_) && angle.source != Angle::Source::constant
                 ? two_digits(angle_value(angle, angles_, weights_))
                 : text_of(angle_formula(angle, circuit_.names));
  }
  return label;
}

void CircuitPainter::paintBox(QPainter &painter, const CircuitGeometry &g, const DrawnGate &gate,
                              const QRectF &box, Ink &ink) const {
  const bool hovered =
      std::find(gate.operations.begin(), gate.operations.end(), hovered_) != gate.operations.end() &&
      hovered_ >= 0;
  const QColor fill =
      blend(ink.palette.panel, ink.palette.quantum, std::min(1.0, strength(gate) + (hovered ? 0.12 : 0.0)));
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  const double radius = std::clamp(g.box_height() * 0.16, 1.0, 5.0);
  painter.drawRoundedRect(box, radius, radius);
  painter.setPen(readable_on(fill, ink.palette));
  const QString symbol = text_of(gate.symbol), label = valueLabel(gate);
  const double room = box.width() - std::min(6.0, box.width() * 0.12);
  const bool two_lines = !label.isEmpty() && box.height() >= 27;
  const QFont *small = two_lines ? ink.letters.fitting(label, room, 10, 7) : nullptr;
  const double largest = std::min(13.0, box.height() * (small ? 0.45 : 0.62));
  const bool has_bars = !small && paintAngleBars(painter, gate, box);
  const QFont *large = ink.letters.fitting(symbol, room, largest, 5);
  if (!large)
    return;
  painter.setFont(*large);
  QRectF upper = box;
  if (small)
    upper.setBottom(box.top() + box.height() * 0.56);
  if (!small && has_bars)
    upper.setBottom(box.bottom() - 3);
  painter.drawText(upper, Qt::AlignHCenter | (small ? Qt::AlignBottom : Qt::AlignVCenter) | Qt::TextDontClip,
                   symbol);
  if (!small)
    return;
  painter.setFont(*small);
  painter.drawText(QRectF(box.left(), upper.bottom(), box.width(), box.bottom() - upper.bottom() - 2),
                   Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextDontClip, label);
}

/// Where numbers have no room: at the box's foot one bar for each live angle, from the middle, full at half a
/// turn.
bool CircuitPainter::paintAngleBars(QPainter &painter, const DrawnGate &gate, const QRectF &box) const {
  std::vector<double> angles;
  for (int index : gate.operations) {
    const Operation &op = circuit_.operations[std::size_t(index)];
    for (int a = 0; a < facts(op.gate).parameters; ++a) {
      const Angle &angle = op.angles[std::size_t(a)];
      if (angle.source != Angle::Source::constant && angle_known(angle, angles_, weights_))
        angles.push_back(std::remainder(angle_value(angle, angles_, weights_), 2 * pi));
    }
  }
  const double inner = box.width() - 6, height = std::clamp(box.height() * 0.1, 1.2, 2.5);
  const double part = inner / double(std::max<std::size_t>(1, angles.size()));
  if (angles.empty() || box.height() < 14 || part < 6)
    return false;
  const QColor ink = painter.pen().color();
  QColor track = ink;
  track.setAlphaF(0.22f);
  for (std::size_t i = 0; i < angles.size(); ++i) {
    const double left = box.left() + 3 + part * double(i) + 1, width = part - 2, middle = left + width / 2;
    const double reach = angles[i] / pi * width / 2, top = box.bottom() - height - 2;
    painter.fillRect(QRectF(left, top, width, height), track);
    painter.fillRect(QRectF(std::min(middle, middle + reach) - 0.5, top, std::abs(reach) + 1, height), ink);
  }
  return true;
}

/// Muted gates fade, struck through.
void CircuitPainter::paintVeil(QPainter &painter, const CircuitGeometry &g, Ink &ink) const {
  for (const int operation : muted_) {
    const QRectF place = gateRect(operation, g.rect());
    if (place.isEmpty())
      continue;
    QColor veil = ink.palette.panel;
    veil.setAlphaF(0.72f);
    painter.fillRect(place.adjusted(-1, -1, 1, 1), veil);
    painter.setPen(QPen(ink.palette.soft, 1.4));
    painter.drawLine(place.bottomLeft(), place.topRight());
  }
}

/// <Z>: a hand that points up at +1 (all 0), down at -1 (all 1), sideways at 0.
void CircuitPainter::paintDisk(QPainter &painter, const CircuitGeometry &g, int row, Ink &ink) const {
  const double z = std::clamp(expectation_z_[std::size_t(row)], -1.0, 1.0), radius = g.disk_radius();
  const QPointF centre(g.disk_x(), g.y(row));
  painter.setBrush(ink.palette.panel);
  painter.setPen(QPen(blend(ink.palette.panel, ink.palette.quantum, 0.45), 1.2));
  painter.drawEllipse(centre, radius, radius);
  if (std::isfinite(z)) {
    painter.setPen(
        QPen(ink.palette.quantum, std::clamp(radius * 0.28, 1.0, 3.2), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(centre, centre + QPointF(std::sqrt(std::max(0.0, 1 - z * z)), -z) * radius * 0.74);
  }
  if (!g.disk_numbers())
    return;
  using G = CircuitGeometry;
  painter.setFont(ink.letters.of_size(int(std::clamp(g.row_height() * 0.5, 7.0, 11.0))));
  QRectF place(centre.x() + radius + 2, centre.y() - 9, G::number_width, 18);
  if (std::size_t(row) < past_.size()) {
    painter.setPen(ink.palette.soft);
    draw_tabular(painter, place, Qt::AlignRight | Qt::AlignVCenter, two_digits(past_[std::size_t(row)]));
    draw_arrow(painter, {place.right() + G::arrow_width / 2, centre.y()}, G::arrow_width * 0.55);
    place.translate(G::arrow_width + G::number_width, 0);
  }
  painter.setPen(ink.palette.text);
  draw_tabular(painter, place, Qt::AlignRight | Qt::AlignVCenter, two_digits(z));
}

/// The rings of selected gates and of those in the hand, and the cursor.
void CircuitPainter::paintMarks(QPainter &painter, const CircuitGeometry &g, Ink &ink) const {
  for (const DrawnGate &gate : g.layout().gates) {
    const bool ghost = any_of(gate, ghosts_), marked = any_of(gate, marked_);
    const bool selected = std::ranges::find(gate.operations, selected_) != gate.operations.end();
    if (!ghost && !marked && !selected)
      continue;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(ghost ? QPen(ink.palette.quantum, 1.6, Qt::DashLine) : QPen(ink.palette.text, 2));
    const bool single =
        gate.kind == DrawnGate::Kind::box && gate.targets.size() == 1 && gate.controls.empty();
    const QRectF ring = single ? g.box(gate, gate.targets.front()).adjusted(-2, -2, 2, 2) : g.bounds(gate);
    painter.drawRoundedRect(ring, 6, 6);
  }
  if (!cursor_)
    return;
  const double x = *cursor_ < 0 ? g.column_x(0) : gateRect(*cursor_, g.rect()).right();
  painter.setPen(QPen(ink.palette.error, 2));
  painter.drawLine(QPointF(x, g.y(0) - g.row_height() / 2),
                   QPointF(x, g.y(std::max(0, g.layout().rows - 1)) + g.row_height() / 2));
}

} // namespace duet::ui
