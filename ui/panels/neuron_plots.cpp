#include "ui/panels/neuron_plots.h"
#include "ui/panels/neuron_response.h"
#include "ui/theme/theme.h"
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double plot_height = 74;
constexpr int shown_steps = 36;

void draw_frame(QPainter &painter, const QRectF &box, const QString &caption, const Palette &palette) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette.field);
  painter.drawRoundedRect(box, field_radius, field_radius);
  painter.setPen(palette.soft);
  painter.setFont(font(10));
  painter.drawText(QRectF(box.left(), box.bottom() + 3, box.width(), 15), Qt::AlignCenter, caption);
}

void draw_response(QPainter &painter, const QRectF &box, const SpikingSettings &settings,
                   const Palette &palette) {
  const NeuronResponse response = neuron_response(settings, telling_input(settings), shown_steps);
  const double threshold = settings.neuron.kind == NeuronKind::rate ? 1.0 : settings.neuron.threshold;
  double low = std::min(0.0, threshold), high = threshold;
  for (std::size_t i = 0; i < response.membrane.size(); ++i) {
    low = std::min({low, response.membrane[i], response.after[i]});
    high = std::max(high, response.membrane[i]);
  }
  const double span = std::max(1e-9, high - low);
  const QRectF area = box.adjusted(5, 9, -5, -7);
  const auto x = [&](double step) { return area.left() + area.width() * step / shown_steps; };
  const auto y = [&](double v) { return area.bottom() - area.height() * (v - low) / span; };
  painter.setPen(QPen(palette.soft, 1, Qt::DashLine));
  painter.drawLine(QPointF(area.left(), y(threshold)), QPointF(area.right(), y(threshold)));
  QPainterPath path(QPointF(
      x(0), y(response.after.empty()
                  ? 0
                  : std::min(response.membrane[0],
                             settings.neuron.kind == NeuronKind::lif ? settings.neuron.v_rest : 0.0))));
  for (int step = 0; step < shown_steps; ++step) {
    const auto i = static_cast<std::size_t>(step);
    path.lineTo(x(step + 1), y(response.membrane[i]));
    if (response.after[i] != response.membrane[i])
      path.lineTo(x(step + 1), y(response.after[i]));
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(palette.spiking, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(path);
}

void draw_surrogate(QPainter &painter, const QRectF &box, const SpikingSettings &settings,
                    const Palette &palette) {
  const NeuronSettings &neuron = settings.neuron;
  const QRectF area = box.adjusted(5, 9, -5, -7);
  const bool rate = neuron.kind == NeuronKind::rate;
  const double half = 0.5; // d from -0.5 to 0.5
  const auto value = [&](double d) { return rate ? (d > 0 ? 1.0 : 0.0) : surrogate_gradient(neuron, d); };
  const double high = std::max({value(0), value(half), 1e-9});
  QPainterPath path;
  const int pixels = static_cast<int>(area.width());
  for (int i = 0; i <= pixels; ++i) {
    const double d = -half + 2 * half * i / pixels;
    const QPointF point(area.left() + i, area.bottom() - area.height() * value(d) / high);
    if (i == 0)
      path.moveTo(point);
    else
      path.lineTo(point);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(palette.spiking, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(path);
}

} // namespace

NeuronPlots::NeuronPlots(QWidget *parent) : QWidget(parent) {
  setObjectName(QStringLiteral("neuronPlots"));
  setAccessibleName(tr("Answer to a current, and surrogate gradient"));
  setFixedHeight(94);
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
  setSettings(settings_);
}

void NeuronPlots::setSettings(const SpikingSettings &settings) {
  if (settings == settings_ && !toolTip().isEmpty())
    return;
  settings_ = settings;
  const QString input = QString::number(telling_input(settings), 'g', 3);
  setToolTip(
      tr("<qt>Left: the membrane of one neuron with these settings over %1 steps, fed a constant input of "
         "%2; "
         "the dashed line is the threshold.<br>Right: the surrogate gradient from 0.5 below to 0.5 above "
         "threshold, scaled to its peak.</qt>")
          .arg(shown_steps)
          .arg(input));
  update();
}

void NeuronPlots::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Palette &palette = theme().palette();
  const double width_each = (width() - 6) / 2.0;
  const QRectF left(0, 1, width_each, plot_height), right(width_each + 6, 1, width_each, plot_height);
  const bool rate = settings_.neuron.kind == NeuronKind::rate;
  draw_frame(painter, left, tr("answer to a current"), palette);
  draw_frame(painter, right, rate ? tr("gradient of the rate") : tr("surrogate gradient"), palette);
  draw_response(painter, left, settings_, palette);
  draw_surrogate(painter, right, settings_, palette);
}

} // namespace duet::ui
