#include "engine/spiking/encoder.h"
#include "engine/base/streams.h"
#include <cmath>
#include <string>

namespace duet {
namespace {

std::string stream(std::string_view name, std::string_view branch) {
  return std::string(name) + "." + std::string(branch);
}

} // namespace

ImageEncoder::ImageEncoder(const SpikingSettings &settings, std::uint64_t seed, std::string_view branch,
                           const DenseKernels &kernels)
    : settings_(settings), draws_{RandomStream(seed, stream(streams::evaluation_poisson, branch)),
                                  RandomStream(seed, stream(streams::training_poisson, branch))},
      kernels_(&kernels) {}

int ImageEncoder::rows_per_image() const { return binary() ? settings_.steps : 1; }

void ImageEncoder::Scratch::reserve(std::size_t pixels, int steps) {
  const std::size_t lanes = (pixels + 15) / 16 * 16;
  pixel.assign(lanes, 0);
  limit.assign(lanes, 0);
  words.assign(lanes * 4 * ((static_cast<std::size_t>(steps) + 3) / 4), 0);
}

void ImageEncoder::encode(const EventList &images, const DrawKey *keys, EventList &out,
                          Scratch &scratch) const {
  out.clear();
  const EventRows rows = images.view();
  for (std::size_t i = 0; i < images.rows(); ++i)
    if (settings_.encoder == Encoder::poisson)
      poisson(rows, i, keys[i], out, scratch);
    else
      latency(rows, i, out);
}

void ImageEncoder::poisson(const EventRows &images, std::size_t image, const DrawKey &key, EventList &out,
                           Scratch &scratch) const {
  const std::uint32_t first = images.start[image];
  const std::size_t count = images.start[image + 1] - first;
  const std::size_t lanes = (count + 15) / 16 * 16;
  const auto rate = static_cast<float>(settings_.max_rate);
  for (std::size_t i = 0; i < count; ++i) {
    scratch.pixel[i] = images.index[first + i];
    // u < p for u = k / 2^24: k < ceil(2^24 p), exact in integers
    scratch.limit[i] = static_cast<std::uint32_t>(std::ceil(rate * images.value[first + i] * 0x1p24f));
  }
  const auto philox_key = draws_[key.training ? 1 : 0].key();
  const int blocks = (settings_.steps + 3) / 4;
  for (int block = 0; block < blocks; ++block)
    kernels_->philox(philox_key[0], philox_key[1], static_cast<int>(lanes), scratch.pixel.data(),
                     key.file_index, key.training ? key.epoch : 0, static_cast<std::uint32_t>(block),
                     scratch.words.data() + static_cast<std::size_t>(block) * lanes * 4);
  for (int step = 0; step < settings_.steps; ++step) {
    const std::uint32_t *words =
        scratch.words.data() + static_cast<std::size_t>(step / 4) * lanes * 4 + step % 4;
    for (std::size_t i = 0; i < count; ++i)
      out.add_if(images.index[first + i], (words[4 * i] >> 8) < scratch.limit[i]);
    out.end_row();
  }
}

void ImageEncoder::latency(const EventRows &images, std::size_t image, EventList &out) const {
  const float last = static_cast<float>(settings_.steps - 1);
  for (int step = 0; step < settings_.steps; ++step) {
    for (std::uint32_t e = images.start[image]; e < images.start[image + 1]; ++e) {
      const float x = images.value[e];
      if (x > 0.05f && static_cast<int>(std::nearbyint((1.0f - x) * last)) == step)
        out.add(images.index[e]);
    }
    out.end_row();
  }
}

} // namespace duet
