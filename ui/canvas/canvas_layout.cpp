#include "ui/canvas/canvas_layout.h"
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double header_height = 30, caption_height = 22, pad = 16, absent_height = 62, lane_gap = 16;

QPainterPath ribbon(QPointF from, QPointF to) {
  QPainterPath path(from);
  const double bend = 0.62 * (to.x() - from.x());
  path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
  return path;
}

/// Splits a row of layers into equal parts.
std::vector<QRectF> split(const QRectF &row, std::size_t parts) {
  std::vector<QRectF> result;
  const double space = std::min(14.0, 0.3 * row.width() / static_cast<double>(parts)),
               width = (row.width() - space * static_cast<double>(parts - 1)) / static_cast<double>(parts);
  for (std::size_t k = 0; k < parts; ++k)
    result.emplace_back(row.left() + static_cast<double>(k) * (width + space), row.top(), width,
                        row.height());
  return result;
}

void fill_frame(LaneLayout &lane) {
  lane.header =
      QRectF(lane.card.left() + pad, lane.card.top() + 6, lane.card.width() - 2 * pad, header_height - 4);
  lane.body = lane.card.adjusted(pad, header_height + 4, -pad, -6);
}

void fill_spiking(LaneLayout &lane, const Experiment &experiment, bool with_bars) {
  lane.present = true;
  fill_frame(lane);
  QRectF row = lane.body.adjusted(0, 0, 0, -caption_height);
  lane.captions = QRectF(lane.body.left(), row.bottom(), lane.body.width(), caption_height);
  if (with_bars) {
    const double width = std::clamp(0.26 * row.width(), 64.0, 170.0);
    lane.bars = QRectF(row.right() - width, row.top(), width, row.height());
    row.setRight(lane.bars.left() - 22);
  }
  lane.layers = split(row, std::max<std::size_t>(1, experiment.spiking.hidden.size()));
}

void fill_quantum(LaneLayout &lane, const Experiment &experiment, bool encoder_inside) {
  lane.present = true;
  fill_frame(lane);
  QRectF row = lane.body;
  const bool roomy = row.width() > 470; // else bars and encoder are there in a narrower form
  const double bars = roomy ? 84 : std::clamp(0.18 * row.width(), 32.0, 64.0);
  lane.bars = QRectF(row.right() - bars, row.top(), bars, row.height() - caption_height);
  row.setRight(lane.bars.left() - 26);
  if (encoder_inside && row.width() > 170) {
    const double width =
        roomy ? std::clamp(0.15 * row.width(), 46.0, 110.0) : std::clamp(0.12 * row.width(), 34.0, 46.0);
    const QRectF strip(row.left(), row.top(), width, row.height() - caption_height);
    lane.layers = split(strip, std::max<std::size_t>(1, experiment.spiking.hidden.size()));
    row.setLeft(strip.right() + (roomy ? 14 : 10));
  }
  lane.captions =
      QRectF(lane.body.left(), lane.body.bottom() - caption_height, lane.body.width(), caption_height);
  lane.dials = QRectF(row.right() - 26, row.top(), 26, row.height());
  lane.circuit = QRectF(row.left(), row.top(), row.width() - 34, row.height());
}

} // namespace

CanvasLayout canvas_layout(QSizeF size, const Experiment &experiment, int qubits) {
  CanvasLayout out;
  const double w = std::max(size.width(), double(smallest_canvas.width())),
               h = std::max(size.height(), double(smallest_canvas.height()));
  const bool spiking = has_spiking_branch(experiment), quantum = has_quantum_branch(experiment);
  const bool serial = !spiking;
  const double reach = std::clamp(0.05 * w, 20.0, 96.0); // of a ribbon
  const double side = std::clamp(std::min(0.141 * w, 0.29 * h), 60.0, 210.0);
  const double middle = h * 0.545;
  out.image = QRectF(22, middle - side / 2, side, side);
  const double bars = std::clamp(0.104 * w, 48.0, 190.0);
  const double bar_height = std::clamp(0.44 * h, 150.0, 330.0);
  out.answers = QRectF(w - 26 - bars, middle - bar_height / 2, bars, bar_height);
  out.mixer_radius = std::clamp(0.026 * w, 17.0, 30.0);
  out.mixer = QPointF(out.answers.left() - 30 - out.mixer_radius, middle);
  const double left = out.image.right() + reach;
  const double right = out.mixer.x() - out.mixer_radius - reach;
  const double top = std::clamp(0.1 * h, 12.0, 54.0), bottom = h - 14, room = bottom - top - lane_gap;
  double upper_height = 0.5 * room;
  if (spiking && quantum)
    upper_height = room * (1 - std::clamp(0.505 + 0.022 * (qubits - 6), 0.505, 0.64));
  else if (serial)
    upper_height = room * 0.42;
  else
    upper_height = room - absent_height;
  out.upper.card = QRectF(left, top, right - left, upper_height);
  out.lower.card = QRectF(left, top + upper_height + lane_gap, right - left, room - upper_height);
  fill_frame(out.lower);
  fill_spiking(out.upper, experiment, !serial);
  if (quantum)
    fill_quantum(out.lower, experiment, has_encoder(experiment) && !serial);
  const QPointF from(out.image.right(), middle);
  const QPointF to = spiking && quantum
                         ? out.mixer - QPointF(out.mixer_radius, 0) // alone: straight to the answers
                         : QPointF(out.answers.left() - 34, middle);
  const QPointF upper_in(left, out.upper.card.center().y()), upper_out(right, out.upper.card.center().y());
  const QPointF lower_in(left, out.lower.card.center().y()), lower_out(right, out.lower.card.center().y());
  out.image_to_upper = ribbon(from - QPointF(0, 8), upper_in);
  out.image_to_lower = ribbon(from + QPointF(0, 8), lower_in);
  out.upper_to_mixer = ribbon(upper_out, to - QPointF(0, quantum && spiking ? 7 : 0));
  out.lower_to_mixer = ribbon(lower_out, to + QPointF(0, quantum && spiking ? 7 : 0));
  if (serial) {
    out.image_to_upper = ribbon(from, upper_in);
    out.upper_to_lower = QPainterPath(QPointF((left + right) / 2, out.upper.card.bottom()));
    out.upper_to_lower.lineTo((left + right) / 2, out.lower.card.top());
  }
  if (!quantum)
    out.image_to_upper = ribbon(from, upper_in);
  return out;
}

} // namespace duet::ui
