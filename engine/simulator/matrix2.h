// The 2x2 matrix of a block and its derivatives, in double precision. Brings Eigen; keep it out of headers.
#pragma once
#include "engine/simulator/compile.h"
#include <Eigen/Core>
#include <span>

namespace duet {

/// The angle's value; features count as 0.
double value_of(const Angle &angle, std::span<const double> weights);

/// The product of the factors, the first applied first.
Eigen::Matrix2cd matrix_of(const std::vector<Factor> &run, std::span<const double> weights);

/// (dU / d angle of factor `which`) U^-1: with L, P the co-state and the state after the block,
/// d<..>/d angle = 2 Re L* G P.
Eigen::Matrix2cd generator_of(const std::vector<Factor> &run, std::size_t which,
                              std::span<const double> weights);

} // namespace duet
