// The settings that may change while training, as text in a checkpoint.
#pragma once
#include "engine/training/trainer.h"
#include <string>

namespace duet {

std::string live_settings_text(const TrainerPlan &plan);
/// Throws Error (exit 3) for a damaged text.
void apply_live_settings(const std::string &text, TrainerPlan &plan);

} // namespace duet
