// What a run is and how it lies in files. engine/MODEL.md 3 and 4.
#pragma once
#include "engine/experiment/json.h"
#include "engine/io/tensors.h"
#include "engine/training/snapshot.h"
#include <filesystem>

namespace duet {

/// The files of a run folder, in the order in which they are written: the checkpoint last.
inline constexpr const char *run_files[] = {"experiment.json", "commands.jsonl", "model.safetensors",
                                            "metrics.csv",     "summary.json",   "checkpoint.safetensors"};

/// All that a run folder holds.
struct RunRecord {
  Experiment start;                  ///< experiment.json: as the run began
  std::vector<LoggedChange> changes; ///< commands.jsonl: live changes since
  std::vector<LoggedChange> due;     ///< the rest of commands.jsonl: of a replay that was stopped
  std::vector<EpochRow> rows;        ///< metrics.csv
  TensorFile model;                  ///< model.safetensors
  TensorFile checkpoint;             ///< checkpoint.safetensors
  std::uint64_t steps = 0;           ///< summary.json from here on
  int epochs = 0;
  std::uint64_t images = 0; ///< training images seen
  double seconds = 0;       ///< of training
  std::size_t parameters = 0;
  std::string signature;
};

/// The settings a run ended with: its beginning and all live changes.
Experiment current_experiment(const RunRecord &record);
/// The keys of engine/MODEL.md 4.
std::string summary_json(const RunRecord &record);
std::string metrics_csv(const RunRecord &record);
std::vector<EpochRow> parse_metrics(std::string_view text, const std::string &source_name);

/// All files or none where the disk is full, and in an order that leaves a folder that resumes after a crash
/// at any time. Whoever writes holds the folder (RunFolder). Throws Error (exit 4).
void write_run(const std::filesystem::path &folder, const RunRecord &record);
/// Throws Error: exit 2 for what is not there or belongs to another experiment, 3 for what is damaged.
RunRecord read_run(const std::filesystem::path &folder);
/// Experiment, live changes and, where summary.json says it, the step and epoch the run had come to; without
/// a summary the planned end. What a replay needs.
RunRecord read_recipe(const std::filesystem::path &folder);
/// Experiment, live changes and weights only: what evaluation needs.
RunRecord read_model(const std::filesystem::path &folder);

} // namespace duet
