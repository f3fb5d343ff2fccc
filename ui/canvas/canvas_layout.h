// Where everything of the centre picture goes, from the widget's size and the model's shape.
#pragma once
#include "engine/experiment/experiment.h"
#include <QPainterPath>
#include <QRectF>
#include <QSize>
#include <QSizeF>
#include <vector>

namespace duet::ui {

/// One lane's card and what is inside it. An absent lane keeps a low card for its explanation.
struct LaneLayout {
  QRectF card;
  bool present = false;
  QRectF header;              ///< title left, remark right
  QRectF body;                ///< below the header
  std::vector<QRectF> layers; ///< a grid of cells for each spiking layer
  QRectF captions;            ///< below the grids and bars
  QRectF bars;                ///< the branch's logits; empty where there is no room
  QRectF circuit, dials;      ///< of the quantum lane
};

struct CanvasLayout {
  QRectF image;     ///< the digit; its caption goes below
  LaneLayout upper; ///< spiking network, or the serial model's encoder
  LaneLayout lower; ///< quantum circuit
  QPointF mixer;    ///< centre
  double mixer_radius = 24;
  QRectF answers; ///< the ten bars, digits to the left of it
  QPainterPath image_to_upper, image_to_lower, upper_to_mixer, lower_to_mixer;
  QPainterPath upper_to_lower; ///< serial only
};

/// Below this it is laid out as if it had it.
inline constexpr QSize smallest_canvas(500, 256);

/// qubits: rows of the circuit, which gets more room when there are many.
CanvasLayout canvas_layout(QSizeF size, const Experiment &experiment, int qubits);

} // namespace duet::ui
