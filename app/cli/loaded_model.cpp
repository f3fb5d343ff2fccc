#include "app/cli/loaded_model.h"
#include "app/cli/notes.h"
#include "engine/experiment/build.h"
#include "engine/experiment/remarks.h"

namespace duet {
namespace {

void require_shape(const DataSettings &own, const std::string &source) {
  const ImageShape trained = image_shape(own.source), offered = image_shape(source);
  const auto text = [](const ImageShape &s) {
    return std::to_string(s.rows) + " x " + std::to_string(s.cols);
  };
  if (trained.rows != offered.rows || trained.cols != offered.cols)
    throw Error(ExitCode::usage, "--data " + source + " has images of " + text(offered) +
                                     " pixels; this run was trained on " + text(trained) + ".");
}

} // namespace

LoadedModel::LoadedModel(const RunRecord &record, const std::string &source)
    : workers_(record.start.training.threads) {
  Experiment experiment = current_experiment(record);
  if (!source.empty()) {
    require_shape(experiment.data, source);
    experiment.data.source = source;
  }
  DataSettings data = experiment.data;
  data.train_limit = 1; // only test images are looked at
  data.validation = 0;
  dataset_ = std::make_shared<const Dataset>(load_dataset(data, experiment.seed));
  tell(remarks(experiment, *dataset_, Purpose::evaluation));
  trainer_ = std::make_unique<Trainer>(build(experiment, dataset_->test.rows, dataset_->test.cols), dataset_,
                                       workers_);
  trainer_->set_weights(record.model);
}

} // namespace duet
