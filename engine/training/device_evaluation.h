// A trained network's answers when its circuit runs on a device. engine/MODEL.md 6.
#pragma once
#include "engine/simulator/device.h"
#include "engine/training/trainer.h"

namespace duet {

/// Like Trainer::evaluate_test with the trainer's present weights, but what reaches the read-out is what the
/// device gives. An image's draws are keyed by the run's seed and its index in its file. For a network with a
/// circuit. Throws Overflow.
Evaluation evaluate_on_device(const Trainer &trainer, const Workers &workers, const Device &device,
                              double ratio, const NoiseSettings &noise, TestAnswers *answers = nullptr,
                              std::stop_token stop = {});

} // namespace duet
