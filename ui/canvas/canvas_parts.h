// The parts of the centre picture one after the other, for the keys and for screen readers.
#pragma once
#include "ui/canvas/canvas_scene.h"
#include <vector>

namespace duet::ui {

struct CanvasPart {
  CanvasHit hit;
  QRectF where;
};

/// From the image along the ways to the answer: what can be pointed at.
std::vector<CanvasPart> canvas_parts(const CanvasScene &scene);

/// The part `offset` places on; clamped. No hit: the first.
CanvasHit part_beside(const std::vector<CanvasPart> &parts, const CanvasHit &hit, int offset);
/// The first part of the next (or the previous) kind: from the neurons of a layer to the logits.
CanvasHit group_beside(const std::vector<CanvasPart> &parts, const CanvasHit &hit, int direction);

} // namespace duet::ui
