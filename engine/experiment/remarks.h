// What an experiment and its images allow but hardly mean. Said, never refused.
#pragma once
#include "engine/base/error.h"
#include "engine/data/dataset.h"
#include "engine/experiment/experiment.h"
#include <vector>

namespace duet {

/// Noise that does nothing.
std::vector<Problem> remarks(const Experiment &experiment);

/// What is looked at: training begins with both, an evaluation has only test images.
enum class Purpose { training, evaluation };

/// These and what shows once the images are there: labels left out, limits above what there is, classes
/// without an image, batches larger than the training set, shifts that move images out of sight.
std::vector<Problem> remarks(const Experiment &experiment, const Dataset &dataset,
                             Purpose purpose = Purpose::training);

} // namespace duet
