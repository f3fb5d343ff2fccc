// What the pointer is on, and the sentence that says so.
#include "engine/spiking/one_neuron.h"
#include "ui/canvas/canvas_scene.h"
#include "ui/data/class_name.h"
#include "ui/data/image_voices.h"
#include "ui/spikes/spike_rows.h"
#include "ui/spikes/time_axis.h"
#include "ui/words/numbers.h"
#include <QObject>
#include <QTextDocumentFragment>
#include <cmath>

namespace duet::ui {
namespace {

constexpr int ribbon_count = 5;

const QPainterPath &ribbon_path(const CanvasLayout &layout, int index) {
  switch (index) {
  case 0:
    return layout.image_to_upper;
  case 1:
    return layout.upper_to_mixer;
  case 2:
    return layout.image_to_lower;
  case 3:
    return layout.lower_to_mixer;
  default:
    return layout.upper_to_lower;
  }
}

bool near(const QPainterPath &path, const QPointF &position) {
  if (path.isEmpty() || !path.boundingRect().adjusted(-9, -9, 9, 9).contains(position))
    return false;
  QPainterPathStroker stroker;
  stroker.setWidth(18);
  return stroker.createStroke(path).contains(position);
}

} // namespace

CanvasHit CanvasScene::hit_lanes(const QPointF &position) const {
  CanvasHit hit;
  for (const Stack which : {Stack::spiking, Stack::encoder}) {
    const std::vector<CellGrid> fields = grids(which);
    for (std::size_t k = 0; k < fields.size(); ++k)
      if (const auto n = fields[k].neuron_at(position)) {
        hit.kind = CanvasHit::Kind::neuron;
        hit.neuron = {which, static_cast<int>(k), *n};
        return hit;
      }
    if (const auto bars = logit_bars(which))
      for (int row = 0; row < 10; ++row)
        if (bars->row(row).contains(position)) {
          hit.kind = CanvasHit::Kind::logit;
          hit.index = row;
          hit.branch = which;
          return hit;
        }
  }
  return hit;
}

CanvasHit CanvasScene::hit_circuit(const QPointF &position) const {
  CanvasHit hit;
  const QRectF rect = circuit_rect();
  if (!has_quantum_branch(experiment) || !rect.contains(position))
    return hit;
  if (twin()) {
    for (int i = 0; i < experiment.quantum.qubits; ++i)
      if (twin_row(i).contains(position)) {
        hit.kind = CanvasHit::Kind::twin;
        hit.index = i;
      }
    return hit;
  }
  if (!circuit_problem.isEmpty())
    return hit;
  if (const auto gate = circuit.gateAt(position, rect)) {
    hit.kind = CanvasHit::Kind::gate;
    hit.index = *gate;
  } else if (const auto qubit = circuit.qubitAt(position, rect);
             qubit && position.x() > layout.lower.dials.left() - 40) {
    hit.kind = CanvasHit::Kind::qubit;
    hit.index = *qubit;
  }
  return hit;
}

CanvasHit CanvasScene::hit_ways(const QPointF &position) const {
  CanvasHit hit;
  const QPointF from_mixer = position - layout.mixer;
  if (both() && std::hypot(from_mixer.x(), from_mixer.y()) <= layout.mixer_radius + 3) {
    hit.kind = CanvasHit::Kind::mixer;
    return hit;
  }
  for (int k = 0; k < ribbon_count; ++k) {
    const bool used = both() ? k < 4 : has_spiking_branch(experiment) ? k < 2 : k == 0 || k == 3 || k == 4;
    if (used && near(ribbon_path(layout, k), position)) {
      hit.kind = CanvasHit::Kind::ribbon;
      hit.index = k;
      return hit;
    }
  }
  return hit;
}

CanvasHit CanvasScene::hit(const QPointF &position) const {
  CanvasHit hit;
  if (layout.image.contains(position)) {
    hit.kind = CanvasHit::Kind::image;
    return hit;
  }
  const ClassBars answers = answer_bars();
  for (int row = 0; row < 10; ++row)
    if (answers.row(row).contains(position)) {
      hit.kind = CanvasHit::Kind::answer;
      hit.index = row;
      return hit;
    }
  for (const auto part : {&CanvasScene::hit_lanes, &CanvasScene::hit_circuit, &CanvasScene::hit_ways}) {
    hit = (this->*part)(position);
    if (hit.kind != CanvasHit::Kind::nothing)
      return hit;
  }
  if (layout.upper.card.contains(position) || layout.lower.card.contains(position))
    hit.kind = CanvasHit::Kind::card;
  return hit;
}

QString CanvasScene::describe_neuron(const NeuronId &id) const {
  QString text = neuron_name(id, voices());
  const StackRecord *record = stack(id.stack);
  const LayerRecord *layer = record && static_cast<std::size_t>(id.layer) < record->layers.size()
                                 ? &record->layers[static_cast<std::size_t>(id.layer)]
                                 : nullptr;
  if (!layer || id.neuron >= layer->neurons)
    return text;
  const auto at = [&](int t) {
    return static_cast<std::size_t>(t) * static_cast<std::size_t>(layer->neurons) +
           static_cast<std::size_t>(id.neuron);
  };
  int total = 0;
  for (int t = 0; t < layer->steps; ++t)
    total += layer->spikes[at(t)];
  text += QObject::tr(": %1 spike%2 in %3 steps, rate %4 a step")
              .arg(total)
              .arg(total == 1 ? "" : "s")
              .arg(layer->steps)
              .arg(QString::number(static_cast<double>(total) / layer->steps, 'f', 2));
  const int t = step ? std::min(*step, layer->steps - 1) : layer->steps - 1;
  if (layer->membrane.size() > at(t))
    text += QObject::tr("; membrane %1 at step %2 (threshold %3)")
                .arg(QString::number(static_cast<double>(layer->membrane[at(t)]), 'f', 3))
                .arg(t + 1)
                .arg(QString::number(crossing(experiment.spiking.neuron), 'g', 4));
  return text;
}

QString CanvasScene::describe(const CanvasHit &hit) const {
  const QString of_step = step && inspection && !inspection->by_step.empty()
                              ? QObject::tr(" (%1)").arg(so_far_text(step, inspection->steps()))
                              : QString();
  switch (hit.kind) {
  case CanvasHit::Kind::image:
    return inspection ? QObject::tr("Test image %1, truth %2, as the network sees it. Click: the next "
                                    "one, Shift + click: the one before.")
                            .arg(grouped(inspection->index))
                            .arg(class_name(experiment.data.classes, inspection->target))
                      : QObject::tr("No image selected yet.");
  case CanvasHit::Kind::neuron:
    return describe_neuron(hit.neuron);
  case CanvasHit::Kind::logit: {
    const auto bars = logit_bars(hit.branch);
    const QString who = voices().name(speaker_of(hit.branch));
    return bars && bars->live
               ? QObject::tr("Logit of class %1 in the %2: %3%4")
                     .arg(class_name(experiment.data.classes, hit.index))
                     .arg(who, QString::number(bars->value[static_cast<std::size_t>(hit.index)], 'f', 3),
                          of_step)
               : QObject::tr("Logits of the %1").arg(who);
  }
  case CanvasHit::Kind::answer: {
    const ClassBars bars = answer_bars();
    if (!bars.live)
      return QObject::tr("The answer: softmax of the mixed logits.");
    return QObject::tr("Class %1: probability %2 (softmax of the %3 logits)%4%5")
        .arg(class_name(experiment.data.classes, hit.index))
        .arg(QString::number(bars.value[static_cast<std::size_t>(hit.index)], 'f', 4),
             both() ? QStringLiteral("mixed") : QStringLiteral("branch's"), of_step,
             bars.truth == hit.index ? QObject::tr(". This is the truth.") : QString());
  }
  case CanvasHit::Kind::gate:
    return circuit.toolTip(hit.index);
  case CanvasHit::Kind::qubit:
    return circuit.qubitToolTip(hit.index);
  case CanvasHit::Kind::twin:
    return answer() && static_cast<std::size_t>(hit.index) < answer()->expectation_z.size()
               ? QObject::tr("Value x%1 = %2: it goes to the last layer without any circuit%3.")
                     .arg(hit.index)
                     .arg(QString::number(answer()->expectation_z[static_cast<std::size_t>(hit.index)], 'f',
                                          3),
                          of_step)
               : QObject::tr("Value x%1").arg(hit.index);
  case CanvasHit::Kind::mixer:
    return QObject::tr("Mixed logits = %1 x %2 + %3 x %4. The wheel changes the ratio.")
        .arg(QString::number(1 - ratio, 'f', 2), voices().find(Speaker::spiking)->brief,
             QString::number(ratio, 'f', 2), voices().find(Speaker::quantum)->brief);
  case CanvasHit::Kind::ribbon:
    if (!both())
      return QObject::tr("The image's only way through this model.");
    return QObject::tr("The %1 counts %2 % of the answer.")
        .arg(voices().name(hit.index < 2 ? Speaker::spiking : Speaker::quantum))
        .arg(hit.index < 2 ? shares(ratio).first : shares(ratio).second);
  case CanvasHit::Kind::card:
  case CanvasHit::Kind::nothing:
    break;
  }
  return {};
}

} // namespace duet::ui
