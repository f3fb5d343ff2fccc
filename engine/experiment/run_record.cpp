#include "engine/experiment/run_record.h"
#include "engine/base/number_text.h"
#include "engine/base/words.h"
#include "engine/experiment/choices.h"
#include "engine/io/files.h"
#include "engine/io/json_text.h"
#include "engine/io/replacement.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace duet {
namespace {

namespace fs = std::filesystem;
constexpr const char *experiment_file = run_files[0], *commands_file = run_files[1],
                     *model_file = run_files[2], *metrics_file = run_files[3], *summary_file = run_files[4],
                     *checkpoint_file = run_files[5];
constexpr const char *experiment_key = "run.experiment", *live_key = "run.live", *steps_key = "run.steps",
                     *epochs_key = "run.epochs", *changes_key = "run.changes", *due_key = "run.due";
constexpr const char *columns =
    "epoch,seconds,images_per_second,train_loss,train_accuracy,test_loss,test_accuracy,"
    "test_accuracy_spiking,test_accuracy_quantum";
constexpr const char *validation_columns = ",validation_loss,validation_accuracy";

constexpr double largest_count = 9007199254740992.0; ///< up to here a double holds every whole number
constexpr double largest_epoch = 1e9;

std::string cell(const std::optional<double> &value) { return value ? number_text(*value) : ""; }

std::string read_part(const fs::path &folder, const char *name) {
  if (!fs::exists(folder / name))
    throw Error(ExitCode::usage, folder.string() + " is not a run folder: it has no " + name + ".");
  return read_file(folder / name);
}

double parse_cell(std::string_view text, const std::string &source) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    throw Error(ExitCode::data,
                source + ": \"" + printable(text, 40) + "\" is not a finite number; the file is damaged.");
  return value;
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t comma = std::min(line.find(',', from), line.size());
    cells.push_back(line.substr(from, comma - from));
    from = comma + 1;
  }
  return cells;
}

/// A share of the images, or nothing where that is allowed.
std::optional<double> parse_share(std::string_view text, const std::string &source) {
  if (text.empty())
    return std::nullopt;
  const double share = parse_cell(text, source);
  if (share < 0 || share > 1)
    throw Error(ExitCode::data, source + ": an accuracy is \"" + printable(text, 40) +
                                    "\", which is no share of the images; the file is damaged.");
  return share;
}

EpochRow parse_row(std::string_view line, bool validated, const std::string &source) {
  const auto cells = split(line);
  if (cells.size() != (validated ? 11u : 9u))
    throw Error(ExitCode::data,
                source + " has " + counted(cells.size(), "column") + "; the file is damaged.");
  const auto number_at = [&](std::size_t i) { return parse_cell(cells[i], source); };
  const auto share_at = [&](std::size_t i) { return parse_share(cells[i], source); };
  const auto needed = [&](const std::optional<double> &share) {
    if (!share)
      throw Error(ExitCode::data, source + " has an empty cell; the file is damaged.");
    return *share;
  };
  EpochRow row;
  const double epoch = number_at(0);
  if (!(epoch >= 1 && epoch <= largest_epoch && epoch == std::floor(epoch)))
    throw Error(ExitCode::data, source + ": epoch is " + number_text(epoch) + "; the file is damaged.");
  row.epoch = static_cast<int>(epoch);
  row.seconds = number_at(1), row.images_per_second = number_at(2);
  row.train_loss = number_at(3), row.train_accuracy = needed(share_at(4));
  row.test_loss = number_at(5), row.test_accuracy = needed(share_at(6));
  row.test_accuracy_spiking = share_at(7), row.test_accuracy_quantum = share_at(8);
  if (validated) {
    row.validation_loss = cells[9].empty() ? std::optional<double>() : number_at(9);
    row.validation_accuracy = share_at(10);
  }
  return row;
}

/// What summary.json alone knows: the clock and the number of images.
void read_summary(const fs::path &folder, RunRecord &record) {
  const std::string source = (folder / summary_file).string();
  const auto json = nlohmann::json::parse(read_part(folder, summary_file), nullptr, false);
  const auto count = [&](const char *key) {
    if (!json.is_object() || !json.contains(key) || !json[key].is_number() ||
        !(json[key].get<double>() >= 0 && json[key].get<double>() < largest_count))
      throw Error(ExitCode::data,
                  source + " has no number from 0 under \"" + key + "\"; the file is damaged.");
    return json[key].get<double>();
  };
  record.seconds = count("seconds");
  record.steps = static_cast<std::uint64_t>(count("steps"));
  record.epochs = static_cast<int>(std::min(count("epochs"), largest_epoch));
  const double images = json.contains("images_per_second") && json["images_per_second"].is_number()
                            ? count("images_per_second") * record.seconds
                            : 0.0;
  record.images = static_cast<std::uint64_t>(std::min(images, largest_count) + 0.5);
}

std::uint64_t count_in(const TensorFile &checkpoint, const char *key, const fs::path &file) {
  const auto found = checkpoint.metadata.find(key);
  std::uint64_t value = 0;
  if (found == checkpoint.metadata.end() ||
      std::from_chars(found->second.data(), found->second.data() + found->second.size(), value).ec !=
          std::errc{})
    throw Error(ExitCode::data,
                file.string() + " does not say at which step it was written; the file is damaged.");
  return value;
}

/// Whether the checkpoint's entry says these settings. The number of threads may differ.
bool is_settings(const TensorFile &checkpoint, const char *key, const Experiment &settings) {
  const auto found = checkpoint.metadata.find(key);
  if (found == checkpoint.metadata.end())
    return false;
  try {
    Experiment saved = parse_experiment(found->second, key);
    saved.training.threads = settings.training.threads;
    return saved == settings;
  } catch (const Error &) {
    return false;
  }
}

/// The checkpoint is written last. After a crash in between, what the other files hold beyond it is
/// dropped: those steps will be done again.
void cut_to_checkpoint(const fs::path &file, RunRecord &record) {
  const auto count = [&](const char *key) { return count_in(record.checkpoint, key, file); };
  const std::uint64_t saved_steps = std::exchange(record.steps, count(steps_key));
  if (saved_steps > record.steps) { // the clock of a later save: only its share up to here
    const double share = static_cast<double>(record.steps) / static_cast<double>(saved_steps);
    record.seconds *= share;
    record.images = static_cast<std::uint64_t>(static_cast<double>(record.images) * share + 0.5);
  }
  record.epochs = static_cast<int>(count(epochs_key));
  const std::uint64_t changes = count(changes_key);
  if (changes > record.changes.size())
    throw Error(ExitCode::data, (file.parent_path() / commands_file).string() + " has " +
                                    counted(record.changes.size(), "line") + " where the checkpoint counts " +
                                    std::to_string(changes) + "; the file is damaged.");
  const auto later = record.changes.begin() + static_cast<std::ptrdiff_t>(changes);
  if (record.checkpoint.metadata.contains(due_key) && count(due_key) == record.changes.size() - changes)
    record.due.assign(later, record.changes.end());
  record.changes.erase(later, record.changes.end());
  std::erase_if(record.rows, [&](const EpochRow &row) { return row.epoch > record.epochs; });
}

/// commands.jsonl may go on after these weights: a save cut short wrote it before them, and a replay that was
/// stopped keeps what is still to come. The checkpoint counts the changes that belong to its own weights.
void drop_changes_after_the_weights(const fs::path &file, RunRecord &record) {
  if (!fs::exists(file))
    return;
  const TensorFile checkpoint = read_tensors(file);
  const auto differs = [&](const auto &tensor) {
    const auto found = checkpoint.tensors.find(tensor.first);
    return found == checkpoint.tensors.end() || found->second != tensor.second;
  };
  if (std::ranges::any_of(record.model.tensors, differs))
    return;
  const std::uint64_t changes = count_in(checkpoint, changes_key, file);
  record.changes.resize(std::min<std::size_t>(record.changes.size(), changes));
}

void read_settings(const fs::path &folder, RunRecord &record) {
  record.start = parse_experiment(read_part(folder, experiment_file), (folder / experiment_file).string());
  if (fs::exists(folder / commands_file))
    record.changes = parse_log(read_file(folder / commands_file), (folder / commands_file).string());
}

} // namespace

Experiment current_experiment(const RunRecord &record) {
  Experiment experiment = record.start;
  for (const LoggedChange &change : record.changes)
    for (const auto &[path, value] : change.settings)
      set(experiment, path, value);
  return experiment;
}

std::string summary_json(const RunRecord &record) {
  nlohmann::ordered_json summary;
  const auto put = [&](const char *key, const std::optional<double> &value) {
    summary[key] = nullptr;
    if (value)
      summary[key] = *value;
  };
  const EpochRow none, &last = record.rows.empty() ? none : record.rows.back();
  const auto put_of_last = [&](const char *key, const std::optional<double> &value) {
    put(key, record.rows.empty() ? std::nullopt : value);
  };
  summary["epochs"] = record.epochs;
  summary["steps"] = record.steps;
  put("seconds", record.seconds);
  put("images_per_second",
      record.seconds > 0 ? std::optional(static_cast<double>(record.images) / record.seconds) : std::nullopt);
  summary["parameters"] = record.parameters;
  put_of_last("train_loss", last.train_loss);
  put_of_last("train_accuracy", last.train_accuracy);
  put_of_last("test_loss", last.test_loss);
  put_of_last("test_accuracy", last.test_accuracy);
  put_of_last("test_accuracy_spiking", last.test_accuracy_spiking);
  put_of_last("test_accuracy_quantum", last.test_accuracy_quantum);
  summary["seed"] = record.start.seed;
  summary["data"] = record.start.data.source;
  summary["signature"] = record.signature;
  return json_text(summary);
}

std::string metrics_csv(const RunRecord &record) {
  const bool validated = record.start.data.validation > 0;
  std::string text = std::string(columns) + (validated ? validation_columns : "") + "\n";
  for (const EpochRow &row : record.rows) {
    text += std::to_string(row.epoch) + ',' + number_text(row.seconds) + ',' +
            number_text(row.images_per_second) + ',' + number_text(row.train_loss) + ',' +
            number_text(row.train_accuracy) + ',' + number_text(row.test_loss) + ',' +
            number_text(row.test_accuracy) + ',' + cell(row.test_accuracy_spiking) + ',' +
            cell(row.test_accuracy_quantum);
    if (validated)
      text += ',' + cell(row.validation_loss) + ',' + cell(row.validation_accuracy);
    text += '\n';
  }
  return text;
}

std::vector<EpochRow> parse_metrics(std::string_view text, const std::string &source_name) {
  std::vector<EpochRow> rows;
  bool validated = false;
  int line = 1;
  for (std::size_t from = 0; from < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view row = text.substr(from, end - from);
    if (line == 1) {
      validated = row.ends_with(validation_columns);
      if (!row.starts_with(columns))
        throw Error(ExitCode::data,
                    source_name +
                        ": the first line is not the header of a metrics file; the file is damaged.");
    } else if (!row.empty()) {
      rows.push_back(parse_row(row, validated, source_name + " line " + std::to_string(line)));
    }
    from = end + 1;
  }
  return rows;
}

void write_run(const fs::path &folder, const RunRecord &record) {
  std::string log;
  for (const auto *changes : {&record.changes, &record.due})
    for (const LoggedChange &change : *changes)
      log += to_json_line(change);
  TensorFile checkpoint = record.checkpoint;
  checkpoint.metadata.erase("running"); // tests within an epoch follow the clock: no file may hold that
  checkpoint.metadata[experiment_key] = identity(record.start);
  checkpoint.metadata[live_key] = identity(current_experiment(record));
  checkpoint.metadata[steps_key] = std::to_string(record.steps);
  checkpoint.metadata[epochs_key] = std::to_string(record.epochs);
  checkpoint.metadata[changes_key] = std::to_string(record.changes.size());
  if (!record.due.empty())
    checkpoint.metadata[due_key] = std::to_string(record.due.size());
  Replacement files; // in the order of run_files
  files.add(folder / experiment_file, to_json(record.start));
  files.add(folder / commands_file, log);
  files.then(); // the settings of a live change before the weights that it made
  files.add(folder / model_file, tensor_bytes(record.model));
  files.add(folder / metrics_file, metrics_csv(record));
  files.add(folder / summary_file, summary_json(record));
  files.then();
  files.add(folder / checkpoint_file, tensor_bytes(checkpoint));
  files.commit();
}

RunRecord read_run(const fs::path &folder) {
  RunRecord record;
  read_settings(folder, record);
  if (!fs::exists(folder / checkpoint_file))
    throw Error(ExitCode::usage, folder.string() + " has no " + checkpoint_file + " to go on from.");
  record.checkpoint = read_tensors(folder / checkpoint_file);
  if (!is_settings(record.checkpoint, experiment_key, record.start))
    throw Error(ExitCode::usage, (folder / checkpoint_file).string() +
                                     " belongs to another experiment than " +
                                     (folder / experiment_file).string() +
                                     "; put the run's own file back or start a new run.");
  record.rows = parse_metrics(read_part(folder, metrics_file), (folder / metrics_file).string());
  read_summary(folder, record);
  cut_to_checkpoint(folder / checkpoint_file, record);
  if (!is_settings(record.checkpoint, live_key, current_experiment(record)))
    throw Error(ExitCode::data, (folder / commands_file).string() +
                                    " does not lead to the settings that the checkpoint was saved under; the "
                                    "file is damaged.");
  return record;
}

RunRecord read_recipe(const fs::path &folder) {
  RunRecord record;
  read_settings(folder, record);
  record.steps = std::numeric_limits<std::uint64_t>::max();
  record.epochs = current_experiment(record).training.epochs;
  if (fs::exists(folder / summary_file))
    read_summary(folder, record);
  return record;
}

RunRecord read_model(const fs::path &folder) {
  RunRecord record;
  read_settings(folder, record);
  if (!fs::exists(folder / model_file))
    throw Error(ExitCode::usage, folder.string() + " is not a run folder: it has no " + model_file + ".");
  record.model = read_tensors(folder / model_file);
  if (!record.changes.empty())
    drop_changes_after_the_weights(folder / checkpoint_file, record);
  return record;
}

} // namespace duet
