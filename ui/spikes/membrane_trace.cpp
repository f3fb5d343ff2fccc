#include "ui/spikes/membrane_trace.h"
#include "engine/spiking/one_neuron.h"
#include "ui/words/numbers.h"
#include <QObject>
#include <algorithm>
#include <cmath>

namespace duet::ui {

double MembraneTrace::lowest() const {
  double low = membrane.empty() ? 0.0 : membrane.front();
  for (const auto *values : {&membrane, &after})
    for (const double value : *values)
      low = std::min(low, value);
  return low;
}

double MembraneTrace::highest() const {
  return membrane.empty() ? 0.0 : *std::max_element(membrane.begin(), membrane.end());
}

MembraneTrace membrane_trace(const SpikeRows &rows, const NeuronId &neuron) {
  MembraneTrace trace;
  const LayerRecord *record = rows.record_of(neuron);
  if (!record)
    return trace;
  const auto width = static_cast<std::size_t>(record->neurons),
             place = static_cast<std::size_t>(neuron.neuron);
  for (std::size_t step = 0; step < static_cast<std::size_t>(record->steps); ++step) {
    const std::size_t at = step * width + place;
    if (at < record->membrane.size() && at < record->after.size()) {
      trace.membrane.push_back(static_cast<double>(record->membrane[at]));
      trace.after.push_back(static_cast<double>(record->after[at]));
    }
    trace.spikes.push_back(record->spikes[at]);
  }
  return trace;
}

MembraneScale fitted_scale(const MembraneTrace &trace, const NeuronSettings &settings) {
  const double top = crossing(settings);
  MembraneScale scale{std::min({0.0, settings.v_rest, settings.v_reset, trace.lowest()}),
                      std::max(top, trace.highest())};
  const double room = 0.2 * (scale.high - scale.low); // what training moves is still seen
  scale.high += room;
  if (trace.lowest() < std::min(settings.v_rest, settings.v_reset))
    scale.low -= room;
  return scale;
}

AxisTicks scale_ticks(const MembraneScale &scale, double height) {
  AxisTicks ticks = nice_ticks(scale.low, scale.high, std::clamp(static_cast<int>(height / 30), 2, 6));
  return ticks;
}

QString beyond_text(const MembraneTrace &trace, const AxisTicks &ticks) {
  const auto number = [](double value) { return QString::number(value, 'g', 3); };
  const bool above = trace.highest() > ticks.max, below = trace.lowest() < ticks.min;
  if (above && below)
    return QObject::tr("beyond the scale: %1 to %2").arg(number(trace.lowest()), number(trace.highest()));
  if (above)
    return QObject::tr("beyond the scale: up to %1").arg(number(trace.highest()));
  return below ? QObject::tr("beyond the scale: down to %1").arg(number(trace.lowest())) : QString();
}

QString membrane_csv(const MembraneTrace &trace, double dt_ms) {
  QString csv = QStringLiteral("step,time_ms,membrane,spikes\n");
  for (std::size_t k = 0; k < trace.membrane.size(); ++k)
    csv += QStringLiteral("%1,%2,%3,%4\n")
               .arg(k)
               .arg(number_text(static_cast<double>(k + 1) * dt_ms), number_text(trace.membrane[k]))
               .arg(trace.spikes[k]);
  return csv;
}

} // namespace duet::ui
