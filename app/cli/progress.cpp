#include "app/cli/progress.h"
#include "app/cli/arguments.h"
#include "engine/base/number_text.h"
#include <algorithm>
#include <cstdio>

namespace duet {

/// "41,200 images/s, 12 s left": the wall clock since the first batch, evaluations included.
std::string ProgressBar::rest(const TrainingRun &run) const {
  const Trainer &trainer = run.trainer();
  const double spent = std::chrono::duration<double>(Clock::now() - begin_).count();
  const auto done = static_cast<double>(trainer.steps_done() - first_step_);
  const auto left = static_cast<double>(trainer.steps_planned() - trainer.steps_done());
  if (done <= 0 || run.seconds() <= 0)
    return "";
  const double images = static_cast<double>(run.look().images_seen);
  return grouped(images / run.seconds()) + " images/s, " + duration(left * spent / done) + " left";
}

void ProgressBar::batch(const TrainingRun &run) {
  const Trainer &trainer = run.trainer();
  const auto now = Clock::now();
  if (!begun_) {
    begun_ = true;
    begin_ = now;
    first_step_ = trainer.steps_done();
  }
  if (!line_.lives() || now - last_draw_ < std::chrono::milliseconds(100))
    return;
  last_draw_ = now;
  const int epochs = run.experiment().training.epochs;
  line_.show_bar(
      "epoch " + std::to_string(std::min(trainer.epochs_done() + 1, epochs)) + "/" + std::to_string(epochs),
      static_cast<double>(trainer.steps_done()) / static_cast<double>(trainer.steps_planned()), rest(run));
}

void ProgressBar::epoch(const TrainingRun &run) {
  const Snapshot snapshot = run.look();
  if (!snapshot.epochs || snapshot.epochs->empty())
    return;
  line_.clear();
  const EpochRow &row = snapshot.epochs->back();
  std::string line = "epoch " + std::to_string(row.epoch) + "/" +
                     std::to_string(run.experiment().training.epochs) + ": train loss " +
                     rounded(row.train_loss, 4) + ", train accuracy " + rounded(row.train_accuracy, 4) +
                     ", test accuracy " + rounded(row.test_accuracy, 4);
  if (row.validation_accuracy)
    line += ", validation accuracy " + rounded(*row.validation_accuracy, 4);
  const std::string tail = rest(run);
  std::fprintf(stderr, "%s%s%s\n", line.c_str(), tail.empty() ? "" : ", ", tail.c_str());
}

} // namespace duet
