#include "ui/canvas/canvas_scene.h"
#include "engine/spiking/neuron_kinds.h"
#include "engine/spiking/one_neuron.h"
#include "ui/data/class_name.h"
#include "ui/data/digit_image.h"
#include "ui/data/image_voices.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include <QObject>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

QString neuron_kind(NeuronKind kind) { return QString::fromLatin1(facts(kind).title); }

void draw_header(QPainter &painter, const QRectF &header, const QString &title, const QColor &ink,
                 const QString &remark, const Palette &palette) {
  painter.setFont(font(13, QFont::DemiBold));
  painter.setPen(ink);
  painter.drawText(header, Qt::AlignLeft | Qt::AlignVCenter, title);
  const double room = header.width() - QFontMetricsF(painter.font()).horizontalAdvance(title) - 12;
  painter.setFont(font(12));
  painter.setPen(palette.soft);
  draw_tabular(painter, header, Qt::AlignRight | Qt::AlignVCenter,
               parts_that_fit(painter.font(), room, remark));
}

} // namespace

const StackRecord *CanvasScene::stack(Stack which) const {
  if (!inspection)
    return nullptr;
  const auto &record = which == Stack::spiking ? inspection->spiking : inspection->encoder;
  return record && record->layers.size() == experiment.spiking.hidden.size() ? &*record : nullptr;
}

/// The encoder of a serial model has the upper card to itself.
const LaneLayout &CanvasScene::lane_of(Stack which) const {
  return which == Stack::spiking || !has_spiking_branch(experiment) ? layout.upper : layout.lower;
}

std::vector<CellGrid> CanvasScene::grids(Stack which) const {
  std::vector<CellGrid> result;
  if (which == Stack::spiking ? !has_spiking_branch(experiment) : !has_encoder(experiment))
    return result;
  const LaneLayout &lane = lane_of(which);
  for (std::size_t k = 0; k < lane.layers.size() && k < experiment.spiking.hidden.size(); ++k)
    result.push_back(cell_grid(lane.layers[k], experiment.spiking.hidden[k]));
  return result;
}

std::optional<ClassBars> CanvasScene::logit_bars(Stack branch, const Palette &palette) const {
  const LaneLayout &lane = branch == Stack::spiking ? layout.upper : layout.lower;
  if (lane.bars.isEmpty() ||
      (branch == Stack::spiking ? !has_spiking_branch(experiment) : !has_quantum_branch(experiment)))
    return std::nullopt;
  const Voice voice = voices().colour(speaker_of(branch));
  ClassBars bars;
  bars.area = lane.bars.adjusted(22, 0, 0, 0);
  bars.names = class_names(experiment.data.classes);
  bars.color = palette.color(voice);
  bars.quiet = blend(palette.panel, palette.color(voice), 0.55);
  bars.edge = palette.stroke(voice);
  bars.ink = palette.text;
  bars.soft = palette.soft;
  bars.mark = palette.fused;
  bars.framed = output;
  const Answer *said = answer();
  const std::optional<Logits> logits = !said                      ? std::nullopt
                                       : branch == Stack::spiking ? said->logits_spiking
                                                                  : said->logits_quantum;
  bars.live = logits.has_value();
  if (logits)
    std::copy(logits->begin(), logits->end(), bars.value.begin());
  return bars;
}

ClassBars CanvasScene::answer_bars(const Palette &palette) const {
  ClassBars bars;
  bars.area = layout.answers;
  bars.names = class_names(experiment.data.classes);
  bars.probabilities = bars.with_percent = true;
  bars.ink = palette.text;
  bars.soft = palette.soft;
  bars.mark = palette.fused;
  bars.framed = output;
  bars.live = inspection != nullptr;
  if (inspection) {
    const ImageVoices said = voices_of(*answer(), ratio);
    bars.value = said.probabilities;
    bars.truth = inspection->target;
    bars.wrong = said.fused.output != inspection->target;
  }
  bars.color = bars.edge = bars.wrong ? palette.error : palette.fused;
  bars.quiet = blend(palette.bg, palette.fused, 0.5);
  bars.ground = palette.bg;
  return bars;
}

QRectF CanvasScene::circuit_rect() const {
  const LaneLayout &lane = layout.lower;
  return QRectF(lane.circuit.left(), lane.circuit.top(), lane.dials.right() - lane.circuit.left(),
                lane.circuit.height());
}

QRectF CanvasScene::twin_row(int value) const {
  const QRectF area = circuit_rect().adjusted(26, 2, -8, -24);
  const double height = std::min(30.0, area.height() / std::max(1, experiment.quantum.qubits));
  return {area.left(), area.top() + value * height, area.width(), height};
}

void CanvasScene::paint(QPainter &painter, const Palette &palette) const {
  paint_image(painter, palette);
  paint_upper(painter, palette);
  paint_lower(painter, palette);
  paint_mixer(painter, palette);
  paint_answers(painter, palette);
}

void CanvasScene::paint_image(QPainter &painter, const Palette &palette) const {
  const QRectF below(layout.image.left() - 20, layout.image.bottom() + 5, layout.image.width() + 40, 18);
  painter.setFont(font(12));
  if (!inspection) {
    painter.setPen(QPen(palette.soft, 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(layout.image.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QString sentence = phase == Phase::failed    ? QObject::tr("no image")
                             : phase == Phase::loading ? QObject::tr("reading the data …")
                             : phase == Phase::empty   ? QObject::tr("no data yet")
                                                       : QObject::tr("select a test image");
    draw_empty(painter, layout.image, sentence, palette);
    return;
  }
  draw_digit_image(painter, layout.image,
                   digit_image(inspection->pixels, inspection->rows, inspection->cols, palette.image),
                   palette.image, 4, false);
  painter.setPen(palette.soft);
  painter.drawText(below, Qt::AlignCenter, QObject::tr("test image %1").arg(grouped(inspection->index)));
}

void CanvasScene::paint_upper(QPainter &painter, const Palette &palette) const {
  const LaneLayout &lane = layout.upper;
  if (has_spiking_branch(experiment) || has_encoder(experiment)) {
    const Stack which = has_spiking_branch(experiment) ? Stack::spiking : Stack::encoder;
    const Voices named = voices();
    const NamedVoice &voice = *named.find(speaker_of(which));
    draw_card(painter, lane.card, palette.panel, palette.stroke(voice.colour), 1.5, card_radius);
    draw_header(painter, lane.header, capital(voice.encoder), palette.ink(voice.colour), upper_remark(),
                palette);
    paint_stack(painter, palette, which);
    paint_stack_captions(painter, palette, which);
    if (which == Stack::spiking)
      paint_logits(painter, palette, which);
  } else {
    paint_absent(painter, palette, lane.card, QObject::tr("No spiking network: this model is one chain."));
  }
}

QString CanvasScene::upper_remark() const { return so_far_text(step, experiment.spiking.steps); }

QString CanvasScene::lower_remark() const {
  if (!step)
    return twin() ? QObject::tr("%1 values, no circuit").arg(experiment.quantum.qubits) : circuit_remark;
  return has_encoder(experiment) ? upper_remark() : QObject::tr("sees the image at once: no steps");
}

QString CanvasScene::answer_caption() const {
  if (!step || !inspection || inspection->by_step.empty())
    return QObject::tr("answer");
  const int steps = inspection->steps();
  const double room = layout.answers.right() + 20 - layout.mixer.x() + layout.mixer_radius;
  const QString text =
      first_fitting(font(12), room,
                    {QObject::tr("answer, %1").arg(so_far_text(step, steps)),
                     QObject::tr("answer, %1").arg(so_far_short(step, steps)), so_far_short(step, steps)});
  return text;
}

void CanvasScene::paint_stack(QPainter &painter, const Palette &palette, Stack which) const {
  const std::vector<CellGrid> fields = grids(which);
  const StackRecord *record = stack(which);
  const Voice voice = voices().colour(speaker_of(which));
  const CellColors colors = {voice == Voice::spiking ? blend(palette.panel, palette.cell, 0.75)
                                                     : blend(palette.panel, palette.color(voice), 0.1),
                             palette.color(voice), palette.stroke(voice), palette.text};
  for (std::size_t k = 0; k < fields.size(); ++k) {
    std::vector<double> brightness;
    if (record && record->layers[k].neurons == fields[k].neurons)
      brightness = step ? brightness_at_step(record->layers[k], std::min(*step, record->layers[k].steps - 1),
                                             crossing(experiment.spiking.neuron))
                        : brightness_by_rate(record->layers[k]);
    const bool framed = neuron && neuron->stack == which && neuron->layer == static_cast<int>(k);
    paint_cells(painter, fields[k], brightness, colors,
                framed ? std::optional(neuron->neuron) : std::nullopt);
  }
}

void CanvasScene::paint_stack_captions(QPainter &painter, const Palette &palette, Stack which) const {
  const LaneLayout &lane = lane_of(which);
  painter.setFont(font(11));
  painter.setPen(palette.soft);
  const QString lit = step ? QObject::tr("lit by spikes") : QObject::tr("lit by rate");
  for (std::size_t k = 0; k < lane.layers.size() && k < experiment.spiking.hidden.size(); ++k) {
    const QRectF place(lane.layers[k].left() - 8, lane.captions.top(), lane.layers[k].width() + 16,
                       lane.captions.height());
    const QString count = QString::number(experiment.spiking.hidden[k]);
    const QString kind = neuron_kind(experiment.spiking.neuron.kind);
    painter.drawText(place, Qt::AlignCenter,
                     first_fitting(painter.font(), place.width(),
                                   {QStringLiteral("%1 %2 neurons, %3").arg(count, kind, lit),
                                    QStringLiteral("%1 %2 neurons").arg(count, kind),
                                    QStringLiteral("%1 %2").arg(count, kind), count}));
  }
}

void CanvasScene::paint_lower(QPainter &painter, const Palette &palette) const {
  const LaneLayout &lane = layout.lower;
  if (!has_quantum_branch(experiment)) {
    paint_absent(painter, palette, lane.card,
                 QObject::tr("No quantum circuit: this model is the spiking network alone."));
    return;
  }
  const Voices named = voices();
  const NamedVoice &voice = *named.find(Speaker::quantum);
  draw_card(painter, lane.card, palette.panel, palette.stroke(voice.colour), 1.5, card_radius);
  draw_header(painter, lane.header, twin() ? capital(voice.name) : QObject::tr("Quantum circuit"),
              palette.ink(voice.colour), lower_remark(), palette);
  if (has_encoder(experiment) && has_spiking_branch(experiment) && !lane.layers.empty()) {
    paint_stack(painter, palette, Stack::encoder);
    painter.setFont(font(11));
    painter.setPen(palette.soft);
    const double left = lane.layers.front().left(), right = lane.layers.back().right();
    painter.drawText(QRectF(left - 12, lane.captions.top(), right - left + 24, lane.captions.height()),
                     Qt::AlignCenter, QStringLiteral("encoder"));
  }
  paint_logits(painter, palette, Stack::encoder);
  if (twin())
    paint_twin(painter, palette);
  else if (!circuit_problem.isEmpty())
    draw_empty(painter, circuit_rect(), circuit_problem, palette);
  else
    circuit.paint(painter, circuit_rect(), palette);
}

void CanvasScene::paint_logits(QPainter &painter, const Palette &palette, Stack branch) const {
  const auto bars = logit_bars(branch, palette);
  if (!bars)
    return;
  const QRectF &captions = (branch == Stack::spiking ? layout.upper : layout.lower).captions;
  paint_class_bars(painter, *bars);
  painter.setFont(font(11));
  painter.setPen(palette.soft);
  painter.drawText(QRectF(bars->area.left() - 22, captions.top(), bars->area.width() + 22, captions.height()),
                   Qt::AlignCenter, QObject::tr("logits"));
}

void CanvasScene::paint_twin(QPainter &painter, const Palette &palette) const {
  const auto n = static_cast<std::size_t>(experiment.quantum.qubits);
  const double limit = experiment.quantum.input == QuantumInput::pooled ? 1.5708 : 1.0;
  painter.setFont(font(11));
  for (std::size_t i = 0; i < n; ++i) {
    const QRectF row = twin_row(static_cast<int>(i));
    const double middle = row.center().x();
    painter.setPen(palette.soft);
    painter.drawText(QRectF(row.left() - 26, row.top(), 22, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                     QStringLiteral("x%1").arg(i));
    painter.setPen(QPen(palette.line, 1));
    painter.drawLine(QPointF(row.left(), row.center().y()), QPointF(row.right(), row.center().y()));
    painter.drawLine(QPointF(middle, row.top() + 2), QPointF(middle, row.bottom() - 2));
    const Answer *said = answer();
    if (!said || said->expectation_z.size() != n)
      continue;
    const double value = std::clamp(said->expectation_z[i] / limit, -1.0, 1.0);
    const double end = middle + value * row.width() / 2, thick = std::min(12.0, 0.5 * row.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.color(Voice::twin));
    painter.drawRoundedRect(QRectF(QPointF(std::min(middle, end), row.center().y() - thick / 2),
                                   QSizeF(std::max(1.0, std::abs(end - middle)), thick)),
                            2, 2);
  }
  const QRectF last = twin_row(experiment.quantum.qubits - 1);
  painter.setPen(palette.soft);
  const QRectF below(last.left(), last.bottom() + 2, last.width(), 16);
  painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, QString::number(-limit, 'g', 3));
  painter.drawText(below, Qt::AlignHCenter | Qt::AlignVCenter, QStringLiteral("0"));
  painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, QString::number(limit, 'g', 3));
}

void CanvasScene::paint_absent(QPainter &painter, const Palette &palette, const QRectF &card,
                               const QString &sentence) const {
  painter.setPen(QPen(palette.soft, 1.2, Qt::DashLine));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), card_radius, card_radius);
  draw_empty(painter, card, sentence, palette);
}

void CanvasScene::paint_mixer(QPainter &painter, const Palette &palette) const {
  if (!both())
    return;
  const double radius = layout.mixer_radius;
  painter.setPen(QPen(palette.fused, 3));
  painter.setBrush(palette.panel);
  painter.drawEllipse(layout.mixer, radius, radius);
  painter.setFont(font(13, QFont::Bold));
  painter.setPen(palette.text);
  draw_tabular(painter, QRectF(layout.mixer.x() - radius, layout.mixer.y() - 10, 2 * radius, 20),
               Qt::AlignHCenter | Qt::AlignVCenter, QString::number(ratio, 'f', 2));
  painter.setFont(font(12));
  painter.setPen(palette.soft);
  painter.drawText(QRectF(layout.mixer.x() - 40, layout.mixer.y() + radius + 5, 80, 18), Qt::AlignCenter,
                   QStringLiteral("mix"));
}

void CanvasScene::paint_answers(QPainter &painter, const Palette &palette) const {
  painter.setFont(font(12));
  painter.setPen(palette.soft);
  const QRectF above(layout.mixer.x() - layout.mixer_radius, layout.answers.top() - 24,
                     layout.answers.right() + 20 - layout.mixer.x() + layout.mixer_radius, 18);
  const QString caption = answer_caption();
  const bool wide = QFontMetricsF(painter.font()).horizontalAdvance(caption) > layout.answers.width() + 22;
  painter.drawText(wide ? above : above.adjusted(layout.answers.left() - 22 - above.left(), 0, -20, 0),
                   (wide ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignVCenter, caption);
  paint_class_bars(painter, answer_bars(palette));
  if (phase == Phase::failed && !failure.isEmpty() && !inspection)
    draw_empty(painter,
               QRectF(layout.upper.card.left(), 0, layout.upper.card.width(), layout.upper.card.top()),
               failure, palette);
}

void CanvasScene::paint_ribbons(QPainter &painter, double crawl, const Palette &palette) const {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  const auto draw = [&](const QPainterPath &path, const QColor &color, double share) {
    const double width = std::max(1.5, 20 * share);
    QColor shade = color;
    shade.setAlphaF(share > 0 ? 1.0F : 0.4F);
    QPen pen(shade, width);
    pen.setCapStyle(width > 3 ? Qt::RoundCap : Qt::FlatCap);
    const double dash = 10, space = 9 + 0.5 * width;
    pen.setDashPattern({dash / width, space / width});
    pen.setDashOffset(-std::fmod(crawl, dash + space) / width);
    painter.setPen(pen);
    painter.drawPath(path);
  };
  const Voices named = voices();
  const QColor first = palette.stroke(named.colour(Speaker::spiking)),
               second = palette.stroke(named.colour(Speaker::quantum));
  if (both()) {
    draw(layout.image_to_upper, first, 1 - ratio);
    draw(layout.upper_to_mixer, first, 1 - ratio);
    draw(layout.image_to_lower, second, ratio);
    draw(layout.lower_to_mixer, second, ratio);
  } else if (has_spiking_branch(experiment)) {
    draw(layout.image_to_upper, first, 0.6);
    draw(layout.upper_to_mixer, first, 0.6);
  } else {
    draw(layout.image_to_upper, second, 0.6);
    draw(layout.upper_to_lower, second, 0.6);
    draw(layout.lower_to_mixer, second, 0.6);
  }
}

} // namespace duet::ui
