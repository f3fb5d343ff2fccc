// Complex numbers by the bits of their index, and small matrices applied to some of the bits, in place. A
// pure state of n qubits has n bits; a density matrix has 2n.
#pragma once
#include <array>
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace duet {

struct Amplitudes {
  std::vector<double> re, im; ///< [index]
  std::size_t size() const { return re.size(); }
  /// 1 at index 0, else 0.
  void start(std::size_t size);
};

/// matrix: 2^m x 2^m, row-major. bits: m single bits of an index, the first the most significant one of the
/// matrix's row. It is applied where all bits of `controls` are 1. Allocates nothing for m <= 2.
void apply_to_bits(std::span<const std::complex<double>> matrix, std::span<const std::size_t> bits,
                   std::size_t controls, Amplitudes &amplitudes);

/// sum over the other bits of a_r conj(a_c), [2 r + c], for the values r, c of one bit.
std::array<std::complex<double>, 4> reduced_to_bit(const Amplitudes &amplitudes, std::size_t bit);

} // namespace duet
