#include "engine/session/training_run.h"
#include "engine/experiment/build.h"
#include <algorithm>
#include <chrono>

namespace duet {
namespace {

using Clock = std::chrono::steady_clock;

std::string lower_first(std::string text) {
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z'))
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

/// "learning rate 0.003 to 0.001"
/// How close two changes of one setting lie to be one gesture, in epochs or in seconds of training.
constexpr double gesture_epochs = 0.25, gesture_seconds = 0.5;

std::string label_of(const std::string &path, const Value &before, const Value &after) {
  return lower_first(find_field(path)->label) + " " + to_text(before) + " to " + to_text(after);
}

} // namespace

TrainingRun::TrainingRun(const Experiment &start, std::shared_ptr<const Dataset> dataset,
                         std::shared_ptr<const Workers> workers)
    : start_(start), experiment_(start), dataset_(std::move(dataset)), workers_(std::move(workers)),
      trainer_(std::make_unique<Trainer>(build(start, dataset_->train.rows, dataset_->train.cols), dataset_,
                                         *workers_)) {}

TrainingRun::TrainingRun(const RunRecord &record, std::shared_ptr<const Dataset> dataset,
                         std::shared_ptr<const Workers> workers)
    : TrainingRun(current_experiment(record), std::move(dataset), std::move(workers)) {
  start_ = record.start;
  changes_ = record.changes;
  trainer_->restore(record.checkpoint);
  Experiment before = start_;
  const auto per_epoch = static_cast<double>(std::max<std::uint64_t>(1, trainer_->steps_per_epoch()));
  for (const LoggedChange &change : changes_)
    mark(change, static_cast<double>(change.step) / per_epoch, before);
  earlier_rows_ = record.rows;
  seconds_ = epoch_seconds_ = record.seconds;
  for (const EpochRow &row : earlier_rows_)
    epoch_seconds_ = std::max(0.0, epoch_seconds_ - row.seconds);
}

void TrainingRun::mark(const LoggedChange &change, double epoch, Experiment &experiment) {
  auto marks = std::make_shared<std::vector<Mark>>(*marks_);
  for (const auto &[path, value] : change.settings) {
    const bool joins =
        gesture_ && gesture_->path == path && change.settings.size() == 1 &&
        (epoch - gesture_->epoch < gesture_epochs || seconds_ - gesture_->seconds < gesture_seconds);
    const Value before = joins ? gesture_->before : get(experiment, path);
    if (!joins)
      marks->push_back({epoch, change.step, {}});
    marks->back().label = label_of(path, before, value);
    gesture_ = Gesture{path, before, epoch, seconds_};
    set(experiment, path, value);
  }
  marks_ = std::move(marks);
}

bool TrainingRun::advance(std::stop_token stop) {
  if (finished())
    return false;
  if (epoch_due()) {
    if (!trainer_->finish_epoch(epoch_seconds_, stop))
      return false;
    epoch_seconds_ = 0;
    return true;
  }
  const auto begin = Clock::now();
  try {
    trainer_->step();
  } catch (...) {
    // The weights are those of an earlier step again; settings changed since then now count from there.
    for (LoggedChange &change : changes_)
      if (change.step > trainer_->steps_done())
        change.step = trainer_->steps_done(), change.epochs = trainer_->epochs_done();
    throw;
  }
  const double spent = std::chrono::duration<double>(Clock::now() - begin).count();
  seconds_ += spent;
  epoch_seconds_ += spent;
  return true;
}

void TrainingRun::change(const Experiment &wanted) {
  const auto paths = difference(experiment_, wanted);
  if (paths.empty())
    return;
  LoggedChange change{trainer_->steps_done(), trainer_->epochs_done(), {}};
  for (const std::string &path : paths) {
    const Field &field = *find_field(path);
    if (field.effect == Effect::reset)
      throw Error(ExitCode::usage,
                  field.label + " (" + path +
                      ") cannot change while a run goes on; Reset starts a new one with it.");
    change.settings.emplace_back(path, get(wanted, path));
  }
  repeat(change);
}

void TrainingRun::repeat(const LoggedChange &change) {
  Experiment wanted = experiment_;
  for (const auto &[path, value] : change.settings)
    if (const auto problem = set(wanted, path, value))
      throw Error(ExitCode::usage, problem->text);
  const TrainerPlan plan = build(wanted, dataset_->train.rows, dataset_->train.cols);
  trainer_->reconfigure(plan.architecture, plan.training, plan.data.noise);
  mark(change,
       static_cast<double>(trainer_->look().images_seen) / static_cast<double>(dataset_->train.size()),
       experiment_);
  changes_.push_back(change);
}

Snapshot TrainingRun::look() const {
  Snapshot snapshot = trainer_->look();
  if (earlier_rows_.empty() || !snapshot.epochs)
    return snapshot;
  if (seen_rows_ != snapshot.epochs) {
    auto rows = *snapshot.epochs; // a checkpoint keeps no times: they come back from metrics.csv
    for (std::size_t i = 0; i < std::min(rows.size(), earlier_rows_.size()); ++i) {
      rows[i].seconds = earlier_rows_[i].seconds;
      rows[i].images_per_second = earlier_rows_[i].images_per_second;
    }
    seen_rows_ = snapshot.epochs;
    timed_rows_ = std::make_shared<const std::vector<EpochRow>>(std::move(rows));
  }
  snapshot.epochs = timed_rows_;
  return snapshot;
}

RunRecord TrainingRun::record() const {
  const Snapshot snapshot = look();
  RunRecord record;
  record.start = start_;
  record.changes = changes_;
  if (snapshot.epochs)
    record.rows = *snapshot.epochs;
  record.model = trainer_->weights();
  record.checkpoint = trainer_->checkpoint();
  record.steps = trainer_->steps_done();
  record.epochs = trainer_->epochs_done();
  record.images = snapshot.images_seen;
  record.seconds = seconds_;
  record.parameters = trainer_->parameter_count();
  record.signature = trainer_->signature();
  return record;
}

} // namespace duet
