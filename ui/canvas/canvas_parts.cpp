#include "ui/canvas/canvas_parts.h"
#include <algorithm>

namespace duet::ui {
namespace {

using Kind = CanvasHit::Kind;

CanvasHit hit_of(Kind kind, int index = -1, Stack branch = Stack::spiking) {
  CanvasHit hit;
  hit.kind = kind;
  hit.index = index;
  hit.branch = branch;
  return hit;
}

void add_lane(const CanvasScene &scene, Stack which, std::vector<CanvasPart> &parts) {
  const std::vector<CellGrid> fields = scene.grids(which);
  for (std::size_t layer = 0; layer < fields.size(); ++layer)
    for (int n = 0; n < fields[layer].neurons; ++n) {
      CanvasHit hit = hit_of(Kind::neuron);
      hit.neuron = {which, static_cast<int>(layer), n};
      parts.push_back({hit, fields[layer].cell(n)});
    }
}

void add_logits(const CanvasScene &scene, Stack which, std::vector<CanvasPart> &parts) {
  if (const auto bars = scene.logit_bars(which))
    for (int row = 0; row < 10; ++row)
      parts.push_back({hit_of(Kind::logit, row, which), bars->row(row)});
}

void add_circuit(const CanvasScene &scene, std::vector<CanvasPart> &parts) {
  if (!has_quantum_branch(scene.experiment))
    return;
  if (scene.twin()) {
    for (int i = 0; i < scene.experiment.quantum.qubits; ++i)
      parts.push_back({hit_of(Kind::twin, i), scene.twin_row(i)});
    return;
  }
  if (!scene.circuit_problem.isEmpty())
    return;
  const QRectF rect = scene.circuit_rect();
  for (std::size_t k = 0; k < scene.circuit.circuit().operations.size(); ++k)
    if (const QRectF where = scene.circuit.gateRect(static_cast<int>(k), rect); where.isValid())
      parts.push_back({hit_of(Kind::gate, static_cast<int>(k)), where});
}

/// Parts of one group stand together; a layer is a group.
bool together(const CanvasHit &a, const CanvasHit &b) {
  return a.kind == b.kind && a.branch == b.branch && a.neuron.stack == b.neuron.stack &&
         a.neuron.layer == b.neuron.layer;
}

std::size_t place_of(const std::vector<CanvasPart> &parts, const CanvasHit &hit) {
  return static_cast<std::size_t>(std::ranges::find(parts, hit, &CanvasPart::hit) - parts.begin());
}

} // namespace

std::vector<CanvasPart> canvas_parts(const CanvasScene &scene) {
  std::vector<CanvasPart> parts = {{hit_of(Kind::image), scene.layout.image}};
  add_lane(scene, Stack::spiking, parts);
  add_logits(scene, Stack::spiking, parts);
  add_lane(scene, Stack::encoder, parts);
  add_circuit(scene, parts);
  add_logits(scene, Stack::encoder, parts);
  if (scene.both()) {
    const double r = scene.layout.mixer_radius;
    parts.push_back({hit_of(Kind::mixer), QRectF(scene.layout.mixer - QPointF(r, r), QSizeF(2 * r, 2 * r))});
  }
  const ClassBars answers = scene.answer_bars();
  for (int row = 0; row < 10; ++row)
    parts.push_back({hit_of(Kind::answer, row), answers.row(row)});
  return parts;
}

CanvasHit part_beside(const std::vector<CanvasPart> &parts, const CanvasHit &hit, int offset) {
  const std::size_t place = place_of(parts, hit);
  if (place == parts.size())
    return parts.front().hit;
  const auto wanted = static_cast<std::ptrdiff_t>(place) + offset;
  const auto last = static_cast<std::ptrdiff_t>(parts.size()) - 1;
  return parts[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, last))].hit;
}

CanvasHit group_beside(const std::vector<CanvasPart> &parts, const CanvasHit &hit, int direction) {
  std::size_t place = place_of(parts, hit);
  if (place == parts.size())
    return parts.front().hit;
  const CanvasHit from = parts[place].hit;
  if (direction > 0) {
    while (place + 1 < parts.size() && together(parts[place].hit, from))
      ++place;
    return parts[place].hit;
  }
  const auto start_of_group = [&] {
    while (place > 0 && together(parts[place - 1].hit, parts[place].hit))
      --place;
  };
  start_of_group();
  if (place > 0)
    --place;
  start_of_group();
  return parts[place].hit;
}

} // namespace duet::ui
