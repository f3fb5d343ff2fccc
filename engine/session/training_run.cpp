#include "engine/session/training_run.h"
#include "engine/experiment/build.h"
#include <algorithm>
#include <chrono>
#include <limits>

namespace duet {
namespace {

using Clock = std::chrono::steady_clock;

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
  std::uint64_t step = 0, images = 0; // seen
  for (const LoggedChange &change : changes_) {
    const std::uint64_t all = dataset_->train.size(),
                        batch = static_cast<std::uint64_t>(before.training.batch);
    for (; step < change.step; ++step) // an epoch's last batch is smaller
      images += std::min(batch, all - images % all);
    marks_.add(change, static_cast<double>(images) / static_cast<double>(all),
               std::numeric_limits<double>::quiet_NaN(), before);
  }
  earlier_rows_ = record.rows;
  seconds_ = epoch_seconds_ = record.seconds;
  for (const EpochRow &row : earlier_rows_)
    epoch_seconds_ = std::max(0.0, epoch_seconds_ - row.seconds);
}

bool TrainingRun::advance(std::stop_token stop, ExplainedStep *explained) {
  if (finished())
    return false;
  const auto begin = Clock::now();
  try {
    if (epoch_due()) {
      if (!trainer_->finish_epoch(epoch_seconds_, stop))
        return false;
      epoch_seconds_ = 0;
      return true;
    }
    trainer_->step(explained);
  } catch (...) {
    // The weights are those of an earlier step again; settings changed since then now count from there.
    for (LoggedChange &change : changes_)
      if (change.step > trainer_->steps_done())
        change.step = trainer_->steps_done(), change.epochs = trainer_->epochs_done();
    marks_.go_back(trainer_->steps_done(), position_of(trainer_->look()));
    circuit_.forget_after(position_of(trainer_->look()));
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
  if (const auto refused = needing_reset(experiment_, wanted); !refused.empty())
    throw Error(ExitCode::usage, find_field(refused.front())->label + " (" + refused.front() +
                                     ") cannot change while a run goes on; Reset starts a new one with it.");
  LoggedChange change{trainer_->steps_done(), trainer_->epochs_done(), {}};
  for (const std::string &path : paths)
    change.settings.emplace_back(path, get(wanted, path));
  repeat(change);
}

void TrainingRun::repeat(const LoggedChange &change) {
  Experiment wanted = experiment_;
  for (const auto &[path, value] : change.settings)
    if (const auto problem = set(wanted, path, value))
      throw Error(ExitCode::usage, problem->text);
  const TrainerPlan plan = build(wanted, dataset_->train.rows, dataset_->train.cols);
  trainer_->reconfigure(plan.architecture, plan.training, plan.data.noise);
  marks_.add(change, position_of(trainer_->look()), seconds_, experiment_);
  changes_.push_back(change);
}

double TrainingRun::position_of(const Snapshot &snapshot) const {
  return static_cast<double>(snapshot.images_seen) / static_cast<double>(dataset_->train.size());
}

Snapshot TrainingRun::look() const {
  Snapshot snapshot = trainer_->look();
  circuit_.add(position_of(snapshot), snapshot.circuit_weights);
  snapshot.circuit_history = circuit_.share();
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
