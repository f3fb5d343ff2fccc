#include "engine/simulator/superoperator.h"

namespace duet {
namespace {

using Complex = std::complex<double>;

} // namespace

Superoperator identity_superoperator() {
  Superoperator one{};
  for (std::size_t k = 0; k < 4; ++k)
    one[5 * k] = 1;
  return one;
}

Superoperator superoperator(std::span<const QubitMatrix> kraus) {
  Superoperator sum{};
  for (const QubitMatrix &k : kraus)
    for (std::size_t row = 0; row < 4; ++row)
      for (std::size_t column = 0; column < 4; ++column)
        sum[4 * row + column] += k[2 * (row / 2) + column / 2] * std::conj(k[2 * (row % 2) + column % 2]);
  return sum;
}

Superoperator product(const Superoperator &after, const Superoperator &before) {
  Superoperator both{};
  for (std::size_t row = 0; row < 4; ++row)
    for (std::size_t inner = 0; inner < 4; ++inner) {
      const Complex a = after[4 * row + inner];
      for (std::size_t column = 0; column < 4; ++column) {
        const Complex b = before[4 * inner + column];
        both[4 * row + column] +=
            Complex(a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real());
      }
    }
  return both;
}

Superoperator superoperator(const DeviceNoise &noise) {
  Superoperator whole = identity_superoperator();
  for (const Channel &channel : noise.channels)
    if (!facts(channel.kind).at_readout())
      whole = product(superoperator(facts(channel.kind).kraus(channel.strength)), whole);
  return whole;
}

} // namespace duet
