// What is read off the probabilities of the 2^n bit strings, q[0] leftmost.
#pragma once
#include "engine/base/random.h"
#include <span>
#include <vector>

namespace duet {

/// 53 bits of two random words as a number in [0,1).
constexpr double to_unit(std::uint32_t high, std::uint32_t low) {
  return (double(high >> 5) * 0x1p26 + double(low >> 6)) * 0x1p-53;
}

/// <Z_i> of every qubit.
std::vector<double> expectation_z(std::span<const double> probabilities);
/// Each bit is read as the other one with this chance.
void flip_bits(double chance, std::span<double> probabilities);
/// The mean of Z_i over so many draws of whole bit strings. stream: streams::shots, whose counters image and
/// circuit are.
std::vector<double> sampled_z(std::span<const double> probabilities, std::uint64_t shots,
                              const RandomStream &stream, std::uint32_t image, std::uint32_t circuit);

} // namespace duet
