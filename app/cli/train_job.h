// What `duet-cli train` is asked to do: a new run, one to go on with, or one to repeat.
#pragma once
#include "app/cli/step_tables.h"
#include "engine/experiment/run_folder.h"
#include "engine/session/training_run.h"
#include <limits>

namespace duet {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

struct TrainOptions {
  std::string target;
  std::vector<std::string> settings, explained;
  std::string epochs, steps, out, replay;
  bool resume = false, json = false;
};

/// What was asked for, with all that is needed to begin.
struct Job {
  std::unique_ptr<TrainingRun> run;
  std::unique_ptr<RunFolder> folder;   ///< none for a finished run, which stays as it is
  std::vector<LoggedChange> replay;    ///< live changes to repeat, in order
  std::size_t repeated = 0;            ///< of `replay`
  std::uint64_t last_step = unlimited; ///< of this invocation
  std::optional<int> last_epoch;       ///< where a replayed run ended
  StepTables tables;
};

/// All that is needed to begin; a new run's folder holds it with its first weights. Throws Error.
Job make_job(const TrainOptions &options);
/// With the changes of a replay that are still to come.
RunRecord record_of(const Job &job);

} // namespace duet
