// A run's weights and settings, ready to answer.
#pragma once
#include "engine/experiment/run_record.h"
#include "engine/training/trainer.h"
#include <memory>

namespace duet {

class LoadedModel {
public:
  /// `source`: other images than the run's own; "" for its own. Tells on stderr what is remarkable about the
  /// test images. Throws Error.
  explicit LoadedModel(const RunRecord &record, const std::string &source = "");
  Trainer &trainer() { return *trainer_; }
  const Workers &workers() const { return workers_; }
  const Dataset &dataset() const { return *dataset_; }

private:
  Workers workers_;
  std::shared_ptr<const Dataset> dataset_;
  std::unique_ptr<Trainer> trainer_;
};

} // namespace duet
