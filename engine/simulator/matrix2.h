// The 2x2 matrix of a block and its derivatives, in double precision.
#pragma once
#include "engine/simulator/compile.h"
#include <complex>
#include <span>

namespace duet {

using Complex = std::complex<double>;
/// Row-major.
using Matrix2 = std::array<Complex, 4>;

Matrix2 operator*(const Matrix2 &a, const Matrix2 &b);
Matrix2 adjoint(const Matrix2 &a);

/// The angle's value; features count as 0.
double value_of(const Angle &angle, std::span<const double> weights);

/// The product of the factors, the first applied first.
Matrix2 matrix_of(const std::vector<Factor> &run, std::span<const double> weights);

/// (dU / d angle of factor `which`) U^-1: with L, P the co-state and the state after the block,
/// d<..>/d angle = 2 Re L* G P.
Matrix2 generator_of(const std::vector<Factor> &run, std::size_t which, std::span<const double> weights);

} // namespace duet
