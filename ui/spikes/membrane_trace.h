// One neuron's membrane over time and the scale it is shown on, apart from painting.
#pragma once
#include "engine/spiking/settings.h"
#include "ui/plots/axis_ticks.h"
#include "ui/spikes/spike_rows.h"

namespace duet::ui {

struct MembraneTrace {
  std::vector<double> membrane; ///< [step], after input, before reset
  std::vector<double> after;    ///< [step], after reset
  std::vector<int> spikes;      ///< [step]
  double lowest() const;
  double highest() const;
};

/// Empty for a neuron that is not there.
MembraneTrace membrane_trace(const SpikeRows &rows, const NeuronId &neuron);

/// The values a chart reaches from and to. It stays until a person changes it.
struct MembraneScale {
  double low = 0, high = 1;
  bool operator==(const MembraneScale &) const = default;
};
/// Holds the trace, rest, reset and threshold, with room to move.
MembraneScale fitted_scale(const MembraneTrace &trace, const NeuronSettings &settings);
/// Round numbers on it, about one every 30 pixels.
AxisTicks scale_ticks(const MembraneScale &scale, double height);
/// "beyond the scale: up to 3.42"; empty while the whole trace is seen.
QString beyond_text(const MembraneTrace &trace, const AxisTicks &ticks);

/// step,time_ms,membrane,spikes
QString membrane_csv(const MembraneTrace &trace, double dt_ms);

} // namespace duet::ui
