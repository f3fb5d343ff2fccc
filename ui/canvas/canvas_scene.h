// What the centre picture shows at one moment, and how each part is painted. A value; GUI thread only.
#pragma once
#include "engine/session/session.h"
#include "ui/canvas/canvas_layout.h"
#include "ui/canvas/cell_grid.h"
#include "ui/canvas/class_bars.h"
#include "ui/circuit/circuit_painter.h"
#include "ui/spikes/neuron.h"
#include "ui/theme/theme.h"
#include "ui/words/voices.h"
#include <QString>
#include <memory>
#include <optional>

namespace duet::ui {

/// What the pointer is on.
struct CanvasHit {
  enum class Kind { nothing, image, neuron, logit, gate, qubit, twin, mixer, answer, ribbon, card };
  Kind kind = Kind::nothing;
  NeuronId neuron;
  int index = -1;                ///< output, operation, qubit or ribbon
  Stack branch = Stack::spiking; ///< of a logit; spiking: the spiking branch, encoder: the quantum branch
  bool operator==(const CanvasHit &) const = default;
};

struct CanvasScene {
  Experiment experiment;
  Phase phase = Phase::empty;
  QString failure; ///< the notice of a failed session
  std::shared_ptr<const Inspection> inspection;
  double ratio = ModelSettings{}.fusion_ratio;
  std::optional<int> step;
  std::optional<NeuronId> neuron;
  std::optional<int> output; ///< of the selected class
  CircuitPainter circuit;
  QString circuit_remark;  ///< "12 weights, 8 act"
  QString circuit_problem; ///< why there is no circuit; empty if there is one
  CanvasLayout layout;

  bool both() const { return mixes(experiment); }
  Voices voices() const { return Voices(experiment); }
  bool twin() const { return is_twin(experiment); }
  const Answer *answer() const { return inspection ? &inspection->answer_at(step) : nullptr; } // at the step
  QString upper_remark() const;   ///< what the lane's values are of: "step 4 of 10, mean so far"
  QString lower_remark() const;   ///< the same, or facts about the circuit: "12 weights, 8 act"
  QString answer_caption() const; ///< above the answers: "answer", "answer, step 4 of 10"
  const StackRecord *stack(Stack which) const;
  std::vector<CellGrid> grids(Stack which) const;
  const LaneLayout &lane_of(Stack which) const;
  std::optional<ClassBars> logit_bars(Stack branch, const Palette &palette = theme().palette())
      const; ///< spiking branch, or encoder for the quantum branch
  ClassBars answer_bars(const Palette &palette = theme().palette()) const;
  QRectF circuit_rect() const;
  QRectF twin_row(int value) const;

  /// Everything but the ribbons.
  void paint(QPainter &painter, const Palette &palette) const;
  /// `crawl`: how far the dashes have moved, px; `moving` brightens them.
  void paint_ribbons(QPainter &painter, double crawl, const Palette &palette) const;

  CanvasHit hit(const QPointF &position) const;
  QString describe(const CanvasHit &hit) const; ///< one sentence; empty for nothing

private:
  void paint_image(QPainter &painter, const Palette &palette) const;
  void paint_upper(QPainter &painter, const Palette &palette) const;
  void paint_lower(QPainter &painter, const Palette &palette) const;
  void paint_stack(QPainter &painter, const Palette &palette, Stack which) const;
  void paint_stack_captions(QPainter &painter, const Palette &palette, Stack which) const;
  void paint_twin(QPainter &painter, const Palette &palette) const;
  void paint_logits(QPainter &painter, const Palette &palette, Stack branch) const;
  void paint_absent(QPainter &painter, const Palette &palette, const QRectF &card,
                    const QString &sentence) const;
  void paint_mixer(QPainter &painter, const Palette &palette) const;
  void paint_answers(QPainter &painter, const Palette &palette) const;
  CanvasHit hit_lanes(const QPointF &position) const;   ///< neurons and logits
  CanvasHit hit_circuit(const QPointF &position) const; ///< gates, qubits, the twin's values
  CanvasHit hit_ways(const QPointF &position) const;    ///< mixer and ribbons
  QString describe_neuron(const NeuronId &id) const;
};

} // namespace duet::ui
