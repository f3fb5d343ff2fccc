#include "app/cli/step_tables.h"
#include "app/cli/arguments.h"
#include "engine/base/number_text.h"
#include <algorithm>

namespace duet {
namespace {

constexpr const char *option = "--explain-step";

/// One line: the first cell on the left, the others on the right of their columns.
std::string row(std::size_t name_width, const std::vector<std::string> &cells) {
  constexpr std::size_t width = 12;
  std::string text = cells[0] + std::string(name_width - cells[0].size(), ' ');
  for (std::size_t i = 1; i < cells.size(); ++i)
    text += std::string(width - std::min(width, cells[i].size()), ' ') + cells[i];
  return text + "\n";
}

std::string cell(const std::optional<double> &value) { return value ? significant(*value, 4) : "frozen"; }

} // namespace

std::string step_table(const ExplainedStep &step) {
  const double norm = step.gradient_norm();
  std::string text = "step " + grouped(static_cast<double>(step.step)) + " (epoch " +
                     std::to_string(step.epoch) + ", " + counted(step.images, "image") + "): loss " +
                     significant(step.loss, 6) + ", learning rate " + significant(step.learning_rate, 4) +
                     ", gradient norm " + significant(norm, 4);
  if (step.clip_norm > 0 && norm > step.clip_norm)
    text += ", clipped to " + significant(step.clip_norm, 4);
  text += "\n";
  std::size_t width = 0;
  for (const TensorStep &tensor : step.tensors)
    width = std::max(width, tensor.name.size());
  text += row(width, {"tensor", "gradient", "zero share", "weights", "update"});
  for (const TensorStep &tensor : step.tensors)
    text += row(width, {tensor.name, cell(tensor.gradient_norm), cell(tensor.zero_gradients),
                        cell(tensor.weight_norm), cell(tensor.update_norm)});
  return text;
}

StepTables::StepTables(const std::vector<std::string> &numbers) {
  for (const std::string &number : numbers)
    if (const std::uint64_t step = count_argument(option, number); step > 0)
      steps_.insert(step);
    else
      throw Error(ExitCode::usage, std::string(option) + " is 0; the first step is 1.");
}

void StepTables::require_within(std::uint64_t first, std::uint64_t last) const {
  for (const std::uint64_t step : steps_)
    if (step < first || step > last)
      throw Error(ExitCode::usage,
                  std::string(option) + " is " + std::to_string(step) + "; " +
                      (first > last ? std::string("no step is to come in this run.")
                                    : "allowed: " + std::to_string(first) + " to " + std::to_string(last) +
                                          ", the steps that are to come."));
}

std::string StepTables::missed(std::uint64_t reached) const {
  std::vector<std::string> later;
  for (auto step = steps_.upper_bound(reached); step != steps_.end(); ++step)
    later.push_back(std::to_string(*step));
  if (later.empty())
    return {};
  return (later.size() == 1 ? "Step " : "Steps ") + listed(later) + (later.size() == 1 ? " was" : " were") +
         " not reached, so there is nothing to explain.";
}

} // namespace duet
