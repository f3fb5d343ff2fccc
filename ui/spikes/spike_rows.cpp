#include "ui/spikes/spike_rows.h"
#include <QObject>
#include <algorithm>

namespace duet::ui {

QString neuron_name(const NeuronId &neuron, const Voices &voices) {
  const NamedVoice *voice = voices.find(speaker_of(neuron.stack));
  return QObject::tr("neuron %1 of the %2, layer %3")
      .arg(neuron.neuron)
      .arg(voice ? voice->encoder : QString())
      .arg(neuron.layer + 1);
}

SpikeRows::SpikeRows(std::shared_ptr<const Inspection> inspection, const Voices &voices)
    : inspection_(std::move(inspection)) {
  if (!inspection_)
    return;
  const auto add = [&](Stack stack, const std::optional<StackRecord> &record) {
    if (!record)
      return;
    const NamedVoice *voice = voices.find(speaker_of(stack));
    for (std::size_t k = 0; k < record->layers.size(); ++k) {
      const LayerRecord &layer = record->layers[k];
      const auto cells = static_cast<std::size_t>(layer.neurons) * static_cast<std::size_t>(layer.steps);
      if (layer.neurons <= 0 || layer.spikes.size() < cells)
        continue;
      SpikeBand band{stack,
                     static_cast<int>(k),
                     rows_,
                     layer.neurons,
                     1,
                     &layer,
                     voices.colour(speaker_of(stack)),
                     voice ? voice->key : QString()};
      for (const std::uint16_t spikes : layer.spikes)
        band.most = std::max<int>(band.most, spikes);
      bands_.push_back(band);
      rows_ += layer.neurons;
      steps_ = std::max(steps_, layer.steps);
    }
  };
  add(Stack::spiking, inspection_->spiking);
  add(Stack::encoder, inspection_->encoder);
}

const SpikeBand *SpikeRows::band_at(int row) const {
  if (row < 0 || row >= rows_)
    return nullptr;
  const auto after =
      std::upper_bound(bands_.begin(), bands_.end(), row,
                       [](int value, const SpikeBand &band) { return value < band.first_row; });
  return &*std::prev(after);
}

std::optional<NeuronId> SpikeRows::neuron_at(int row) const {
  const SpikeBand *band = band_at(row);
  if (!band)
    return std::nullopt;
  return NeuronId{band->stack, band->layer, row - band->first_row};
}

std::optional<int> SpikeRows::row_of(const NeuronId &neuron) const {
  for (const SpikeBand &band : bands_)
    if (band.stack == neuron.stack && band.layer == neuron.layer && neuron.neuron >= 0 &&
        neuron.neuron < band.rows)
      return band.first_row + neuron.neuron;
  return std::nullopt;
}

const LayerRecord *SpikeRows::record_of(const NeuronId &neuron) const {
  const std::optional<int> row = row_of(neuron);
  return row ? band_at(*row)->record : nullptr;
}

int SpikeRows::count(int row, int step) const {
  const SpikeBand *band = band_at(row);
  if (!band || step < 0 || step >= band->record->steps)
    return 0;
  return band->record->spikes[static_cast<std::size_t>(step) * static_cast<std::size_t>(band->rows) +
                              static_cast<std::size_t>(row - band->first_row)];
}

int SpikeRows::total(int row) const {
  int sum = 0;
  for (int step = 0; step < steps_; ++step)
    sum += count(row, step);
  return sum;
}

long long SpikeRows::total() const {
  long long sum = 0;
  for (const SpikeBand &band : bands_)
    for (const std::uint16_t spikes : band.record->spikes)
      sum += spikes;
  return sum;
}

std::optional<NeuronId> SpikeRows::busiest() const {
  if (bands_.empty())
    return std::nullopt;
  int best = 0, most = -1;
  for (int row = 0; row < bands_.front().rows; ++row)
    if (const int spikes = total(row); spikes > most) {
      most = spikes;
      best = row;
    }
  return neuron_at(best);
}

} // namespace duet::ui
