#include "engine/simulator/measurement.h"
#include <algorithm>

namespace duet {

std::vector<double> expectation_z(std::span<const double> probabilities) {
  std::vector<double> z, left(probabilities.begin(), probabilities.end());
  for (std::size_t half = left.size() / 2; half > 0; half /= 2) { // then the qubit is read and dropped
    double zero = 0, one = 0;
    for (std::size_t k = 0; k < half; ++k) {
      zero += left[k];
      one += left[k + half];
      left[k] += left[k + half];
    }
    z.push_back(zero - one);
  }
  return z;
}

void flip_bits(double chance, std::span<double> probabilities) {
  if (chance == 0)
    return;
  for (std::size_t bit = 1; bit < probabilities.size(); bit *= 2)
    for (std::size_t k = 0; k < probabilities.size(); ++k)
      if (!(k & bit)) {
        const double zero = probabilities[k], one = probabilities[k | bit];
        probabilities[k] = (1 - chance) * zero + chance * one;
        probabilities[k | bit] = (1 - chance) * one + chance * zero;
      }
}

std::vector<double> sampled_z(std::span<const double> probabilities, std::uint64_t shots,
                              const RandomStream &stream, std::uint32_t image, std::uint32_t circuit) {
  std::vector<double> up_to(probabilities.size()); // cumulated
  double sum = 0;
  for (std::size_t k = 0; k < up_to.size(); ++k)
    up_to[k] = sum += std::max(0.0, probabilities[k]);
  std::vector<double> seen(up_to.size());
  RandomStream::Block block{};
  for (std::uint64_t shot = 0; shot < shots; ++shot) {
    const std::size_t half = shot % 2;
    if (half == 0)
      block = stream.block(std::uint32_t(shot / 2), image, circuit);
    const double draw = to_unit(block[2 * half], block[2 * half + 1]) * sum;
    const auto found = std::upper_bound(up_to.begin(), up_to.end(), draw);
    ++seen[std::min<std::size_t>(found - up_to.begin(), up_to.size() - 1)];
  }
  std::vector<double> z = expectation_z(seen);
  for (double &value : z)
    value /= double(shots);
  return z;
}

} // namespace duet
