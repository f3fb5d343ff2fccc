#include "ui/panels/gate_inspector.h"
#include "engine/circuit/gates.h"
#include "ui/spikes/time_axis.h"
#include "ui/theme/theme.h"
#include <QPainter>
#include <QPainterPath>
#include <QTextDocumentFragment>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr double title_height = 20, history_height = 50, row_height = 19;

QString radians(double value) { return QString::number(value, 'f', 3) + QStringLiteral(" rad"); }

/// The first angle that is a weight; none for a gate that is not trained.
std::optional<Angle> weight_of(const Operation &operation) {
  for (int i = 0; i < facts(operation.gate).parameters; ++i)
    if (const Angle &angle = operation.angles[static_cast<std::size_t>(i)];
        angle.source == Angle::Source::weight)
      return angle;
  return std::nullopt;
}

} // namespace

GateInspector::GateInspector(QWidget *parent) : UnitWidget(parent) {
  setObjectName(QStringLiteral("gateInspector"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
  hide();
}

void GateInspector::setView(const std::shared_ptr<const SessionView> &view) {
  if (!view)
    return;
  if (view->training.circuit_weights == weights_ && view->training.inspection == inspection_ &&
      view->training.circuit_history == history_)
    return;
  history_ = view->training.circuit_history;
  weights_ = view->training.circuit_weights;
  inspection_ = view->training.inspection;
  painter_.setWeights(weights_ ? weights_->value : std::vector<float>(),
                      weights_ ? weights_->gradient : std::vector<float>());
  showImage();
  if (isVisible())
    update();
}

void GateInspector::setCircuit(const Circuit &circuit) {
  painter_.setCircuit(circuit);
  setGate(gate_);
}

void GateInspector::showImage() {
  const Answer nothing;
  const Answer &said = inspection_ ? inspection_->answer_at(step_) : nothing;
  painter_.setInspection(said.expectation_z, said.angles);
}

void GateInspector::setStep(std::optional<int> step) {
  if (step == step_)
    return;
  step_ = step;
  showImage();
  update();
}

void GateInspector::setGate(std::optional<int> operation) {
  const auto count = static_cast<int>(painter_.circuit().operations.size());
  gate_ = operation && *operation >= 0 && *operation < count ? operation : std::nullopt;
  setVisible(gate_.has_value());
  updateGeometry();
  if (gate_) {
    setAccessibleName(painter_.gateTitle(*gate_));
    setToolTip(painter_.toolTip(*gate_));
  }
  update();
}

QSize GateInspector::sizeHint() const {
  if (!gate_)
    return px({230, int(title_height)});
  const Operation &operation = painter_.circuit().operations[static_cast<std::size_t>(*gate_)];
  const bool learns = weight_of(operation).has_value();
  int rows = learns ? 3 : 0;
  for (int i = 0; i < facts(operation.gate).parameters; ++i)
    rows += operation.angles[static_cast<std::size_t>(i)].source != Angle::Source::weight;
  return px(
      {230, int(title_height + 2 + (learns ? history_height + 6 : 0) + row_height * std::max(1, rows))});
}

QString GateInspector::spokenText() const { return QTextDocumentFragment::fromHtml(toolTip()).toPlainText(); }

std::vector<QPointF> GateInspector::historyOf(int weight) const {
  std::vector<QPointF> curve;
  const auto index = static_cast<std::size_t>(weight);
  if (history_)
    for (const CircuitMoment &moment : *history_)
      if (index < moment.weights->value.size())
        curve.emplace_back(moment.epoch, moment.weights->value[index]);
  return curve;
}

void GateInspector::paintHistory(QPainter &painter, const QRectF &box, int weight) const {
  const Palette &palette = theme().palette();
  draw_card(painter, box, palette.field, palette.field, 0, field_radius);
  const std::vector<QPointF> curve = historyOf(weight);
  if (curve.size() < 2) {
    draw_empty(painter, box, tr("Its curve begins when training does."), palette);
    return;
  }
  double low = curve.front().y(), high = low;
  for (const QPointF &point : curve) {
    low = std::min(low, point.y());
    high = std::max(high, point.y());
  }
  const double span = std::max(high - low, 1e-3), first = curve.front().x();
  low = (low + high - span) / 2; // a weight that stands still is a line in the middle
  const double length = std::max(curve.back().x() - first, 1e-9);
  const QRectF area = box.adjusted(6, 8, -6, -8);
  QPainterPath path;
  for (const QPointF &value : curve) {
    const QPointF point(area.left() + area.width() * (value.x() - first) / length,
                        area.bottom() - area.height() * (value.y() - low) / span);
    if (path.elementCount() == 0)
      path.moveTo(point);
    else
      path.lineTo(point);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(palette.quantum, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(path);
}

void GateInspector::paintEvent(QPaintEvent *) {
  if (!gate_)
    return;
  const Palette &palette = theme().palette();
  const Operation &operation = painter_.circuit().operations[static_cast<std::size_t>(*gate_)];
  UnitPainter painter(this);
  QFont heading = ui::font(11, QFont::DemiBold);
  painter.setFont(heading);
  painter.setPen(palette.quantum_ink);
  painter.drawText(
      QRectF(0, 0, unitWidth(), title_height), Qt::AlignLeft | Qt::AlignVCenter,
      QFontMetricsF(heading).elidedText(painter_.gateTitle(*gate_), Qt::ElideRight, unitWidth()));
  double y = title_height + 2;
  QList<std::pair<QString, QString>> rows;
  if (const auto weight = weight_of(operation)) {
    const auto index = static_cast<std::size_t>(weight->index);
    paintHistory(painter, QRectF(0, y, unitWidth(), history_height), weight->index);
    y += history_height + 6;
    if (weights_ && index < weights_->value.size()) {
      rows.append({tr("weight %1").arg(QString::fromStdString(painter_.circuit().names.of(*weight))),
                   QString::number(weights_->value[index], 'f', 3)});
      rows.append({tr("angle"), radians(weight->scale * weights_->value[index] + weight->offset)});
      if (index < weights_->gradient.size())
        rows.append({tr("gradient, this batch"), QString::number(weights_->gradient[index], 'e', 1)});
    }
  }
  for (int i = 0; i < facts(operation.gate).parameters; ++i) {
    const Angle &angle = operation.angles[static_cast<std::size_t>(i)];
    const Answer *said = inspection_ ? &inspection_->answer_at(step_) : nullptr;
    if (angle.source == Angle::Source::feature && said &&
        static_cast<std::size_t>(angle.index) < said->angles.size())
      rows.append(
          {step_ && inspection_->steps() > 0
               ? tr("angle x%1, %2").arg(angle.index).arg(so_far_short(step_, inspection_->steps()))
               : tr("angle x%1 of this image").arg(angle.index),
           radians(angle.scale * said->angles[static_cast<std::size_t>(angle.index)] + angle.offset)});
    else if (angle.source == Angle::Source::constant)
      rows.append({tr("fixed angle"), radians(angle.offset)});
  }
  if (rows.isEmpty())
    rows.append({tr("fixed: there is nothing to train in this gate"), QString()});
  painter.setFont(ui::font(12));
  for (const auto &[name, value] : rows) {
    painter.setPen(palette.text);
    painter.drawText(QRectF(0, y, unitWidth(), row_height), Qt::AlignLeft | Qt::AlignVCenter, name);
    draw_tabular(painter, QRectF(0, y, unitWidth(), row_height), Qt::AlignRight | Qt::AlignVCenter, value);
    y += row_height;
  }
}

} // namespace duet::ui
