// What an experiment says about training. engine/MODEL.md 1.3.
#pragma once
#include "engine/kernels/kinds.h"

namespace duet {

enum class Schedule { constant, cosine, step };

struct TrainingSettings {
  int epochs = 10;
  int batch = 32;
  Optimizer optimizer = Optimizer::adam;
  double learning_rate = 0.001;
  double momentum = 0;
  double weight_decay = 0.01;
  Schedule schedule = Schedule::constant;
  int step_epochs = 10;
  double step_factor = 0.1;
  double clip_norm = 0;
  bool train_spiking = true;
  bool train_quantum = true;
  int threads = 0; ///< 0 = all cores; never changes a bit of the result
  bool operator==(const TrainingSettings &) const = default;
};

} // namespace duet
