#include "engine/training/explained_step.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

double square(double x) { return x * x; }

double norm(const std::vector<float> &values) {
  double squares = 0;
  for (const float v : values)
    squares += square(static_cast<double>(v));
  return std::sqrt(squares);
}

double distance(const std::vector<float> &a, const std::vector<float> &b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    squares += square(static_cast<double>(a[i]) - static_cast<double>(b[i]));
  return std::sqrt(squares);
}

double share_of_zeros(const std::vector<float> &values) {
  return static_cast<double>(std::ranges::count(values, 0.0f)) / static_cast<double>(values.size());
}

} // namespace

double ExplainedStep::gradient_norm() const {
  double squares = 0;
  for (const TensorStep &tensor : tensors)
    squares += square(tensor.gradient_norm.value_or(0));
  return std::sqrt(squares);
}

std::vector<TensorStep> tensor_steps(const TensorFile &before, const TensorFile &gradients,
                                     const TensorFile &after) {
  std::vector<TensorStep> steps;
  for (const auto &[name, old] : before.tensors) {
    const std::vector<float> &now = after.tensors.at(name).values;
    TensorStep step{name, {}, {}, norm(now), distance(now, old.values)};
    if (const auto gradient = gradients.tensors.find(name); gradient != gradients.tensors.end()) {
      step.gradient_norm = norm(gradient->second.values);
      step.zero_gradients = share_of_zeros(gradient->second.values);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

} // namespace duet
