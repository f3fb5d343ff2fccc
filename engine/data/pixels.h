// From stored bytes to the model's input: byte / 255, then augmentation, then noise.
#pragma once
#include "engine/data/dataset.h"
#include <cstdint>

namespace duet {

/// Whether training (or testing) sees anything but byte / 255.
bool changes_training_pixels(const DataSettings &settings);
bool changes_test_pixels(const DataSettings &settings);

/// The image as training sees it in this epoch (epoch from 0): augmented, and noisy unless noise applies
/// to the test only. Depends on seed, epoch and the image's index in its file alone; safe from any
/// thread. out: pixel_count() floats in [0,1].
void training_pixels(const ImageSet &images, std::size_t image, const DataSettings &settings,
                     std::uint64_t seed, std::uint32_t epoch, float *out);

/// The image as every evaluation sees it: noisy unless noise applies to training only. Depends on seed and
/// the image's index in its file alone.
void test_pixels(const ImageSet &images, std::size_t image, const DataSettings &settings, std::uint64_t seed,
                 float *out);

} // namespace duet
