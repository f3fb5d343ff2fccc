// The rows of a raster: every recorded neuron of one image, branch by branch, layer by layer.
#pragma once
#include "engine/model/inspection.h"
#include "ui/spikes/neuron.h"
#include "ui/words/voices.h"
#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace duet::ui {

/// One layer's rows.
struct SpikeBand {
  Stack stack = Stack::spiking;
  int layer = 0;
  int first_row = 0, rows = 0;
  int most = 1; ///< the largest count in one step
  const LayerRecord *record = nullptr;
  Voice voice = Voice::neutral;
  QString key; ///< of the branch, in tables
};

/// Keeps the inspection alive.
class SpikeRows {
public:
  SpikeRows() = default;
  explicit SpikeRows(std::shared_ptr<const Inspection> inspection, const Voices &voices = Voices());
  const std::vector<SpikeBand> &bands() const { return bands_; }
  int rows() const { return rows_; }
  int steps() const { return steps_; }
  bool empty() const { return rows_ == 0 || steps_ == 0; }
  const SpikeBand *band_at(int row) const;
  std::optional<NeuronId> neuron_at(int row) const;
  std::optional<int> row_of(const NeuronId &neuron) const;
  const LayerRecord *record_of(const NeuronId &neuron) const; ///< null if there is no such neuron
  int count(int row, int step) const;
  int total(int row) const;
  long long total() const; ///< spikes of all rows
  /// The neuron with most spikes in the first layer; the lower index wins.
  std::optional<NeuronId> busiest() const;

private:
  std::shared_ptr<const Inspection> inspection_;
  std::vector<SpikeBand> bands_;
  int rows_ = 0, steps_ = 0;
};

/// "neuron 17 of the spiking branch, layer 1"
QString neuron_name(const NeuronId &neuron, const Voices &voices);

} // namespace duet::ui
