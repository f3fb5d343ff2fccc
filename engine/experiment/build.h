// From the experiment to what a Trainer needs.
#pragma once
#include "engine/experiment/experiment.h"
#include "engine/training/trainer.h"

namespace duet {

/// Throws Error (exit 2) with the first problem between settings.
void require_valid(const Experiment &experiment);
/// Checks also what depends on the images' size (rows x cols). Throws Error (exit 2).
TrainerPlan build(const Experiment &experiment, int rows, int cols);

} // namespace duet
