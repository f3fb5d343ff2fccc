// Learning-rate schedules and the constants of one optimiser step. engine/MODEL.md 1.3.
#pragma once
#include "engine/kernels/dense.h"
#include "engine/training/settings.h"
#include <cstdint>

namespace duet {

/// Where training stands.
struct Position {
  int epoch = 0;            ///< whole epochs done
  std::uint64_t offset = 0; ///< images of the current epoch done
  std::uint64_t step = 0;   ///< optimiser steps of the run done
  std::uint64_t images_seen = 0;
  std::uint64_t updates_spiking = 0, updates_quantum = 0; ///< steps each branch has been trained for
};

std::uint64_t steps_per_epoch(const TrainingSettings &settings, std::uint64_t images);

/// Of the step that comes next: constant; cosine to 0 over all steps of the run; step_factor per step_epochs.
double scheduled_rate(const TrainingSettings &settings, const Position &position, std::uint64_t images);

/// updates: steps of this branch before this one. scale: of the gradient (clipping).
OptimizerConstants optimizer_constants(const TrainingSettings &settings, double learning_rate,
                                       std::uint64_t updates, double scale);

} // namespace duet
