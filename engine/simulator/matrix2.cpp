#include "engine/simulator/matrix2.h"
#include <cmath>
#include <numbers>

namespace duet {
namespace {

using Eigen::Matrix2cd;
constexpr std::complex<double> i1(0, 1);

/// -i axis / 2.
Matrix2cd half_axis(char axis) {
  switch (axis) {
  case 'x':
    return Matrix2cd{{0, -0.5 * i1}, {-0.5 * i1, 0}};
  case 'y':
    return Matrix2cd{{0, -0.5}, {0.5, 0}};
  default:
    return Matrix2cd{{-0.5 * i1, 0}, {0, 0.5 * i1}};
  }
}

Matrix2cd factor_matrix(const Factor &factor, std::span<const double> weights) {
  constexpr double h = std::numbers::sqrt2 / 2;
  if (factor.axis == 'h')
    return Matrix2cd{{h, h}, {h, -h}};
  if (factor.axis == 'n')
    return Matrix2cd{{0, 1}, {1, 0}};
  const double half = value_of(factor.angle, weights) / 2;
  Matrix2cd m =
      half_axis(factor.axis) * (2 * std::sin(half)); // exp(t A) = cos(t/2) + 2 sin(t/2) A, as (2A)^2 = -1
  m.diagonal().array() += std::cos(half);
  return m;
}

} // namespace

double value_of(const Angle &angle, std::span<const double> weights) {
  return angle.offset + (angle.source == Angle::Source::weight ? angle.scale * weights[angle.index] : 0.0);
}

Matrix2cd matrix_of(const std::vector<Factor> &run, std::span<const double> weights) {
  if (run.size() == 1)
    return factor_matrix(run[0], weights);
  Matrix2cd product = Matrix2cd::Identity();
  for (const Factor &factor : run)
    product = factor_matrix(factor, weights) * product;
  return product;
}

Matrix2cd generator_of(const std::vector<Factor> &run, std::size_t which, std::span<const double> weights) {
  Matrix2cd later = Matrix2cd::Identity();
  for (std::size_t k = which + 1; k < run.size(); ++k)
    later = factor_matrix(run[k], weights) * later;
  return later * half_axis(run[which].axis) * later.adjoint();
}

} // namespace duet
