#include "engine/data/pixels.h"
#include "engine/base/pixel_value.h"
#include "engine/base/random.h"
#include "engine/base/streams.h"
#include "engine/data/augment.h"
#include "engine/data/noise.h"
#include <span>

namespace duet {
namespace {

bool augments(const AugmentSettings &augment) { return augment.shift_px != 0 || augment.rotate_deg != 0.0; }

bool noisy(const NoiseSettings &noise, NoiseApply where) {
  return noise.kind != NoiseKind::none && (noise.apply == NoiseApply::both || noise.apply == where);
}

void plain_pixels(const ImageSet &images, std::size_t image, float *out) {
  const std::span<const std::uint8_t> bytes = images.image(image);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    out[i] = pixel_value(bytes[i]);
}

} // namespace

bool changes_training_pixels(const DataSettings &settings) {
  return augments(settings.augment) || noisy(settings.noise, NoiseApply::train);
}

bool changes_test_pixels(const DataSettings &settings) { return noisy(settings.noise, NoiseApply::test); }

void training_pixels(const ImageSet &images, std::size_t image, const DataSettings &settings,
                     std::uint64_t seed, std::uint32_t epoch, float *out) {
  const std::uint32_t file_index = images.file_index[image];
  if (augments(settings.augment)) {
    const RandomStream stream(seed, streams::augment);
    move_image(draw_motion(settings.augment, stream, epoch, file_index), images.rows, images.cols,
               images.image(image).data(), out);
  } else {
    plain_pixels(images, image, out);
  }
  if (noisy(settings.noise, NoiseApply::train))
    add_noise(settings.noise, RandomStream(seed, streams::training_noise), epoch, file_index,
              {out, images.pixel_count()});
}

void test_pixels(const ImageSet &images, std::size_t image, const DataSettings &settings, std::uint64_t seed,
                 float *out) {
  plain_pixels(images, image, out);
  if (noisy(settings.noise, NoiseApply::test))
    add_noise(settings.noise, RandomStream(seed, streams::test_noise), images.file_index[image], 0,
              {out, images.pixel_count()});
}

} // namespace duet
