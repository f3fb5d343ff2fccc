#include "engine/session/onlooker.h"
#include "engine/base/words.h"
#include <algorithm>

namespace duet {
namespace {

/// That of the test images.
NoiseSettings test_noise(const Experiment &experiment) {
  const NoiseSettings &noise = experiment.data.noise;
  return noise.apply == NoiseApply::train ? NoiseSettings{} : noise;
}

double seconds_since(Onlooker::Clock::time_point begin) {
  return std::chrono::duration<double>(Onlooker::Clock::now() - begin).count();
}

} // namespace

void Onlooker::begin(const Course &course) {
  inspection_ = nullptr;
  inspected_.clear();
  last_share_ = course.run->seconds();
  counted_.clear();
  answers_ = nullptr;
  accuracy_.reset();
  muting_.clear();
  muted_ = nullptr;
}

void Onlooker::inspect(const Course &course, bool at_once) {
  if (!selected_ || (!at_once && Clock::now() < next_inspection_))
    return;
  const std::string state = course.state_text() + "/" + std::to_string(*selected_);
  if (state == inspected_)
    return;
  inspected_ = state;
  const std::size_t images = course.run->dataset()->test.size();
  if (*selected_ >= images)
    throw Error(ExitCode::usage, "There is no test image " + std::to_string(*selected_) +
                                     "; allowed are 0 to " + std::to_string(images - 1) + ".");
  const auto begin = Clock::now();
  inspection_ = std::make_shared<const Inspection>(course.run->trainer().inspect(*selected_));
  next_inspection_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(seconds_since(begin) / looking_share));
}

bool Onlooker::share_due(const Course &course, double images_per_second) const {
  return !course.run->epoch_due() && images_per_second > 0 &&
         course.run->seconds() - last_share_ >= std::max(0.25, share_cost_ / looking_share);
}

/// The share is fixed for the run: about 20 ms of training, for an evaluation is faster than that.
void Onlooker::test_share(Course &course, double images_per_second) {
  if (course.running_images == 0)
    course.running_images =
        std::min(static_cast<std::uint32_t>(std::clamp(images_per_second * 0.02, 50.0, 1000.0)),
                 static_cast<std::uint32_t>(course.run->dataset()->test.size()));
  const auto begin = Clock::now();
  course.run->trainer().running_test(course.running_images);
  share_cost_ = seconds_since(begin);
  last_share_ = course.run->seconds();
}

bool Onlooker::count_is_old(const Course &course) const {
  return course.run->trainer().steps_done() > 0 && counted_ != course.state_text();
}

void Onlooker::counted(const Course &course) {
  counted_ = course.state_text();
  answers_ = nullptr;
  accuracy_.reset();
  last_share_ = course.run->seconds();
}

void Onlooker::recount(const Course &course, std::stop_token stop) {
  const Experiment &experiment = course.run->experiment();
  const auto answers = std::make_shared<TestAnswers>();
  const std::string state = course.state_text();
  try {
    const Evaluation evaluation = course.run->trainer().evaluate_test(
        experiment.model.fusion_ratio, test_noise(experiment), answers.get(), stop);
    if (stop.stop_requested())
      return;
    answers_ = answers;
    accuracy_ = evaluation.accuracy;
  } catch (...) {
    counted_ = state;
    throw;
  }
  counted_ = state;
}

void Onlooker::mute(const Course &course, std::vector<int> operations) {
  std::ranges::sort(operations);
  const auto gates = course.circuit ? static_cast<int>(course.circuit->circuit.operations.size()) : 0;
  if (!operations.empty() && (operations.front() < 0 || operations.back() >= gates))
    throw Error(ExitCode::usage, "This circuit has no gate " + std::to_string(operations.back()) +
                                     " to leave out: it has " + duet::counted(std::size_t(gates), "gate") +
                                     ".");
  if (operations == muting_)
    return;
  muting_ = std::move(operations);
  muted_ = nullptr;
  muted_of_.clear();
}

bool Onlooker::muted_count_is_old(const Course &course) const {
  return !muting_.empty() && muted_of_ != course.state_text();
}

void Onlooker::count_muted(const Course &course, std::stop_token stop) {
  const Experiment &experiment = course.run->experiment();
  const std::string state = course.state_text();
  try {
    auto count = course.run->trainer().evaluate_without(muting_, experiment.model.fusion_ratio,
                                                        test_noise(experiment), stop);
    if (!count)
      return;
    muted_ = std::make_shared<const MutedAnswers>(std::move(*count));
  } catch (...) {
    muted_of_ = state;
    throw;
  }
  muted_of_ = state;
}

} // namespace duet
