#include "engine/simulator/jumps.h"
#include "engine/base/streams.h"
#include "engine/simulator/measurement.h"
#include <algorithm>
#include <cmath>

namespace duet {
namespace {

/// K* K.
QubitMatrix square(const QubitMatrix &k) {
  QubitMatrix result{};
  for (std::size_t row = 0; row < 2; ++row)
    for (std::size_t column = 0; column < 2; ++column)
      for (std::size_t inner = 0; inner < 2; ++inner)
        result[2 * row + column] += std::conj(k[2 * inner + row]) * k[2 * inner + column];
  return result;
}

bool is_multiple_of_one(const QubitMatrix &m) {
  return std::abs(m[1]) < 1e-15 && std::abs(m[2]) < 1e-15 && std::abs(m[0] - m[3]) < 1e-15;
}

/// The chance of an operator: the trace of K* K rho.
double chance_of(const QubitMatrix &k, const QubitMatrix &rho) {
  const QubitMatrix kk = square(k);
  return (kk[0] * rho[0] + kk[1] * rho[2] + kk[2] * rho[1] + kk[3] * rho[3]).real();
}

std::size_t chosen(std::span<const double> chances, double draw) {
  double sum = 0;
  std::size_t possible = 0; // never one without a chance, whatever rounding does
  for (std::size_t k = 0; k < chances.size(); ++k) {
    if (chances[k] <= 0)
      continue;
    possible = k;
    if (draw < (sum += chances[k]))
      break;
  }
  return possible;
}

} // namespace

JumpDraws::JumpDraws(std::uint64_t seed, std::uint32_t image, std::uint32_t circuit, std::uint32_t trajectory)
    : stream_(seed, streams::jumps), image_(image), circuit_(circuit), trajectory_(trajectory) {}

double JumpDraws::next() {
  const std::size_t half = decision_ % 2;
  if (half == 0)
    block_ = stream_.block(decision_ / 2, image_, circuit_, trajectory_);
  ++decision_;
  return to_unit(block_[2 * half], block_[2 * half + 1]);
}

JumpNoise::JumpNoise(const DeviceNoise &noise) {
  for (const Channel &channel : noise.channels) {
    if (facts(channel.kind).at_readout())
      continue;
    Choice choice{facts(channel.kind).kraus(channel.strength), {}};
    for (const QubitMatrix &k : choice.kraus)
      if (const QubitMatrix kk = square(k); is_multiple_of_one(kk))
        choice.chances.push_back(kk[0].real());
    if (choice.chances.size() != choice.kraus.size())
      choice.chances.clear();
    choices_.push_back(std::move(choice));
  }
}

void JumpNoise::apply(int qubit, int qubits, JumpDraws &draws, Amplitudes &state) const {
  const std::size_t bit = std::size_t{1} << (qubits - 1 - qubit);
  std::array<double, 4> by_state{};
  for (const Choice &choice : choices_) {
    std::span<const double> chances = choice.chances;
    if (chances.empty()) {
      const QubitMatrix rho = reduced_to_bit(state, bit);
      for (std::size_t k = 0; k < choice.kraus.size(); ++k)
        by_state[k] = chance_of(choice.kraus[k], rho);
      chances = std::span(by_state).first(choice.kraus.size());
    }
    const std::size_t k = chosen(chances, draws.next());
    QubitMatrix matrix = choice.kraus[k];
    if (!choice.chances.empty() && is_multiple_of_one(matrix))
      continue;
    for (auto &entry : matrix)
      entry /= std::sqrt(chances[k]);
    apply_to_bits(matrix, std::span(&bit, 1), 0, state);
  }
}

} // namespace duet
