// Experiments that train within a moment.
#pragma once
#include "engine/experiment/experiment.h"

namespace duet {

/// Three epochs of seven batches.
inline Experiment small(int threads = 2) {
  Experiment e;
  e.data.train_limit = 200;
  e.data.test_limit = 60;
  e.spiking.hidden = {24};
  e.spiking.steps = 5;
  e.training.epochs = 3;
  e.training.threads = threads;
  return e;
}

/// Two batches an epoch, on one thread.
inline Experiment tiny() {
  Experiment e = small(1);
  e.data.train_limit = 64;
  e.data.test_limit = 20;
  e.spiking.hidden = {8};
  e.spiking.steps = 3;
  return e;
}

} // namespace duet
