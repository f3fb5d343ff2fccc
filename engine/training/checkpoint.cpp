// The Trainer's state as named tensors and text: weights alone, or all that is needed to go on.
#include "engine/base/words.h"
#include "engine/training/numbers.h"
#include "engine/training/trainer_state.h"

namespace duet {
namespace {

constexpr const char *first_suffix = ".first_moment", *second_suffix = ".second_moment";

const std::string &entry(const TensorFile &file, const char *key) {
  const auto found = file.metadata.find(key);
  if (found == file.metadata.end())
    throw Error(ExitCode::data, std::string("The file is not a checkpoint: it has no entry '") + key + "'.");
  return found->second;
}

/// Second moments are means of squares; the optimiser takes their root.
void require_squares(const TensorFile &file) {
  for (const auto &[name, tensor] : file.tensors)
    if (name.ends_with(second_suffix))
      for (std::size_t i = 0; i < tensor.values.size(); ++i)
        if (tensor.values[i] < 0)
          throw Error(ExitCode::data, "The checkpoint's tensor '" + name + "' is below 0 at " +
                                          place_in(tensor, i) +
                                          ", which no mean of squares can be: the file is damaged.");
}

} // namespace

TensorFile Trainer::weights() const {
  TensorFile file;
  export_tensors(state_->network.layout(), state_->network.weights(), "", file);
  return file;
}

void Trainer::set_weights(const TensorFile &weights) {
  import_tensors(state_->network.layout(), weights, "", state_->network.weights());
  state_->network.refresh();
  state_->circuit_changed = true;
  state_->remember_good();
}

std::string Trainer::signature() const { return signature_of(weights()); }

TensorFile Trainer::checkpoint() const {
  const State &s = *state_;
  TensorFile file = weights();
  export_tensors(s.network.layout(), s.now.moments.first, first_suffix, file);
  export_tensors(s.network.layout(), s.now.moments.second, second_suffix, file);
  const Position &p = s.now.position;
  file.metadata["position"] = (NumberWriter() << p.epoch << p.offset << p.step << p.images_seen
                                              << p.updates_spiking << p.updates_quantum)
                                  .text();
  file.metadata["run"] = (NumberWriter() << s.plan.seed << s.order.size()).text();
  s.history.save(file.metadata);
  return file;
}

void Trainer::restore(const TensorFile &checkpoint) {
  State &s = *state_;
  std::uint64_t seed = 0, images = 0;
  NumberReader run(entry(checkpoint, "run"));
  run >> seed >> images;
  if (!run.ok() || seed != s.plan.seed || images != s.order.size())
    throw Error(ExitCode::usage, "The checkpoint belongs to another experiment (seed " +
                                     std::to_string(seed) + ", " + counted(images, "training image") +
                                     "; this one has seed " + std::to_string(s.plan.seed) + " and " +
                                     std::to_string(s.order.size()) + ").");
  Position p;
  NumberReader position(entry(checkpoint, "position"));
  position >> p.epoch >> p.offset >> p.step >> p.images_seen >> p.updates_spiking >> p.updates_quantum;
  if (!position.ok() || p.epoch < 0 || p.offset > s.order.size())
    throw Error(ExitCode::data, "The checkpoint's position is damaged.");
  ParameterArray weights = s.network.weights();
  Moments moments = s.now.moments;
  import_tensors(s.network.layout(), checkpoint, "", weights);
  import_tensors(s.network.layout(), checkpoint, first_suffix, moments.first);
  import_tensors(s.network.layout(), checkpoint, second_suffix, moments.second);
  require_squares(checkpoint);
  History history;
  history.load(checkpoint.metadata); // nothing up to here has changed anything
  std::copy(weights.begin(), weights.end(), s.network.weights().begin());
  s.network.refresh();
  s.now.moments = std::move(moments);
  s.now.position = p;
  s.history = std::move(history);
  s.answers.reset();
  s.circuit_changed = true;
  s.remember_good();
}

} // namespace duet
