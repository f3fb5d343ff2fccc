// What runs share: images that were read and the team of threads.
#pragma once
#include "engine/data/dataset.h"
#include "engine/experiment/run_record.h"
#include "engine/session/training_run.h"
#include <deque>
#include <memory>

namespace duet {

/// Keeps the sets read last, so that a new run with other settings begins at once.
class Supplies {
public:
  explicit Supplies(bool background) : background_(background) {}

  /// Throw Error: images that cannot be read, settings that contradict them.
  std::unique_ptr<TrainingRun> begin(const Experiment &experiment);
  std::unique_ptr<TrainingRun> resume(const RunRecord &record);

private:
  struct CachedDataset {
    DataSettings settings;
    std::uint64_t seed = 0;
    std::shared_ptr<const Dataset> dataset;
  };
  std::shared_ptr<const Dataset> images(const DataSettings &settings, std::uint64_t seed);
  std::shared_ptr<const Workers> workers(const Experiment &experiment);

  bool background_;
  std::deque<CachedDataset> datasets_;
  std::shared_ptr<const Workers> workers_;
  int threads_ = 0;
};

} // namespace duet
