#include "tests/support/engine_draws.h"
#include "engine/base/random.h"
#include "engine/base/streams.h"
#include <string>

namespace duet::reference {
namespace {

std::string stream_name(std::string_view base, Stack stack) {
  return std::string(base) + (stack == Stack::spiking ? ".spiking" : ".quantum.encoder");
}

double word(const RandomStream &stream, std::uint32_t a, std::uint32_t b, std::uint32_t d, int k) {
  return static_cast<double>(to_unit(stream.block(a, b, 0, d)[static_cast<std::size_t>(k % 4)]));
}

} // namespace

Draws engine_draws(std::uint64_t seed, bool training, std::vector<std::uint32_t> file_index) {
  return {[=](Stack stack, int layer, int neuron, int image) {
            const auto base = training ? streams::training_start : streams::evaluation_start;
            const RandomStream stream(seed, stream_name(base, stack) + "." + std::to_string(layer));
            return word(stream, static_cast<std::uint32_t>(neuron / 4),
                        file_index[static_cast<std::size_t>(image)], 0, neuron);
          },
          [=](Stack stack, int step, int pixel, int image) {
            const auto base = training ? streams::training_poisson : streams::evaluation_poisson;
            const RandomStream stream(seed, stream_name(base, stack));
            return word(stream, static_cast<std::uint32_t>(pixel),
                        file_index[static_cast<std::size_t>(image)], static_cast<std::uint32_t>(step / 4),
                        step);
          }};
}

} // namespace duet::reference
