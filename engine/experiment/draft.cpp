#include "engine/experiment/draft.h"
#include "engine/spiking/neuron_kinds.h"

namespace duet {

std::optional<Problem> Draft::give(const std::string &path, const Value &value) {
  Experiment scratch;
  if (auto problem = set(scratch, path, value))
    return problem;
  given_[path] = get(scratch, path);
  return std::nullopt;
}

void Draft::give_text(const std::string &assignment, const std::string &option) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error(ExitCode::usage,
                option + " \"" + assignment +
                    "\" has no value; write it as key.path=value, for example training.epochs=5.");
  const std::string path = assignment.substr(0, equals);
  Experiment scratch;
  if (const auto problem = set_text(scratch, path, assignment.substr(equals + 1), Notation::plain))
    throw Error(ExitCode::usage, option + ": " + problem->text);
  given_[path] = get(scratch, path);
}

Experiment Draft::resolve() const {
  Experiment experiment;
  for (const auto &[path, value] : given_)
    set(experiment, path, value);
  if (!given_.contains("spiking.neuron.slope"))
    experiment.spiking.neuron.slope = default_slope(experiment.spiking.neuron.surrogate);
  if (!given_.contains("spiking.dt_ms"))
    experiment.spiking.dt_ms = facts(experiment.spiking.neuron.kind).default_dt_ms;
  return experiment;
}

} // namespace duet
