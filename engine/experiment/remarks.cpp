#include "engine/experiment/remarks.h"
#include "engine/base/words.h"
#include "engine/experiment/choices.h"
#include "engine/experiment/describe.h"
#include <algorithm>

namespace duet {
namespace {

/// One half of the data, as it is spoken of.
struct Half {
  const char *noun; ///< "training image"
  const LabelCounts &file;
  const char *limit_path;
  int limit;
};

class Remarks {
public:
  Remarks(const Experiment &experiment, const Dataset &dataset) : e_(experiment), dataset_(dataset) {}

  void on_labels(const std::vector<Half> &halves) {
    if (std::ranges::none_of(halves, [&](const Half &half) { return leaves_out_above_nine(half.file); }))
      return;
    std::vector<std::string> parts;
    for (const Half &half : halves)
      if (const std::size_t others = half.file.total() - half.file.of(e_.data.classes); others > 0)
        parts.push_back(grouped(static_cast<double>(others)) + " of " +
                        counted(half.file.total(), half.noun));
    say("data.classes",
        "Left out of " + name() + ", for their labels are not in data.classes: " + listed(parts) + ".");
  }

  void on_limit(const Half &half) {
    const std::size_t there = half.file.of(e_.data.classes);
    if (half.limit > 0 && static_cast<std::size_t>(half.limit) > there)
      say(half.limit_path, std::string(half.limit_path) + " is " + std::to_string(half.limit) + ", but " +
                               name() + " has " + counted(there, half.noun) +
                               (there == half.file.total() ? "" : " of these classes") + ": all are used.");
  }

  /// Names the kept classes of which a set has no image; `consequence` begins with a relative pronoun.
  void on_absence(const ImageSet &set, const char *noun, const char *path, const char *consequence) {
    std::vector<std::string> absent;
    for (std::size_t k = 0; k < e_.data.classes.size(); ++k)
      if (std::ranges::count(set.targets, static_cast<std::uint8_t>(k)) == 0)
        absent.push_back(std::to_string(e_.data.classes[k]));
    if (!absent.empty())
      say(path, "None of the " + counted(set.size(), noun) + " is of class " + listed(absent) + ", " +
                    consequence + ".");
  }

  void on_training() {
    const std::size_t images = dataset_.train.size();
    on_absence(dataset_.train, "training image", "data.classes", "which therefore cannot be learned");
    if (e_.data.validation > 0)
      on_absence(dataset_.validation, "validation image", "data.validation",
                 "for which data.validation is too small");
    if (static_cast<std::size_t>(e_.training.batch) > images)
      say("training.batch", "training.batch is " + std::to_string(e_.training.batch) + ", but there are " +
                                counted(images, "training image") + ": every update takes all of them.");
    const ImageShape shape{dataset_.train.rows, dataset_.train.cols};
    if (const int shift = e_.data.augment.shift_px; shift >= std::min(shape.rows, shape.cols))
      say("data.augment.shift_px", "data.augment.shift_px is " + std::to_string(shift) +
                                       ", and the images are " + std::to_string(shape.rows) + " x " +
                                       std::to_string(shape.cols) + " pixels: many are moved out of sight.");
  }

  std::vector<Problem> said;

private:
  void say(const char *path, const std::string &text) { said.push_back({path, text}); }
  const std::string &name() const { return dataset_.files.source; }
  bool leaves_out_above_nine(const LabelCounts &file) const {
    return std::any_of(file.images.begin() + 10, file.images.end(), [](auto n) { return n > 0; }) &&
           file.total() > file.of(e_.data.classes);
  }

  const Experiment &e_;
  const Dataset &dataset_;
};

} // namespace

std::vector<Problem> remarks(const Experiment &experiment) {
  const NoiseSettings &noise = experiment.data.noise;
  std::vector<Problem> said;
  if (noise.kind != NoiseKind::none && noise.amount == 0)
    said.push_back({"data.noise.kind", std::string("data.noise.kind is ") + name_of(noise.kind) +
                                           ", but data.noise.amount is 0: the images stay as they are."});
  if (noise.kind == NoiseKind::none && noise.amount > 0)
    said.push_back({"data.noise.amount", "data.noise.amount is " + to_text(noise.amount) +
                                             ", but data.noise.kind is none: the images stay as they are."});
  return said;
}

std::vector<Problem> remarks(const Experiment &e, const Dataset &dataset, Purpose purpose) {
  const bool trains = purpose == Purpose::training;
  std::vector<Half> halves;
  if (trains)
    halves.push_back({"training image", dataset.files.train, "data.train_limit", e.data.train_limit});
  halves.push_back({"test image", dataset.files.test, "data.test_limit", e.data.test_limit});
  Remarks all(e, dataset);
  if (trains)
    all.said = remarks(e);
  all.on_labels(halves);
  for (const Half &half : halves)
    all.on_limit(half);
  if (trains)
    all.on_training();
  all.on_absence(dataset.test, "test image", "data.classes", "of which the test therefore says nothing");
  return all.said;
}

} // namespace duet
