// One optimiser step as somebody who looks for a fault wants to see it, tensor by tensor.
#pragma once
#include "engine/io/tensors.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace duet {

/// Norms are Euclidean, over all values of the tensor.
struct TensorStep {
  std::string name; ///< as in model.safetensors
  /// Of the batch's mean loss, before clipping; none where the branch is frozen.
  std::optional<double> gradient_norm;
  std::optional<double> zero_gradients; ///< share of its values that are exactly 0; none likewise
  double weight_norm = 0;               ///< after the step
  double update_norm = 0;               ///< of what the step added to the weights
};

struct ExplainedStep {
  std::uint64_t step = 0; ///< of the run, from 1
  int epoch = 0;          ///< from 1
  std::size_t images = 0; ///< in the batch
  double loss = 0;        ///< mean over the batch, by the weights before the update
  double learning_rate = 0;
  double clip_norm = 0;            ///< a longer gradient was shortened to this; 0: none was
  std::vector<TensorStep> tensors; ///< in the order of their names
  double gradient_norm() const;    ///< over all that is trained, before clipping
};

/// The tensors' figures: weights before and after the step, and the gradients of those that are trained.
std::vector<TensorStep> tensor_steps(const TensorFile &before, const TensorFile &gradients,
                                     const TensorFile &after);

} // namespace duet
