#include "engine/session/supplies.h"

namespace duet {
namespace {

constexpr std::size_t datasets_kept = 3;

/// What of the data settings a loaded set depends on.
DataSettings loading_part(DataSettings settings) {
  settings.noise = {};
  settings.augment = {};
  return settings;
}

} // namespace

std::unique_ptr<TrainingRun> Supplies::begin(const Experiment &experiment) {
  return std::make_unique<TrainingRun>(experiment, images(experiment.data, experiment.seed),
                                       workers(experiment));
}

std::unique_ptr<TrainingRun> Supplies::resume(const RunRecord &record) {
  const Experiment experiment = current_experiment(record);
  return std::make_unique<TrainingRun>(record, images(experiment.data, experiment.seed), workers(experiment));
}

std::shared_ptr<const Dataset> Supplies::images(const DataSettings &settings, std::uint64_t seed) {
  const DataSettings wanted = loading_part(settings);
  for (const CachedDataset &cached : datasets_)
    if (cached.settings == wanted &&
        (cached.seed == seed || wanted.validation == 0)) // the seed draws the validation split
      return cached.dataset;
  auto dataset = std::make_shared<const Dataset>(load_dataset(settings, seed));
  datasets_.push_back({wanted, seed, dataset});
  if (datasets_.size() > datasets_kept)
    datasets_.pop_front();
  return dataset;
}

std::shared_ptr<const Workers> Supplies::workers(const Experiment &experiment) {
  const int threads = experiment.training.threads;
  if (!workers_ || threads != threads_)
    workers_ = std::make_shared<const Workers>(threads, background_);
  threads_ = threads;
  return workers_;
}

} // namespace duet
