#include "engine/bench/training.h"
#include "engine/bench/stopwatch.h"
#include "engine/experiment/build.h"
#include "engine/experiment/presets.h"
#include "engine/training/ratio_curve.h"

namespace duet::bench {
namespace {

ImageSet tiled(const ImageSet &set, std::size_t count) {
  ImageSet out;
  out.rows = set.rows, out.cols = set.cols;
  out.pixels.reserve(count * set.pixel_count());
  for (std::size_t i = 0; i < count; ++i) {
    const auto image = set.image(i % set.size());
    out.pixels.insert(out.pixels.end(), image.begin(), image.end());
    out.targets.push_back(set.targets[i % set.size()]);
    out.file_index.push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

} // namespace

std::shared_ptr<const Dataset> tiled_dataset(std::size_t test_images) {
  const Dataset mini = load_dataset({}, 1);
  auto out = std::make_shared<Dataset>();
  out->files = mini.files;
  out->train = tiled(mini.train, 60'000);
  out->validation = mini.validation;
  out->test = tiled(mini.test, test_images);
  return out;
}

TrainingBench::TrainingBench(const std::string &preset, const std::vector<std::string> &settings,
                             std::shared_ptr<const Dataset> dataset, const Workers &workers)
    : dataset_(std::move(dataset)) {
  Draft draft = draft_of(*find_preset(preset));
  draft.give_text("training.epochs=10000");
  for (const std::string &setting : settings)
    draft.give_text(setting);
  trainer_ = std::make_unique<Trainer>(build(draft.resolve(), dataset_->train.rows, dataset_->train.cols),
                                       dataset_, workers);
}

TrainingBench::~TrainingBench() = default;

void TrainingBench::step() {
  trainer_->step();
  if (trainer_->epoch_complete())
    trainer_->finish_epoch(1.0);
}

int TrainingBench::batch() const { return trainer_->plan().training.batch; }

Trainer &TrainingBench::trainer() { return *trainer_; }

double images_per_second(TrainingBench &bench, const BenchOptions &options) {
  for (int warm = 0; warm < 10; ++warm)
    bench.step();
  return bench.batch() / best_seconds(options, [&] { bench.step(); });
}

double evaluation_ms(Trainer &trainer, const BenchOptions &options) {
  const double ratio = trainer.plan().architecture.model.fusion_ratio;
  return 1e3 * best_seconds(options, [&] { trainer.evaluate_test(ratio, {}); });
}

double snapshot_us(TrainingBench &bench, const BenchOptions &options) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> taken;
  for (int k = 0; k < 20 * options.windows; ++k) {
    bench.step();
    const auto start = Clock::now();
    const Snapshot picture = bench.trainer().look();
    taken.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::nth_element(taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(taken.size() / 2), taken.end());
  return 1e6 * taken[taken.size() / 2];
}

double ratio_curve_ms(Trainer &trainer, const BenchOptions &options) {
  TestAnswers answers;
  trainer.evaluate_test(trainer.plan().architecture.model.fusion_ratio, {}, &answers);
  std::uint64_t steps = 0;
  const double seconds = best_seconds(options, [&] { steps += ratio_curve(answers).steps.size(); });
  return steps > 0 ? 1e3 * seconds : 0.0;
}

} // namespace duet::bench
