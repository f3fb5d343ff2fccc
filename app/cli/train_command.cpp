// duet-cli train: new runs, resumed runs and replayed ones.
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/train_job.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include <CLI/CLI.hpp>
#include <cstdio>

namespace duet {
namespace {

namespace fs = std::filesystem;

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
bool advance_or_save(Job &job, const Interrupt &interrupt, ExplainedStep *explained) {
  try {
    return job.run->advance(interrupt.token(), explained);
  } catch (const Error &wrong) {
    try {
      job.folder->write(record_of(job));
    } catch (const Error &unsaved) {
      throw Error(unsaved.code(), std::string(wrong.what()) + " " + unsaved.what());
    }
    throw;
  }
}

/// The same, with the table of a batch that is to be explained; json: stdout is for summary.json alone.
bool advance(Job &job, const Interrupt &interrupt, ProgressBar &progress, bool json) {
  if (job.run->epoch_due() || !job.tables.wants(job.run->trainer().steps_done() + 1))
    return advance_or_save(job, interrupt, nullptr);
  ExplainedStep step;
  const auto tell = [&] {
    progress.clear();
    if (json)
      std::fputs(step_table(step).c_str(), stderr);
    else
      print(step_table(step));
  };
  try {
    advance_or_save(job, interrupt, &step);
  } catch (const Error &) {
    tell(); // what went wrong
    throw;
  }
  job.folder->write(record_of(job)); // first, for the program ends where nobody reads what it tells
  tell();
  return true;
}

/// Until the end or Ctrl-C; a checkpoint at least every ten seconds, and with every epoch but the quickest.
void train_on(Job &job, const Interrupt &interrupt, bool json) {
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
    if (!advance(job, interrupt, progress, json))
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
  const Interrupt interrupt("saving the checkpoint");
  Job job = make_job(options);
  const bool stays = options.resume && job.run->finished();
  train_on(job, interrupt, options.json);
  const RunRecord record = record_of(job);
  if (!stays)
    job.folder->write(record);
  const fs::path path = stays ? fs::path(options.out) : job.folder->path();
  if (interrupt.requested() && !at_end(job))
    throw Error(ExitCode::interrupted,
                "Stopped; a checkpoint is saved: go on with `duet-cli train --resume --out " + path.string() +
                    "`.");
  if (const std::string missed = job.tables.missed(record.steps); !missed.empty())
    std::fprintf(stderr, "%s\n", missed.c_str());
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
      ->add_option("--set", options->settings,
                   "key.path=value, on top of the experiment; may be repeated. quantum.circuit=@FILE reads a "
                   "file (@- standard input).")
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
  command
      ->add_option(
          "--explain-step", options->explained,
          "After the run's step N (from 1) prints, tensor by tensor, the norms of gradient, weights and "
          "update and the share of zeros in the gradient; may be repeated.")
      ->allow_extra_args(false)
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
          "duet-cli train --resume --out my-run", "duet-cli train --replay my-run --out again",
          "duet-cli train --steps 100 --explain-step 1 --explain-step 100"},
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
