#include "engine/training/memory.h"
#include "engine/base/error.h"
#include "engine/model/parameters.h"
#include "engine/spiking/encoder.h"
#include "engine/spiking/neuron_kinds.h"
#include <string>

namespace duet {
namespace {

constexpr double most_bytes = 12e9;

/// One spiking stack: cotangents and inputs of `images` images on the tape, and one chunk for each thread.
double stack_bytes(const Architecture &a, double images, int threads) {
  const double steps = a.spiking.steps;
  const bool constant = a.spiking.encoder == Encoder::constant;
  const double value =
      facts(a.spiking.neuron.kind).has_threshold ? 0 : 4; // an event's number beside its place
  double tape = constant ? 0 : images * steps * a.pixels / 8,
         scratch = constant ? 0 : chunk_images * steps * a.pixels * 2;
  for (std::size_t l = 0; l < a.spiking.hidden.size(); ++l) {
    const double width = padded(a.spiking.hidden[l]);
    tape += images * (l == 0 && constant ? 1 : steps) * width * 4;
    if (l > 0)
      tape += images * steps * a.spiking.hidden[l - 1] * (0.125 + value);
    scratch += chunk_images * steps * width * (5 * 4 + 2 + value);
  }
  return tape + scratch * threads;
}

} // namespace

double training_bytes(const Architecture &a, std::size_t batch, int threads) {
  const ParameterLayout layout(a, 0);
  const double images = static_cast<double>((batch + chunk_images - 1) / chunk_images * chunk_images);
  // Weights and two moments, all again as the last good state and once more while one is copied.
  double bytes =
      4.0 * (9.0 * static_cast<double>(layout.floats) + static_cast<double>(layout.transposed_floats));
  bytes += images * a.pixels * 4.125;
  if (has_spiking_branch(a))
    bytes += stack_bytes(a, images, threads);
  if (has_encoder(a))
    bytes += stack_bytes(a, images, threads);
  for (const ParameterBlock &block : layout.blocks)
    if (block.inputs != a.pixels)
      bytes += images * 4.0 * (block.inputs + block.padded);
  return bytes;
}

void require_memory(const Architecture &a, std::size_t batch, int threads) {
  const double bytes = training_bytes(a, batch, threads);
  if (bytes <= most_bytes)
    return;
  throw Error(ExitCode::usage, "Training would take about " +
                                   std::to_string(static_cast<long long>(bytes / 1e9)) +
                                   " GB of memory, more than the 12 GB allowed: lower training.batch (now " +
                                   std::to_string(batch) + "), spiking.steps (now " +
                                   std::to_string(a.spiking.steps) + ") or spiking.hidden.");
}

} // namespace duet
