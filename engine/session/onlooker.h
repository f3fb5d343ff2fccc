// What is looked at beside a training: the selected image, a share of the test set within an epoch, and the
// whole of it again when what was counted no longer holds. Each costs training at most `looking_share`.
#pragma once
#include "engine/session/counsel.h"
#include "engine/session/course.h"
#include <chrono>

namespace duet {

class Onlooker {
public:
  using Clock = std::chrono::steady_clock;

  void begin(const Course &course); ///< another run; the selected image stays

  // The selected image.
  void select(std::uint32_t test_index) { selected_ = test_index; }
  /// Looks again where weights, settings or image are others than last time; at_once: whatever it costs.
  /// Throws Error for an image that is not there; it is not tried again until something changes.
  void inspect(const Course &course, bool at_once);
  const std::shared_ptr<const Inspection> &inspection() const { return inspection_; }

  // Within an epoch.
  /// images_per_second: of training; 0: not known yet.
  bool share_due(const Course &course, double images_per_second) const;
  void test_share(Course &course, double images_per_second); ///< throws as Trainer::running_test does

  // The whole test set.
  /// Weights or settings are no longer those of the last count.
  bool count_is_old(const Course &course) const;
  void counted(const Course &course); ///< an epoch has just been evaluated
  /// Counts again; throws as Trainer::evaluate_test does, and is not tried again then. Undone when stopped.
  void recount(const Course &course, std::stop_token stop);
  const std::shared_ptr<const TestAnswers> &answers() const { return answers_; } ///< null: the epoch's hold
  const std::optional<double> &accuracy() const { return accuracy_; }            ///< of those

  // The test set without some gates.
  /// Throws Error for a model without a circuit and for gates that it does not have.
  void mute(const Course &course, std::vector<int> operations);
  const std::vector<int> &muting() const { return muting_; }
  bool muted_count_is_old(const Course &course) const;
  /// Throws as Trainer::evaluate_without does, and is not tried again then. Undone when stopped.
  void count_muted(const Course &course, std::stop_token stop);
  const std::shared_ptr<const MutedAnswers> &muted() const { return muted_; }

private:
  std::optional<std::uint32_t> selected_;
  std::shared_ptr<const Inspection> inspection_;
  std::string inspected_; ///< what it was of
  Clock::time_point next_inspection_{};

  double share_cost_ = 0, last_share_ = 0; ///< seconds, and training seconds at the last one

  std::string counted_; ///< Course::state_text() at the last count
  std::shared_ptr<const TestAnswers> answers_;
  std::optional<double> accuracy_;

  std::vector<int> muting_;
  std::string muted_of_; ///< Course::state_text() at that count
  std::shared_ptr<const MutedAnswers> muted_;
};

} // namespace duet
