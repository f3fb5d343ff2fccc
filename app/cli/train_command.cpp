// duet-cli train: new runs, resumed runs and replayed ones.
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"
#include "app/cli/notes.h"
#include "app/cli/progress.h"
#include "engine/base/words.h"
#include "engine/experiment/build.h"
#include "engine/experiment/remarks.h"
#include "engine/experiment/run_folder.h"
#include "engine/session/training_run.h"
#include <CLI/CLI.hpp>
#include <cstdio>
#include <limits>

namespace duet {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

struct TrainOptions {
  std::string target;
  std::vector<std::string> settings;
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
};

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

Job new_job(const Experiment &experiment, const fs::path &out) {
  require_valid(experiment);
  if (!out.empty() && holds_run(out))
    RunFolder::make(out, experiment); // says so before any data is read
  Job job;
  job.run = std::make_unique<TrainingRun>(experiment, load(experiment), make_workers(experiment));
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
  return new_job(experiment, options.out);
}

Job replay_job(const TrainOptions &options) {
  RunRecord record = read_recipe(options.replay);
  Job job = new_job(record.start, options.out);
  job.replay = std::move(record.changes);
  job.last_step = record.steps;
  job.last_epoch = record.epochs;
  return job;
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
  tell(remarks(experiment, *job.run->dataset()));
  job.replay = record.due;
  return job;
}

/// With the changes of a replay that are still to come.
RunRecord record_of(const Job &job) {
  RunRecord record = job.run->record();
  record.due.assign(job.replay.begin() + static_cast<std::ptrdiff_t>(job.repeated), job.replay.end());
  return record;
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

/// Repeats the logged changes that were made at this very point.
void repeat_due(Job &job) {
  while (job.repeated < job.replay.size() &&
         job.replay[job.repeated].step <= job.run->trainer().steps_done() &&
         job.replay[job.repeated].epochs <= job.run->trainer().epochs_done())
    job.run->repeat(job.replay[job.repeated++]);
}

bool at_end(const Job &job) {
  const Trainer &trainer = job.run->trainer();
  const bool steps_over = trainer.steps_done() >= job.last_step;
  if (job.last_epoch && steps_over && job.run->epoch_due())
    return trainer.epochs_done() >= *job.last_epoch; // a run may have stopped before the evaluation
  return job.run->finished() || (steps_over && !job.run->epoch_due());
}

/// The next batch or evaluation. Numbers that went wrong are told once the last good state is saved.
bool advance_or_save(Job &job, const Interrupt &interrupt) {
  try {
    return job.run->advance(interrupt.token());
  } catch (const Error &wrong) {
    try {
      job.folder->write(record_of(job));
    } catch (const Error &unsaved) {
      throw Error(unsaved.code(), std::string(wrong.what()) + " " + unsaved.what());
    }
    throw;
  }
}

/// Until the end or Ctrl-C; a checkpoint at least every ten seconds, and with every epoch but the quickest.
void train_on(Job &job, const Interrupt &interrupt) {
  using Clock = std::chrono::steady_clock;
  ProgressBar progress;
  auto saved = Clock::now();
  for (;;) {
    repeat_due(job);
    if (at_end(job) || interrupt.requested())
      return;
    const bool evaluates = job.run->epoch_due();
    if (!evaluates)
      progress.batch(*job.run);
    if (!advance_or_save(job, interrupt))
      return;
    if (evaluates)
      progress.epoch(*job.run);
    if (Clock::now() - saved > std::chrono::seconds(evaluates ? 1 : 10)) {
      job.folder->write(record_of(job));
      saved = Clock::now();
    }
  }
}

std::string report(const RunRecord &record, const fs::path &folder) {
  std::string text;
  if (!record.rows.empty()) {
    const EpochRow &row = record.rows.back();
    text = "test accuracy " + rounded(row.test_accuracy, 4);
    if (row.test_accuracy_spiking && row.test_accuracy_quantum)
      text += " (spiking branch of this model " + rounded(*row.test_accuracy_spiking, 4) +
              ", quantum branch of this model " + rounded(*row.test_accuracy_quantum, 4) + ")";
    text += "\ntrain accuracy " + rounded(row.train_accuracy, 4) + " over the last epoch's batches\n";
  }
  text += counted(static_cast<std::uint64_t>(record.epochs), "epoch") + ", " +
          grouped(static_cast<double>(record.steps)) + (record.steps == 1 ? " step, " : " steps, ") +
          duration(record.seconds);
  if (record.seconds > 0)
    text += ", " + grouped(static_cast<double>(record.images) / record.seconds) + " images/s";
  return text + "\nsignature " + record.signature + "\nsaved in " + folder.string() + "\n";
}

/// What is printed at the end: summary.json or a report.
std::string train(const TrainOptions &options) {
  check_combination(options);
  const std::uint64_t steps = options.steps.empty() ? unlimited : count_argument("--steps", options.steps);
  const Interrupt interrupt("saving the checkpoint");
  Job job = options.resume            ? resume_job(options)
            : !options.replay.empty() ? replay_job(options)
                                      : fresh_job(options);
  const bool stays = options.resume && job.run->finished();
  const std::uint64_t done = job.run->trainer().steps_done();
  if (steps < unlimited - done && done + steps < job.last_step) {
    job.last_step = done + steps;
    job.last_epoch.reset();
  }
  train_on(job, interrupt);
  const RunRecord record = record_of(job);
  if (!stays)
    job.folder->write(record);
  const fs::path path = stays ? fs::path(options.out) : job.folder->path();
  if (interrupt.requested() && !at_end(job))
    throw Error(ExitCode::interrupted,
                "Stopped; a checkpoint is saved: go on with `duet-cli train --resume --out " + path.string() +
                    "`.");
  return options.json ? summary_json(record) : report(record, path);
}

} // namespace

void add_train_command(CLI::App &app) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App *command = app.add_subcommand("train", "Trains an experiment and writes its run folder.");
  command
      ->add_option("experiment", options->target,
                   "An experiment's JSON file or a preset (`duet-cli presets`); without it, preset ppf.")
      ->type_name("EXPERIMENT.json|PRESET");
  command
      ->add_option(
          "--set", options->settings,
          "key.path=value, on top of the experiment; may be repeated. quantum.circuit=@FILE reads a file.")
      ->allow_extra_args(false)
      ->type_name("KEY.PATH=VALUE");
  command
      ->add_option("--epochs", options->epochs,
                   "Short for --set training.epochs=N; 0 writes the initial weights.")
      ->type_name("N");
  command
      ->add_option("--out", options->out, "The run's folder; without it one under $XDG_DATA_HOME/duet/runs.")
      ->type_name("DIR");
  command
      ->add_option("--steps", options->steps,
                   "Stops after N optimiser steps of this invocation, with a checkpoint.")
      ->type_name("N");
  command->add_flag("--resume", options->resume,
                    "Goes on with the run in --out, to the bits of the uninterrupted run.");
  command
      ->add_option("--replay", options->replay,
                   "Repeats a run with its live changes, to the step at which it was saved.")
      ->type_name("RUN");
  command->add_flag("--json", options->json, "Prints summary.json and nothing else to standard output.");
  command->footer([] {
    return help_text(
        {{"duet-cli train", "duet-cli train serial --set quantum.qubits=8 --epochs 5 --out my-run",
          "duet-cli train --set quantum.ansatz=custom --set quantum.circuit=@my.qasm --set quantum.qubits=3",
          "duet-cli train --resume --out my-run", "duet-cli train --replay my-run --out again"},
         {"A folder holds one run, and one process at a time trains in it; a new run into a folder "
          "that holds one is refused.",
          "Ctrl-C, SIGTERM and SIGHUP save a checkpoint and end with 130; --resume goes on from there.",
          "A run that would take more than 12 GB of memory is refused; the ranges of all settings "
          "stand below."},
         summary_json({}),
         settings_help()});
  });
  command->callback([options] { print(train(*options)); }); // once the folder is free for whoever comes next
}

} // namespace duet
