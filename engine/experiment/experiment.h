// The one value that defines a run. engine/MODEL.md 3.
#pragma once
#include "engine/data/settings.h"
#include "engine/model/settings.h"
#include "engine/training/settings.h"
#include <cstdint>

namespace duet {

struct Experiment {
  std::uint64_t seed = 1;
  DataSettings data;
  ModelSettings model;
  SpikingSettings spiking;
  QuantumSettings quantum;
  TrainingSettings training;
  bool operator==(const Experiment &) const = default;
};

} // namespace duet
