#include "ui/panels/gate_inspector.h"
#include "engine/base/error.h"
#include "engine/circuit/gates.h"
#include "engine/model/build_circuit.h"
#include "ui/theme/theme.h"
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace duet::ui {
namespace {

constexpr std::size_t most_samples = 600;
constexpr double title_height = 20, history_height = 78, row_height = 19;

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

GateInspector::GateInspector(QWidget *parent) : QWidget(parent) {
  setObjectName(QStringLiteral("gateInspector"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
  painter_.setCircuit(build_circuit(settings_));
  hide();
}

void GateInspector::remember(const SessionView &view) {
  if (view.run_id != run_ || (!history_.empty() && history_.back().values.size() != weights_->value.size())) {
    run_ = view.run_id;
    history_.clear();
    stride_ = 1;
  }
  if (++skipped_ < stride_)
    return;
  skipped_ = 0;
  const Snapshot &training = view.training;
  history_.push_back({static_cast<double>(training.step) /
                          static_cast<double>(std::max<std::uint64_t>(1, training.steps_per_epoch)),
                      weights_->value});
  if (history_.size() <= most_samples)
    return;
  for (std::size_t i = 0; 2 * i < history_.size(); ++i)
    history_[i] = std::move(history_[2 * i]);
  history_.resize((history_.size() + 1) / 2);
  stride_ *= 2;
}

void GateInspector::setView(const std::shared_ptr<const SessionView> &view) {
  if (!view)
    return;
  if (view->experiment.quantum != settings_ && view->dataset) {
    settings_ = view->experiment.quantum;
    try {
      painter_.setCircuit(build_circuit(settings_));
    } catch (const Error &) {
      painter_.setCircuit({});
    }
    setGate(std::nullopt);
  }
  if (view->training.circuit_weights == weights_ && view->training.inspection == inspection_)
    return;
  const bool moved = view->training.circuit_weights != weights_;
  weights_ = view->training.circuit_weights;
  inspection_ = view->training.inspection;
  painter_.setWeights(weights_ ? weights_->value : std::vector<float>(),
                      weights_ ? weights_->gradient : std::vector<float>());
  painter_.setInspection(inspection_ ? inspection_->expectation_z : std::vector<double>(),
                         inspection_ ? inspection_->angles : std::vector<float>());
  if (moved && weights_)
    remember(*view);
  if (isVisible())
    update();
}

void GateInspector::setGate(std::optional<int> operation) {
  const auto count = static_cast<int>(painter_.circuit().operations.size());
  gate_ = operation && *operation >= 0 && *operation < count ? operation : std::nullopt;
  setVisible(gate_.has_value());
  if (gate_) {
    setAccessibleName(painter_.gateTitle(*gate_));
    setToolTip(painter_.toolTip(*gate_));
  }
  update();
}

void GateInspector::paintHistory(QPainter &painter, const QRectF &box, int weight) const {
  const Palette &palette = theme().palette();
  draw_card(painter, box, palette.field, palette.field, 0, field_radius);
  const auto index = static_cast<std::size_t>(weight);
  if (history_.size() < 2 || index >= history_.back().values.size()) {
    draw_empty(painter, box, tr("Its curve begins when training does."), palette);
    return;
  }
  double low = history_.front().values[index], high = low;
  for (const Sample &sample : history_) {
    low = std::min<double>(low, sample.values[index]);
    high = std::max<double>(high, sample.values[index]);
  }
  const double span = std::max(high - low, 1e-3), first = history_.front().epoch;
  low = (low + high - span) / 2; // a weight that stands still is a line in the middle
  const double length = std::max(history_.back().epoch - first, 1e-9);
  const QRectF area = box.adjusted(6, 8, -6, -8);
  QPainterPath path;
  for (const Sample &sample : history_) {
    const QPointF point(area.left() + area.width() * (sample.epoch - first) / length,
                        area.bottom() - area.height() * (sample.values[index] - low) / span);
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
  QPainter painter(this);
  QFont heading = ui::font(11, QFont::DemiBold);
  painter.setFont(heading);
  painter.setPen(palette.quantum_ink);
  painter.drawText(QRectF(0, 0, width(), title_height), Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF(heading).elidedText(painter_.gateTitle(*gate_), Qt::ElideRight, width()));
  double y = title_height + 2;
  QList<std::pair<QString, QString>> rows;
  if (const auto weight = weight_of(operation)) {
    const auto index = static_cast<std::size_t>(weight->index);
    paintHistory(painter, QRectF(0, y, width(), history_height), weight->index);
    y += history_height + 6;
    if (weights_ && index < weights_->value.size()) {
      rows.append({tr("weight w%1").arg(weight->index), QString::number(weights_->value[index], 'f', 3)});
      rows.append({tr("angle"), radians(weight->scale * weights_->value[index] + weight->offset)});
      if (index < weights_->gradient.size())
        rows.append({tr("gradient, this batch"), QString::number(weights_->gradient[index], 'e', 1)});
    }
  }
  for (int i = 0; i < facts(operation.gate).parameters; ++i) {
    const Angle &angle = operation.angles[static_cast<std::size_t>(i)];
    if (angle.source == Angle::Source::feature && inspection_ &&
        static_cast<std::size_t>(angle.index) < inspection_->angles.size())
      rows.append(
          {tr("angle x%1 of this image").arg(angle.index),
           radians(angle.scale * inspection_->angles[static_cast<std::size_t>(angle.index)] + angle.offset)});
    else if (angle.source == Angle::Source::constant)
      rows.append({tr("fixed angle"), radians(angle.offset)});
  }
  if (rows.isEmpty())
    rows.append({tr("fixed: there is nothing to train in this gate"), QString()});
  painter.setFont(ui::font(12));
  for (const auto &[name, value] : rows) {
    painter.setPen(palette.text);
    painter.drawText(QRectF(0, y, width(), row_height), Qt::AlignLeft | Qt::AlignVCenter, name);
    draw_tabular(painter, QRectF(0, y, width(), row_height), Qt::AlignRight | Qt::AlignVCenter, value);
    y += row_height;
  }
}

} // namespace duet::ui
