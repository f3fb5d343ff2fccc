#include "ui/data/thumbnails.h"
#include "engine/data/pixels.h"
#include "ui/data/digit_image.h"

namespace duet::ui {
namespace {

DataSettings only(const NoiseSettings &noise) {
  DataSettings settings;
  settings.noise = noise;
  return settings;
}

} // namespace

void Thumbnails::look(const Look &look) {
  if (look == look_)
    return;
  look_ = look;
  kept_.clear();
}

QImage Thumbnails::picture(std::uint32_t test_index) const {
  if (const QImage *kept = kept_.object(test_index))
    return *kept;
  ++drawn_;
  const ImageSet &test = look_.dataset->test;
  const QImage image =
      look_.clean || !disturbs_test(look_.noise)
          ? digit_image(test.image(test_index), test.rows, test.cols, look_.paper)
          : digit_image(test_picture(*look_.dataset, test_index, look_.noise, look_.seed, false), test.rows,
                        test.cols, look_.paper);
  kept_.insert(test_index, new QImage(image), image.sizeInBytes());
  return image;
}

bool disturbs_test(const NoiseSettings &noise) {
  return noise.amount > 0 && changes_test_pixels(only(noise));
}

std::vector<float> test_picture(const Dataset &dataset, std::uint32_t test_index, const NoiseSettings &noise,
                                std::uint64_t seed, bool clean) {
  std::vector<float> pixels(dataset.test.pixel_count());
  test_pixels(dataset.test, test_index, only(clean ? NoiseSettings{} : noise), seed, pixels.data());
  return pixels;
}

} // namespace duet::ui
