// Forward passes over a set: an image's answer depends on the weights, its pixels and its own draws alone.
#pragma once
#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/data/dataset.h"
#include "engine/training/scratch_pool.h"
#include "engine/training/snapshot.h"
#include <stop_token>

namespace duet {

/// Sums over images, in their order.
struct EvaluationSums {
  std::uint32_t images = 0;
  double loss = 0;
  std::uint64_t correct = 0, correct_spiking = 0, correct_quantum = 0;
};

/// The weights are so large that an image cannot be counted in 32-bit floats: what would come out of
/// infinities is no answer.
class Overflow : public Error {
public:
  using Error::Error;
};

struct Evaluation; ///< engine/training/trainer.h
/// Means over the images; of a branch that the network does not have there is none.
Evaluation evaluation_of(const EvaluationSums &sums, const Network &network);

class Evaluator {
public:
  Evaluator(const Network &network, const Workers &workers) : network_(network), workers_(workers) {}
  void reserve() { pool_.reserve(workers_.threads(), network_, false, 0); }

  /// The first `limit` images. data: its noise is used. answers may be null; its logits and targets are
  /// filled. device: what the circuit runs on; null: as it was trained. Returns nothing when stopped. Throws
  /// Overflow (exit 3) naming the first image.
  std::optional<EvaluationSums> run(const ImageSet &images, std::size_t limit, const DataSettings &data,
                                    std::uint64_t seed, double ratio, TestAnswers *answers,
                                    std::stop_token stop, const DeviceCircuit *device = nullptr);
  /// One image with everything recorded: the same numbers as run() counts. Throws Overflow.
  Inspection inspect(const ImageSet &images, std::uint32_t image, const DataSettings &data,
                     std::uint64_t seed, double ratio);

private:
  void run_chunk(std::size_t chunk, const ImageSet &images, std::size_t limit, const DataSettings &data,
                 std::uint64_t seed, double ratio, TestAnswers *answers, const DeviceCircuit *device);

  const Network &network_;
  const Workers &workers_;
  ScratchPool pool_;
  std::vector<EvaluationSums> chunk_sums_;
  std::vector<std::string> chunk_overflows_; ///< what to say of a chunk; most often nothing
};

} // namespace duet
