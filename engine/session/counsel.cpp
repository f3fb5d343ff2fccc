#include "engine/session/counsel.h"
#include <algorithm>

namespace duet {
namespace {

constexpr std::size_t images_looked_at = 4;
constexpr double least_seconds = 2;

} // namespace

void Counsel::begin(const TrainingRun &run) {
  since_ = run.marks()->empty() ? 0 : run.marks()->back().epoch;
  next_ = {};
}

void Counsel::changed(const TrainingRun &run) {
  const auto batches = run.look().batches;
  since_ = batches && !batches->empty() ? batches->back().epoch : 0;
  next_ = {};
}

std::optional<Advice> Counsel::look(TrainingRun &run) {
  const auto begin = Clock::now();
  std::vector<Inspection> images;
  for (std::size_t i = 0; i < std::min(images_looked_at, run.dataset()->test.size()); ++i)
    images.push_back(run.trainer().inspect(static_cast<std::uint32_t>(i)));
  const auto batches = run.look().batches;
  std::span<const BatchPoint> late;
  if (batches) {
    const auto first =
        std::ranges::find_if(*batches, [&](const BatchPoint &point) { return point.epoch > since_; });
    late = std::span(*batches).subspan(static_cast<std::size_t>(first - batches->begin()));
  }
  std::optional<Advice> advice = advise({run.experiment(), images, late});
  const auto end = Clock::now();
  const double cost = std::chrono::duration<double>(end - begin).count();
  next_ = end + std::chrono::duration_cast<Clock::duration>(
                    std::chrono::duration<double>(std::max(least_seconds, cost / looking_share)));
  return advice;
}

} // namespace duet
