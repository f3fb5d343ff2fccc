#include "engine/simulator/matrix2.h"
#include <cmath>
#include <numbers>

namespace duet {
namespace {

constexpr Complex i1(0, 1);

/// -i axis / 2.
Matrix2 half_axis(char axis) {
  switch (axis) {
  case 'x':
    return {0, -0.5 * i1, -0.5 * i1, 0};
  case 'y':
    return {0, -0.5, 0.5, 0};
  default:
    return {-0.5 * i1, 0, 0, 0.5 * i1};
  }
}

Matrix2 factor_matrix(const Factor &factor, std::span<const double> weights) {
  constexpr double h = std::numbers::sqrt2 / 2;
  if (factor.axis == 'h')
    return {h, h, h, -h};
  if (factor.axis == 'n')
    return {0, 1, 1, 0};
  const double half = value_of(factor.angle, weights) / 2, c = std::cos(half), s = std::sin(half);
  Matrix2 m = half_axis(factor.axis); // exp(t A) = cos(t/2) + 2 sin(t/2) A, as (2A)^2 = -1
  for (Complex &entry : m)
    entry *= 2 * s;
  m[0] += c;
  m[3] += c;
  return m;
}

} // namespace

Matrix2 operator*(const Matrix2 &a, const Matrix2 &b) {
  return {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2],
          a[2] * b[1] + a[3] * b[3]};
}

Matrix2 adjoint(const Matrix2 &a) {
  return {std::conj(a[0]), std::conj(a[2]), std::conj(a[1]), std::conj(a[3])};
}

double value_of(const Angle &angle, std::span<const double> weights) {
  return angle.offset + (angle.source == Angle::Source::weight ? angle.scale * weights[angle.index] : 0.0);
}

Matrix2 matrix_of(const std::vector<Factor> &run, std::span<const double> weights) {
  if (run.size() == 1)
    return factor_matrix(run[0], weights);
  Matrix2 product = {1, 0, 0, 1};
  for (const Factor &factor : run)
    product = factor_matrix(factor, weights) * product;
  return product;
}

Matrix2 generator_of(const std::vector<Factor> &run, std::size_t which, std::span<const double> weights) {
  Matrix2 later = {1, 0, 0, 1};
  for (std::size_t k = which + 1; k < run.size(); ++k)
    later = factor_matrix(run[k], weights) * later;
  return later * half_axis(run[which].axis) * adjoint(later);
}

} // namespace duet
