// What an experiment says about how the branches are put together. Contract section 1.
#pragma once
#include "engine/circuit/settings.h"
#include "engine/spiking/settings.h"
#include <cstdint>

namespace duet {

enum class ModelKind { parallel, spiking, serial };

struct ModelSettings {
  ModelKind kind = ModelKind::parallel;
  double fusion_ratio = 0.6; ///< logits = (1 - r) * spiking + r * quantum
  bool operator==(const ModelSettings &) const = default;
};

/// Everything that defines a model's shape and equations.
struct Architecture {
  ModelSettings model;
  SpikingSettings spiking;
  QuantumSettings quantum;
  int pixels = 784; ///< d, from the IDX header
  bool operator==(const Architecture &) const = default;
};

inline constexpr int class_count = 10; ///< logits, whatever classes are kept

} // namespace duet
