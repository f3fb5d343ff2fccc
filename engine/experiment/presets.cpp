#include "engine/experiment/presets.h"
#include <algorithm>

namespace duet {

std::span<const Preset> presets() {
  static const std::vector<Preset> all = {
      {"ppf",
       "Parallel proportional fusion: a spiking network and a quantum circuit learn side by side, mixed at "
       "the default ratio.",
       {}},
      {"spiking-only",
       "The spiking branch alone, the first baseline: shows what the circuit adds.",
       {"model.kind=spiking"}},
      {"serial",
       "A spiking encoder, then the circuit, in series, the second baseline: shows how narrow five qubits "
       "are.",
       {"model.kind=serial"}},
      {"classical-twin",
       "The same fusion with the circuit replaced by plain tanh values: shows whether the circuit itself "
       "matters.",
       {"quantum.ansatz=none"}},
      {"paper",
       "The model of the published notebooks, rate neurons and a projection layer, with both branches "
       "trained.",
       {"spiking.neuron.kind=rate", "quantum.projection=[128]"}},
      {"paper-as-published",
       "The published notebook as it runs: its second optimiser overwrites the first, so the spiking branch "
       "is never trained.",
       {"spiking.neuron.kind=rate", "quantum.projection=[128]", "training.train_spiking=false"}},
      {"poisson",
       "Fusion on random Poisson spike trains instead of constant input: shows learning from noisy, sparse "
       "spikes.",
       {"spiking.encoder=poisson"}},
      {"fashion",
       "Fusion on pictures of clothing (Fashion-MNIST): shows the same model on a harder set.",
       {"data.source=fashion-mnist"}},
  };
  return all;
}

const Preset *find_preset(const std::string &name) {
  const auto all = presets();
  const auto found = std::ranges::find(all, name, &Preset::name);
  return found == all.end() ? nullptr : &*found;
}

Draft draft_of(const Preset &preset) {
  Draft draft;
  for (const std::string &setting : preset.settings)
    draft.give_text(setting);
  return draft;
}

} // namespace duet
