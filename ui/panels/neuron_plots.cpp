#include "ui/panels/neuron_plots.h"
#include "engine/spiking/neuron_kinds.h"
#include "engine/spiking/one_neuron.h"
#include "ui/theme/theme.h"
#include <QPainter>
#include <QPainterPath>
#include <QTextDocumentFragment>
#include <algorithm>
#include <cmath>

namespace duet::ui {
namespace {

constexpr double plot_height = 74;
constexpr int shown_steps = 36, shown_spikes = 5;

void draw_frame(QPainter &painter, const QRectF &box, const QString &caption, const Palette &palette) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette.field);
  painter.drawRoundedRect(box, field_radius, field_radius);
  painter.setPen(palette.soft);
  painter.setFont(font(10));
  painter.drawText(QRectF(box.left(), box.bottom() + 3, box.width(), 15), Qt::AlignCenter, caption);
}

/// A current that makes the neuron tell what it does.
double shown_input(const SpikingSettings &settings) {
  return input_for_spikes(settings, shown_spikes, shown_steps);
}

void draw_response(QPainter &painter, const QRectF &box, const SpikingSettings &settings,
                   const Palette &palette) {
  const NeuronAnswer response = answer_to(settings, shown_input(settings), shown_steps);
  const double threshold = crossing(settings.neuron);
  double low = std::min({0.0, threshold, response.start}), high = threshold;
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
  QPainterPath path(QPointF(x(0), y(response.start)));
  for (int step = 0; step < shown_steps; ++step) {
    const auto i = static_cast<std::size_t>(step);
    path.lineTo(x(step + 1), y(response.membrane[i]));
    if (response.after[i] != response.membrane[i])
      path.lineTo(x(step + 1), y(response.after[i]));
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(palette.stroke(Voice::spiking), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(path);
}

void draw_surrogate(QPainter &painter, const QRectF &box, const SpikingSettings &settings,
                    const Palette &palette) {
  const QRectF area = box.adjusted(5, 9, -5, -7);
  const float half = 0.5f; // from 0.5 below to 0.5 above
  const int pixels = std::max(1, static_cast<int>(area.width()));
  std::vector<float> distance;
  for (int i = 0; i <= pixels; ++i)
    distance.push_back(-half + 2 * half * static_cast<float>(i) / static_cast<float>(pixels));
  const std::vector<double> slope = spike_derivative(settings.neuron, distance);
  const double high = std::max(*std::max_element(slope.begin(), slope.end()), 1e-9);
  QPainterPath path;
  for (int i = 0; i <= pixels; ++i) {
    const QPointF point(area.left() + i,
                        area.bottom() - area.height() * slope[static_cast<std::size_t>(i)] / high);
    if (i == 0)
      path.moveTo(point);
    else
      path.lineTo(point);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(palette.stroke(Voice::spiking), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(path);
}

} // namespace

NeuronPlots::NeuronPlots(QWidget *parent) : UnitWidget(parent) {
  setObjectName(QStringLiteral("neuronPlots"));
  setAccessibleName(tr("Answer to a current, and surrogate gradient"));
  follow_text_size(this, [this] { setFixedHeight(px(94)); });
  connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
  setSettings(settings_);
}

void NeuronPlots::setSettings(const SpikingSettings &settings) {
  if (settings == settings_ && !toolTip().isEmpty())
    return;
  settings_ = settings;
  const QString input = QString::number(shown_input(settings), 'g', 3);
  setToolTip(
      tr("<qt>Left: the membrane of one neuron with these settings over %1 steps, fed a constant input of "
         "%2; "
         "the dashed line is the threshold.<br>Right: the surrogate gradient from 0.5 below to 0.5 above "
         "threshold, scaled to its peak.</qt>")
          .arg(shown_steps)
          .arg(input));
  update();
}

QString NeuronPlots::spokenText() const { return QTextDocumentFragment::fromHtml(toolTip()).toPlainText(); }

void NeuronPlots::paintEvent(QPaintEvent *) {
  UnitPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Palette &palette = theme().palette();
  const double width_each = (unitWidth() - 6) / 2.0;
  const QRectF left(0, 1, width_each, plot_height), right(width_each + 6, 1, width_each, plot_height);
  const bool spikes_at_threshold = facts(settings_.neuron.kind).has_threshold;
  draw_frame(painter, left, tr("answer to a current"), palette);
  draw_frame(painter, right, spikes_at_threshold ? tr("surrogate gradient") : tr("gradient of the rate"),
             palette);
  draw_response(painter, left, settings_, palette);
  draw_surrogate(painter, right, settings_, palette);
}

} // namespace duet::ui
