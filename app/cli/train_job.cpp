#include "app/cli/train_job.h"
#include "app/cli/arguments.h"
#include "app/cli/notes.h"
#include "engine/experiment/build.h"
#include "engine/experiment/remarks.h"
#include <algorithm>
#include <cstdio>

namespace duet {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<const Workers> make_workers(const Experiment &experiment) {
  return std::make_shared<const Workers>(experiment.training.threads);
}

std::shared_ptr<const Dataset> load(const Experiment &experiment) {
  return std::make_shared<const Dataset>(load_dataset(experiment.data, experiment.seed));
}

void say_if_unguarded(const RunFolder &folder) {
  if (!folder.guards())
    std::fprintf(stderr, "The file system of %s knows no locks: start no second training there.\n",
                 folder.path().c_str());
}

/// Where the job ends, and what of it is told. Refuses, before anything is written, what will not come.
void limit(Job &job, const TrainOptions &options) {
  const std::uint64_t done = job.run->trainer().steps_done();
  const std::uint64_t steps = options.steps.empty() ? unlimited : count_argument("--steps", options.steps);
  if (steps < unlimited - done && done + steps < job.last_step) {
    job.last_step = done + steps;
    job.last_epoch.reset();
  }
  const bool changes = !job.replay.empty(); // perhaps the number of epochs, or the batch
  job.tables = StepTables(options.explained);
  job.tables.require_within(done + 1, changes ? job.last_step
                                              : std::min(job.last_step, job.run->trainer().steps_planned()));
}

/// `job`: with what is known of its end.
Job new_job(Job job, const Experiment &experiment, const TrainOptions &options) {
  const fs::path out = options.out;
  require_valid(experiment);
  if (!out.empty() && holds_run(out))
    RunFolder::make(out, experiment); // says so before any data is read
  job.run = std::make_unique<TrainingRun>(experiment, load(experiment), make_workers(experiment));
  limit(job, options);
  job.folder = std::make_unique<RunFolder>(RunFolder::make(out, experiment));
  say_if_unguarded(*job.folder);
  job.folder->write(job.run->record()); // an unwritable place shows before the work, not after
  tell(remarks(experiment, *job.run->dataset()));
  return job;
}

Job fresh_job(const TrainOptions &options) {
  Draft draft = draft_from(options.target);
  for (const std::string &setting : options.settings)
    give_setting(draft, setting);
  if (!options.epochs.empty())
    draft.give_text("training.epochs=" + options.epochs, "--epochs");
  const Experiment experiment = draft.resolve();
  try {
    require_valid(experiment);
  } catch (const Error &error) {
    if (!options.target.empty() && fs::exists(options.target))
      throw Error(error.code(), options.target + ": " + error.what());
    throw;
  }
  return new_job({}, experiment, options);
}

Job replay_job(const TrainOptions &options) {
  RunRecord record = read_recipe(options.replay);
  Job job;
  job.replay = std::move(record.changes);
  job.last_step = record.steps;
  job.last_epoch = record.epochs;
  return new_job(std::move(job), record.start, options);
}

bool is_finished(const RunRecord &record) {
  return record.due.empty() && record.epochs >= current_experiment(record).training.epochs;
}

/// Holds the folder to go on in it; nothing for a finished run, which is left as it is, whoever uses it and
/// wherever it lies.
std::unique_ptr<RunFolder> hold_unfinished(const fs::path &path) {
  if (!holds_run(path))
    return nullptr; // reading it says what is missing
  try {
    return std::make_unique<RunFolder>(path);
  } catch (const Error &) {
    if (is_finished(read_run(path)))
      return nullptr;
    throw;
  }
}

Job resume_job(const TrainOptions &options) {
  if (options.out.empty())
    throw Error(ExitCode::usage, "--resume needs --out DIR, the folder of the run to go on with.");
  Job job;
  job.folder = hold_unfinished(options.out);
  const RunRecord record = read_run(options.out);
  const Experiment experiment = current_experiment(record);
  job.run = std::make_unique<TrainingRun>(record, load(experiment), make_workers(experiment));
  job.replay = record.due;
  limit(job, options);
  tell(remarks(experiment, *job.run->dataset()));
  return job;
}

void check_combination(const TrainOptions &o) {
  const bool says_what = !o.target.empty() || !o.settings.empty() || !o.epochs.empty();
  if (o.resume && o.out.empty() && fs::is_directory(o.target))
    throw Error(ExitCode::usage,
                "--resume takes the run's folder by --out; write `duet-cli train --resume --out " + o.target +
                    "`.");
  if (o.resume && says_what)
    throw Error(
        ExitCode::usage,
        "--resume goes on under the run's own experiment; leave out --set, --epochs and the experiment.");
  if (!o.replay.empty() && (says_what || o.resume))
    throw Error(ExitCode::usage,
                "--replay repeats a run as it was; leave out --set, --epochs, --resume and the experiment.");
}

} // namespace

Job make_job(const TrainOptions &options) {
  check_combination(options);
  return options.resume            ? resume_job(options)
         : !options.replay.empty() ? replay_job(options)
                                   : fresh_job(options);
}

/// With the changes of a replay that are still to come.
RunRecord record_of(const Job &job) {
  RunRecord record = job.run->record();
  record.due.assign(job.replay.begin() + static_cast<std::ptrdiff_t>(job.repeated), job.replay.end());
  return record;
}

} // namespace duet
